import type { DocumentReader, DocumentSource } from '../connectors/document-reader.js';
import { documentNotFound } from '../failures.js';
import { billOfLading, dateOf } from './answers.js';
import { attachmentId } from './mail.js';
import type { PlannedShipment } from './plan-shipments.js';
import type { Reply } from './replies.js';

const deliveryReceipt = (shipment: PlannedShipment): readonly string[] => [
  [
    'DELIVERY RECEIPT',
    `The goods of BOL ${shipment.billOfLading} were delivered on ${dateOf(shipment.destination.arrival)} by ${shipment.carrier}.`,
    'Signature: on file',
  ].join('\n'),
];

const scan = ['%&/ lkjh qwrt 00 zxcv ### mnbvc gfdsa'];

/**
 * The documents that are always there: `bol/FK-1001.pdf` (two pages) and `receipts/FK-1001.pdf` (one page) for every shipment,
 * `samples/unreadable-scan.pdf`, and the attachments of the answers that have come (`arrived`).
 */
export const simulatedDocuments = (
  shipments: readonly PlannedShipment[],
  arrived: () => readonly Reply[],
): DocumentReader => {
  const byPath = new Map<string, readonly string[]>([
    ...shipments.map((shipment) => [`bol/${shipment.shipmentId}.pdf`, billOfLading(shipment)] as const),
    ...shipments.map(
      (shipment) => [`receipts/${shipment.shipmentId}.pdf`, deliveryReceipt(shipment)] as const,
    ),
    ['samples/unreadable-scan.pdf', scan] as const,
  ]);
  const pagesOf = (source: DocumentSource): readonly string[] | undefined =>
    source.kind === 'path'
      ? byPath.get(source.path)
      : arrived().find((reply) => attachmentId(reply) === source.id)?.answer.attachment;
  return {
    async pages(source, { signal }) {
      signal.throwIfAborted();
      const pages = pagesOf(source);
      if (!pages) throw documentNotFound(source.kind === 'path' ? source.path : source.id);
      return pages;
    },
  };
};
