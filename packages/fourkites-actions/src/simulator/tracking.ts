import type { ShipmentTracking } from '../connectors/shipment-tracking.js';
import { shipmentNotFound, stopNotFound } from '../failures.js';
import type { Shipment, ShipmentFilter } from '../model/shipment.js';
import { contains } from './contains.js';
import type { Ledger } from './ledger.js';
import type { PlannedShipment } from './plan-shipments.js';
import { shipmentState } from './shipment-state.js';

/** The shipments of the simulator. */
export interface SimulatedTracking extends ShipmentTracking {
  all(): readonly Shipment[];
}

/** The tracking service over planned shipments and what the ledger says was changed. */
export const simulatedTracking = (
  plans: readonly PlannedShipment[],
  day: number,
  ledger: Ledger,
): SimulatedTracking => {
  const all = () => plans.map((plan) => shipmentState(plan, day, ledger));
  const get = (shipmentId: string): Shipment => {
    const plan = plans.find((one) => one.shipmentId === shipmentId);
    if (!plan) throw shipmentNotFound(shipmentId);
    return shipmentState(plan, day, ledger);
  };
  return {
    all,
    async find(filter, limit, { signal }) {
      signal.throwIfAborted();
      return all()
        .filter((shipment) => fits(shipment, filter))
        .slice(0, limit);
    },
    async get(shipmentId, { signal }) {
      signal.throwIfAborted();
      return get(shipmentId);
    },
    async assign(shipmentId, change, { key, signal }) {
      signal.throwIfAborted();
      return ledger.once('equipment', key, () => {
        const { tractorNumber, trailerNumber } = get(shipmentId);
        return {
          type: 'equipment',
          key,
          shipmentId,
          previous: { tractorNumber, trailerNumber },
          current: {
            tractorNumber: change.tractorNumber === undefined ? tractorNumber : change.tractorNumber,
            trailerNumber: change.trailerNumber === undefined ? trailerNumber : change.trailerNumber,
          },
        };
      }).previous;
    },
    async setAppointment(shipmentId, stopSequence, appointment, { key, signal }) {
      signal.throwIfAborted();
      const { previous, current } = ledger.once('appointment', key, () => {
        const stop = get(shipmentId).stops.find(({ sequence }) => sequence === stopSequence);
        if (!stop) throw stopNotFound(shipmentId, stopSequence);
        const current = new Date(appointment).toISOString();
        return { type: 'appointment', key, shipmentId, stopSequence, previous: stop.appointment, current };
      });
      return { previous, current };
    },
    async addNote(shipmentId, text, { key, signal }) {
      signal.throwIfAborted();
      const { noteId } = ledger.once('note', key, () => {
        get(shipmentId);
        return { type: 'note', key, noteId: `note-${ledger.all('note').length + 1}`, shipmentId, text };
      });
      return { noteId };
    },
  };
};

const fits = (shipment: Shipment, filter: ShipmentFilter): boolean => {
  const pickup = Date.parse(shipment.pickupAt);
  return (
    (filter.status === undefined || shipment.status === filter.status) &&
    contains(shipment.carrier, filter.carrier) &&
    contains(shipment.origin, filter.lane?.origin) &&
    contains(shipment.destination, filter.lane?.destination) &&
    (filter.pickupFrom === undefined || pickup >= Date.parse(filter.pickupFrom)) &&
    (filter.pickupTo === undefined || pickup <= Date.parse(filter.pickupTo)) &&
    (filter.minDelayMinutes === undefined || shipment.delayMinutes >= filter.minDelayMinutes)
  );
};
