import type { ShipmentTracking } from '../connectors/shipment-tracking.js';
import type { Shipment } from '../model/shipment.js';
import type { Ledger } from './ledger.js';
import type { PlannedShipment } from './plan-shipments.js';
/** The shipments of the simulator. */
export interface SimulatedTracking extends ShipmentTracking {
  all(): readonly Shipment[];
}
/** The tracking service over planned shipments and what the ledger says was changed. */
export declare const simulatedTracking: (
  plans: readonly PlannedShipment[],
  day: number,
  ledger: Ledger,
) => SimulatedTracking;
