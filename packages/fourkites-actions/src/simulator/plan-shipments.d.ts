import type { Equipment } from '../connectors/shipment-tracking.js';
import { type Place } from './places.js';
/** A stop as planned; times are milliseconds since the epoch. */
export interface PlannedStop {
  readonly place: Place;
  readonly appointment: number;
  /** When the truck is there, whether or not anybody tracks it. */
  readonly arrival: number;
  readonly arrived: boolean;
}
/** A shipment as it was made up, before anything was changed through the actions. */
export interface PlannedShipment {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly billOfLading: string;
  readonly trackingNumber: string;
  readonly weight: string;
  /** Without equipment nobody tracks it. */
  readonly equipment: Equipment;
  readonly origin: PlannedStop;
  readonly between: readonly PlannedStop[];
  readonly destination: PlannedStop;
  /** How far it has come from its origin to its destination, 0 to 1. */
  readonly progress: number;
}
/**
 * Makes the shipments FK-1001 … FK-1040 around a midnight (ms since the epoch): always the same ones for the same day.
 * FK-1001 is on time, FK-1002 180 minutes late, FK-1003 not tracked; every seventh is late, every eleventh not tracked,
 * every thirteenth delivered.
 */
export declare const planShipments: (day: number) => readonly PlannedShipment[];
