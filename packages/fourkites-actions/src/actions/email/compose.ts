import { fieldLabel, requestedFields } from '../../model/shipment-fields.js';

/** Subject and text of a mail. */
export interface Composed {
  /** One line, at most 200 characters. */
  readonly subject: string;
  readonly text: string;
}

/** Line breaks in a subject would become headers of the mail. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);

const bullets = (fields: readonly string[]): string =>
  fields.map((name) => `- ${fieldLabel(name)}`).join('\n');

const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('\n\n');

/** What the first mail to a facility may be about. */
export type InitialTemplate = 'shipment_info_request' | 'delivery_delay_notice' | 'bol_request';

const initialTexts: Readonly<
  Record<InitialTemplate, { readonly subject: string; readonly message: string }>
> = {
  shipment_info_request: {
    subject: 'Shipment information needed',
    message: `Please answer this mail with:\n${bullets(requestedFields)}`,
  },
  delivery_delay_notice: {
    subject: 'Delivery delay',
    message: `A delivery to you is delayed. Please confirm that you can still take it, with:\n${bullets(requestedFields)}`,
  },
  bol_request: {
    subject: 'Bill of lading needed',
    message: 'Please answer this mail with the BOL number, and attach the bill of lading.',
  },
};

/** The first mail to a facility. Own words replace those of the template; the reference lines stay. */
export const composeInitial = (mail: {
  readonly facility: string;
  readonly template: InitialTemplate;
  readonly shipmentId?: string | undefined;
  readonly subject?: string | undefined;
  readonly message?: string | undefined;
}): Composed => {
  const { subject, message } = initialTexts[mail.template];
  return {
    subject: oneLine(mail.subject ?? `${subject}: ${mail.shipmentId ?? mail.facility}`),
    text: paragraphs(
      `Hello ${mail.facility},`,
      mail.message ?? message,
      mail.shipmentId === undefined ? undefined : `Shipment: ${mail.shipmentId}`,
      'Thank you.',
    ),
  };
};

/** Asks a facility again for what its answer lacked. */
export const composeFollowUp = (facility: string, missingFields: readonly string[]): Composed => ({
  subject: oneLine(`Still needed from ${facility}`),
  text: paragraphs(
    `Hello ${facility},`,
    missingFields.length > 0
      ? `We still need the following from you:\n${bullets(missingFields)}`
      : 'We still need your answer to our last mail.',
    'Thank you.',
  ),
});

/** Tells somebody that a facility does not answer as it should. */
export const composeEscalation = (mail: {
  readonly facility: string;
  readonly level: number;
  readonly originalRecipient?: string | undefined;
  readonly reason?: string | undefined;
}): Composed => ({
  subject: oneLine(`Escalation level ${mail.level}: ${mail.facility}`),
  text: paragraphs(
    'Hello,',
    `${mail.facility} needs your attention: ${mail.reason ?? 'there is no sufficient answer to our mail.'}`,
    mail.originalRecipient === undefined ? undefined : `We wrote to: ${mail.originalRecipient}`,
    `Escalation level: ${mail.level} of 3`,
  ),
});
