import type { MailSender } from '../connectors/mail-sender.js';
import type { Mailbox } from '../connectors/mailbox.js';
import type { Ledger } from './ledger.js';
import type { Reply } from './replies.js';
/** Sends mail into the ledger. A second call with the same key answers the first mail. */
export declare const simulatedSender: (ledger: Ledger, now: () => number) => MailSender;
/** The inbox with the answers that have come (`arrived`). `hourMs` is the length of an hour of workflow time. */
export declare const simulatedMailbox: (
  ledger: Ledger,
  arrived: () => readonly Reply[],
  now: () => number,
  hourMs: number,
) => Mailbox;
/** Id of the attachment of a reply. */
export declare const attachmentId: (reply: Reply) => string;
