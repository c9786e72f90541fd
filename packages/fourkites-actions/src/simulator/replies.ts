import { type Answer, answeringFacilities } from './answers.js';
import type { PlannedShipment } from './plan-shipments.js';
import type { SentMail } from './records.js';

/** How long a facility takes, in hours of workflow time. */
export const answerHours = 6;

/** An answer to a mail that was sent. */
export interface Reply {
  readonly messageId: string;
  readonly from: string;
  readonly to: SentMail;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly answer: Answer;
}

/**
 * Every answer to the mails, also those that are still to come. A function of the mails alone: it needs no timer, and is
 * the same after a restart. `hourMs` is the length of an hour of workflow time.
 */
export const repliesTo = (
  mails: readonly SentMail[],
  shipments: readonly PlannedShipment[],
  hourMs: number,
): readonly Reply[] => mails.flatMap((mail) => repliesToMail(mail, shipments, hourMs));

const repliesToMail = (
  mail: SentMail,
  shipments: readonly PlannedShipment[],
  hourMs: number,
): readonly Reply[] =>
  mail.to.flatMap((address, index) => {
    const answer = answeringFacilities.get(address.toLowerCase());
    const shipment = answer && shipmentOf(mail, shipments);
    if (!answer || !shipment) return [];
    return {
      messageId: `${mail.messageId}-reply-${index + 1}`,
      from: address.toLowerCase(),
      to: mail,
      receivedAt: Date.parse(mail.sentAt) + answerHours * hourMs,
      answer: answer(shipment),
    };
  });

/** The shipment that a mail names; one for its thread when it names none, as a dock would look into its own list. */
const shipmentOf = (
  { subject, text, threadId }: SentMail,
  shipments: readonly PlannedShipment[],
): PlannedShipment | undefined => {
  const words = new Set(`${subject} ${text}`.match(/FK-\d+/g));
  const named = shipments.find(({ shipmentId }) => words.has(shipmentId));
  return named ?? shipments[Number(threadId.replace(/\D/g, '')) % shipments.length];
};
