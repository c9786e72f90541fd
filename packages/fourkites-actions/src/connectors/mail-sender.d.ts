import type { WriteCall } from './call.js';
/** A mail to send; the addresses are checked, subject and text are plain text. */
export interface OutgoingMail {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** One line. */
  readonly subject: string;
  readonly text: string;
}
/** Sends mail. */
export interface MailSender {
  /** Answers when the mail server has taken the mail; answers to it have the same `threadId`. */
  send(
    mail: OutgoingMail,
    call: WriteCall,
  ): Promise<{
    messageId: string;
    threadId: string;
  }>;
}
