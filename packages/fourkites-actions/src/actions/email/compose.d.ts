/** Subject and text of a mail. */
export interface Composed {
  /** One line, at most 200 characters. */
  readonly subject: string;
  readonly text: string;
}
/** What the first mail to a facility may be about. */
export type InitialTemplate = 'shipment_info_request' | 'delivery_delay_notice' | 'bol_request';
/** The first mail to a facility. Own words replace those of the template; the reference lines stay. */
export declare const composeInitial: (mail: {
  readonly facility: string;
  readonly template: InitialTemplate;
  readonly shipmentId?: string | undefined;
  readonly subject?: string | undefined;
  readonly message?: string | undefined;
}) => Composed;
/** Asks a facility again for what its answer lacked. */
export declare const composeFollowUp: (facility: string, missingFields: readonly string[]) => Composed;
/** Tells somebody that a facility does not answer as it should. */
export declare const composeEscalation: (mail: {
  readonly facility: string;
  readonly level: number;
  readonly originalRecipient?: string | undefined;
  readonly reason?: string | undefined;
}) => Composed;
