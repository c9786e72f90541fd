import { type Answer } from './answers.js';
import type { PlannedShipment } from './plan-shipments.js';
import type { SentMail } from './records.js';
/** How long a facility takes, in hours of workflow time. */
export declare const answerHours = 6;
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
export declare const repliesTo: (
  mails: readonly SentMail[],
  shipments: readonly PlannedShipment[],
  hourMs: number,
) => readonly Reply[];
