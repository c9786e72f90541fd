import type { Definition } from '@fk-workflow/core';
import { appointmentReschedule } from './appointment-reschedule.js';
import { bolDocumentExtractor } from './bol-document-extractor.js';
import { delayedShipmentAlert } from './delayed-shipment-alert.js';
import { lateDeliveryNotifier } from './late-delivery-notifier.js';

/** Ready-made workflows over the catalog, as starting points for people. */
export const workflowTemplates: readonly Definition[] = [
  lateDeliveryNotifier,
  bolDocumentExtractor,
  delayedShipmentAlert,
  appointmentReschedule,
];
