import type { Shipment } from '../model/shipment.js';
import type { Ledger } from './ledger.js';
import type { PlannedShipment } from './plan-shipments.js';
/** A shipment as it stands: what was planned around a midnight (`day`), and what was changed since. */
export declare const shipmentState: (plan: PlannedShipment, day: number, ledger: Ledger) => Shipment;
