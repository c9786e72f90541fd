import type { PlannedShipment } from './plan-shipments.js';

/** How a facility answers. */
export interface Answer {
  readonly body: string;
  /** Pages of the bill of lading it attaches, if it does. */
  readonly attachment?: readonly string[];
}

/** A day as YYYY-MM-DD. */
export const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const cityOf = ({ place }: PlannedShipment['origin']): string => `${place.city}, ${place.state}`;

/** The two pages of a shipment's bill of lading. */
export const billOfLading = (shipment: PlannedShipment): readonly string[] => [
  [
    'BILL OF LADING',
    `BOL number: ${shipment.billOfLading}`,
    `Tracking number: ${shipment.trackingNumber}`,
    `Carrier: ${shipment.carrier}`,
    `Origin: ${cityOf(shipment.origin)}`,
    `Destination: ${cityOf(shipment.destination)}`,
    `Pickup date: ${dateOf(shipment.origin.arrival)}`,
    `Delivery date: ${dateOf(shipment.destination.arrival)}`,
  ].join('\n'),
  [`BOL number: ${shipment.billOfLading}`, `Weight: ${shipment.weight}`, 'Received in good order.'].join(
    '\n',
  ),
];

const complete = (shipment: PlannedShipment): Answer => ({
  body: [
    'Hello,',
    '',
    `here is what you asked for about shipment ${shipment.shipmentId}:`,
    '',
    `BOL number: ${shipment.billOfLading}`,
    `Delivery date: ${dateOf(shipment.destination.arrival)}`,
    `Carrier: ${shipment.carrier}`,
    `Tracking number: ${shipment.trackingNumber}`,
    '',
    'The bill of lading is attached.',
    '',
    'Regards,',
    'Chicago dock',
  ].join('\n'),
  attachment: billOfLading(shipment),
});

const partial = (shipment: PlannedShipment): Answer => ({
  body: [
    'Hi,',
    '',
    `BOL number: ${shipment.billOfLading}`,
    `Carrier: ${shipment.carrier}`,
    'Delivery date: not confirmed yet',
    '',
    'We will look for the rest.',
    'Dallas dock',
  ].join('\n'),
});

const nonsense = (): Answer => ({ body: 'asdf lkjh qwrt zxcv 8842 ### gfdsa pqzx mnbvc ??' });

/** The facilities that answer, by mail address; every other address never does. */
export const answeringFacilities: ReadonlyMap<string, (shipment: PlannedShipment) => Answer> = new Map([
  ['dock@chicago.example', complete],
  ['dock@dallas.example', partial],
  ['dock@reno.example', nonsense],
]);
