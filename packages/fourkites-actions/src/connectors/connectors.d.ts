import type { ActionLog } from './action-log.js';
import type { DocumentReader } from './document-reader.js';
import type { FieldParser } from './field-parser.js';
import type { MailSender } from './mail-sender.js';
import type { Mailbox } from './mailbox.js';
import type { ShipmentTracking } from './shipment-tracking.js';
import type { WebhookPoster } from './webhook-poster.js';
/** Every far side that the actions talk to. */
export interface Connectors {
  readonly shipments: ShipmentTracking;
  readonly mail: MailSender;
  readonly inbox: Mailbox;
  readonly documents: DocumentReader;
  readonly parser: FieldParser;
  readonly webhooks: WebhookPoster;
  readonly log: ActionLog;
}
