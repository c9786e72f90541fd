import type { MailSender } from '../connectors/mail-sender.js';
import type { Mailbox } from '../connectors/mailbox.js';
import { emailNotFound } from '../failures.js';
import type { Email } from '../model/email.js';
import { contains } from './contains.js';
import type { Ledger } from './ledger.js';
import type { Reply } from './replies.js';

/** The address that the simulator's mails come from and its answers go to. */
const ownAddress = 'workflows@fourkites.example';

/** Sends mail into the ledger. A second call with the same key answers the first mail. */
export const simulatedSender = (ledger: Ledger, now: () => number): MailSender => ({
  async send({ to, cc, subject, text }, { key, signal }) {
    signal.throwIfAborted();
    const { mail } = ledger.once('mail', key, () => {
      const messageId = `mail-${ledger.all('mail').length + 1}`;
      const sentAt = new Date(now()).toISOString();
      return {
        type: 'mail',
        key,
        mail: { messageId, threadId: messageId, to: [...to], cc: [...cc], subject, text, sentAt },
      };
    });
    return { messageId: mail.messageId, threadId: mail.threadId };
  },
});

/** The inbox with the answers that have come (`arrived`). `hourMs` is the length of an hour of workflow time. */
export const simulatedMailbox = (
  ledger: Ledger,
  arrived: () => readonly Reply[],
  now: () => number,
  hourMs: number,
): Mailbox => ({
  async search({ subject, from, withinHours }, { signal }) {
    signal.throwIfAborted();
    const since = withinHours === undefined ? Number.NEGATIVE_INFINITY : now() - withinHours * hourMs;
    const read = new Set(ledger.all('read').flatMap(({ messageIds }) => messageIds));
    return arrived()
      .filter(({ receivedAt }) => receivedAt >= since)
      .toSorted((a, b) => b.receivedAt - a.receivedAt)
      .map((reply) => emailOf(reply, read.has(reply.messageId)))
      .filter((email) => contains(email.subject, subject) && contains(email.from, from));
  },
  async markRead(messageIds, { key, signal }) {
    signal.throwIfAborted();
    ledger.once('read', key, () => {
      const known = new Set(arrived().map(({ messageId }) => messageId));
      for (const id of messageIds) if (!known.has(id)) throw emailNotFound(id);
      return { type: 'read', key, messageIds: [...messageIds] };
    });
  },
});

/** Id of the attachment of a reply. */
export const attachmentId = (reply: Reply): string => `${reply.messageId}/${attachmentName}`;

const attachmentName = 'bill-of-lading.pdf';

const emailOf = (reply: Reply, isRead: boolean): Email => ({
  messageId: reply.messageId,
  threadId: reply.to.threadId,
  from: reply.from,
  to: [ownAddress],
  subject: `Re: ${reply.to.subject}`,
  body: reply.answer.body,
  receivedAt: new Date(reply.receivedAt).toISOString(),
  isRead,
  isReply: true,
  attachments: reply.answer.attachment ? [{ id: attachmentId(reply), name: attachmentName }] : [],
});
