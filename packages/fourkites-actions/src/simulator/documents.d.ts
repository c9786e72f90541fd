import type { DocumentReader } from '../connectors/document-reader.js';
import type { PlannedShipment } from './plan-shipments.js';
import type { Reply } from './replies.js';
/**
 * The documents that are always there: `bol/FK-1001.pdf` (two pages) and `receipts/FK-1001.pdf` (one page) for every shipment,
 * `samples/unreadable-scan.pdf`, and the attachments of the answers that have come (`arrived`).
 */
export declare const simulatedDocuments: (
  shipments: readonly PlannedShipment[],
  arrived: () => readonly Reply[],
) => DocumentReader;
