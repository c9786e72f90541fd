import type { PlannedShipment } from './plan-shipments.js';
/** How a facility answers. */
export interface Answer {
  readonly body: string;
  /** Pages of the bill of lading it attaches, if it does. */
  readonly attachment?: readonly string[];
}
/** A day as YYYY-MM-DD. */
export declare const dateOf: (time: number) => string;
/** The two pages of a shipment's bill of lading. */
export declare const billOfLading: (shipment: PlannedShipment) => readonly string[];
/** The facilities that answer, by mail address; every other address never does. */
export declare const answeringFacilities: ReadonlyMap<string, (shipment: PlannedShipment) => Answer>;
