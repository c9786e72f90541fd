import { type Action, type Catalog, createCatalog } from '@fk-workflow/core';
import { extractDocumentText } from './actions/documents/extract-document-text.js';
import { parseDocumentWithAi } from './actions/documents/parse-document-with-ai.js';
import { checkEmailInbox } from './actions/email/check-email-inbox.js';
import { markEmailRead } from './actions/email/mark-email-read.js';
import { parseEmailResponse } from './actions/email/parse-email-response.js';
import { sendEscalationEmail } from './actions/email/send-escalation-email.js';
import { sendFollowupEmail } from './actions/email/send-followup-email.js';
import { sendInitialEmail } from './actions/email/send-initial-email.js';
import { notifyInternalUsers } from './actions/notifications/notify-internal-users.js';
import { postToWebhook } from './actions/notifications/post-to-webhook.js';
import { addShipmentNote } from './actions/shipments/add-shipment-note.js';
import { assignTracking } from './actions/shipments/assign-tracking.js';
import { findShipments } from './actions/shipments/find-shipments.js';
import { getShipment } from './actions/shipments/get-shipment.js';
import { getShipmentEta } from './actions/shipments/get-shipment-eta.js';
import { getShipmentLocation } from './actions/shipments/get-shipment-location.js';
import { updateStopAppointment } from './actions/shipments/update-stop-appointment.js';
import { logWorkflowAction } from './actions/utility/log-workflow-action.js';
import type { Connectors } from './connectors/connectors.js';

const makers = [
  findShipments,
  getShipment,
  getShipmentEta,
  getShipmentLocation,
  assignTracking,
  updateStopAppointment,
  addShipmentNote,
  sendInitialEmail,
  sendFollowupEmail,
  sendEscalationEmail,
  checkEmailInbox,
  markEmailRead,
  parseEmailResponse,
  extractDocumentText,
  parseDocumentWithAi,
  notifyInternalUsers,
  postToWebhook,
  logWorkflowAction,
] as const;

/**
 * The 18 actions, for a catalog that has others besides.
 *
 * @example
 * const catalog = createCatalog([...fourKitesActions(connectors), getRate]);
 */
export const fourKitesActions = (connectors: Connectors): readonly Action[] =>
  makers.map((make) => make(connectors));

/**
 * The catalog of the FourKites actions.
 *
 * @example
 * const catalog = createFourKitesCatalog(createSimulator().connectors);
 */
export const createFourKitesCatalog = (connectors: Connectors): Catalog =>
  createCatalog(fourKitesActions(connectors));
