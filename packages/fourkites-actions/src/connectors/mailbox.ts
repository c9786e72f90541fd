import type { Email } from '../model/email.js';
import type { ReadCall, WriteCall } from './call.js';

/** Which mails to look for; every condition given must hold. */
export interface EmailFilter {
  /** Part of the subject, in any case. */
  readonly subject?: string | undefined;
  /** Part of the sender's address, in any case. */
  readonly from?: string | undefined;
  /** Hours back from now, in workflow time: a server that runs waits faster looks back over the same shortened time. */
  readonly withinHours?: number | undefined;
}

/** The inbox that facilities answer to. */
export interface Mailbox {
  /** The mails that fit, newest first. */
  search(filter: EmailFilter, call: ReadCall): Promise<Email[]>;
  /** Throws `email_not_found` when one of them is not in the inbox; then none is marked. */
  markRead(messageIds: readonly string[], call: WriteCall): Promise<void>;
}
