/** `@fk-workflow/fourkites-actions`: the FourKites actions, the ports they work through, and ready-made workflows. */
export { createFourKitesCatalog, fourKitesActions } from './catalog.js';
export type { ActionLog, LogEntry } from './connectors/action-log.js';
export type { ReadCall, WriteCall } from './connectors/call.js';
export type { Connectors } from './connectors/connectors.js';
export type { DocumentReader, DocumentSource } from './connectors/document-reader.js';
export type { FieldParser, ParsedText } from './connectors/field-parser.js';
export type { MailSender, OutgoingMail } from './connectors/mail-sender.js';
export type { EmailFilter, Mailbox } from './connectors/mailbox.js';
export type { Equipment, EquipmentChange, ShipmentTracking } from './connectors/shipment-tracking.js';
export type { WebhookPost, WebhookPoster } from './connectors/webhook-poster.js';
export { documentNotFound, emailNotFound, shipmentNotFound, stopNotFound } from './failures.js';
export type { Email } from './model/email.js';
export type { Location, Shipment, ShipmentFilter, ShipmentStatus, Stop } from './model/shipment.js';
export { workflowTemplates } from './templates/index.js';
