import type { Shipment, ShipmentFilter } from '../model/shipment.js';
import type { ReadCall, WriteCall } from './call.js';
/** What hauls a shipment; null for nothing. */
export interface Equipment {
  readonly tractorNumber: string | null;
  readonly trailerNumber: string | null;
}
/** The equipment to change; what is absent stays. */
export type EquipmentChange = {
  readonly [K in keyof Equipment]?: Equipment[K] | undefined;
};
/**
 * The tracking service. Calls that name a shipment throw `shipment_not_found` for an unknown one, calls that name a stop
 * `stop_not_found`; neither is retryable.
 */
export interface ShipmentTracking {
  /** At most `limit` shipments, in order of their ids. */
  find(filter: ShipmentFilter, limit: number, call: ReadCall): Promise<Shipment[]>;
  get(shipmentId: string, call: ReadCall): Promise<Shipment>;
  /** Answers what was assigned before. */
  assign(shipmentId: string, change: EquipmentChange, call: WriteCall): Promise<Equipment>;
  /** Moves a stop's appointment (RFC 3339). */
  setAppointment(
    shipmentId: string,
    stopSequence: number,
    appointment: string,
    call: WriteCall,
  ): Promise<{
    previous: string;
    current: string;
  }>;
  addNote(
    shipmentId: string,
    text: string,
    call: WriteCall,
  ): Promise<{
    noteId: string;
  }>;
}
