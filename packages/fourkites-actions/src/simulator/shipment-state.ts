import type { Equipment } from '../connectors/shipment-tracking.js';
import type { Location, Shipment, ShipmentStatus, Stop } from '../model/shipment.js';
import type { Ledger } from './ledger.js';
import { places } from './places.js';
import type { PlannedShipment, PlannedStop } from './plan-shipments.js';

const iso = (time: number): string => new Date(time).toISOString();

/** A shipment as it stands: what was planned around a midnight (`day`), and what was changed since. */
export const shipmentState = (plan: PlannedShipment, day: number, ledger: Ledger): Shipment => {
  const equipment = equipmentOf(plan, ledger);
  const tracked = equipment.tractorNumber !== null || equipment.trailerNumber !== null;
  const stop = (type: Stop['type'], planned: PlannedStop, sequence: number): Stop =>
    stopState(
      type,
      planned,
      sequence,
      tracked,
      appointmentOf(plan, sequence, ledger) ?? iso(planned.appointment),
    );
  const pickup = stop('pickup', plan.origin, 1);
  const between = plan.between.map((planned, index) => stop('delivery', planned, index + 2));
  const delivery = stop('delivery', plan.destination, plan.between.length + 2);
  return {
    shipmentId: plan.shipmentId,
    status: statusOf(tracked, delivery),
    eta: delivery.eta,
    appointment: delivery.appointment,
    delayMinutes: delivery.delayMinutes,
    facility: delivery.facility,
    facilityEmail: delivery.facilityEmail,
    origin: cityOf(plan.origin),
    destination: cityOf(plan.destination),
    pickupAt: pickup.appointment,
    carrier: plan.carrier,
    billOfLading: plan.billOfLading,
    trackingNumber: plan.trackingNumber,
    ...equipment,
    location: tracked ? locationOf(plan, day) : null,
    notes: ledger
      .all('note')
      .filter(({ shipmentId }) => shipmentId === plan.shipmentId)
      .map(({ noteId, text }) => ({ noteId, text })),
    stops: [pickup, ...between, delivery],
  };
};

const equipmentOf = (plan: PlannedShipment, ledger: Ledger): Equipment =>
  ledger.all('equipment').findLast(({ shipmentId }) => shipmentId === plan.shipmentId)?.current ??
  plan.equipment;

const appointmentOf = (plan: PlannedShipment, sequence: number, ledger: Ledger): string | undefined =>
  ledger
    .all('appointment')
    .findLast(({ shipmentId, stopSequence }) => shipmentId === plan.shipmentId && stopSequence === sequence)
    ?.current;

const stopState = (
  type: Stop['type'],
  { place, arrival, arrived }: PlannedStop,
  sequence: number,
  tracked: boolean,
  appointment: string,
): Stop => ({
  sequence,
  type,
  facility: place.name,
  facilityEmail: place.email,
  city: place.city,
  state: place.state,
  appointment,
  eta: tracked ? iso(arrival) : null,
  arrivedAt: tracked && arrived ? iso(arrival) : null,
  delayMinutes: tracked ? Math.max(0, Math.round((arrival - Date.parse(appointment)) / 60_000)) : 0,
});

const statusOf = (tracked: boolean, delivery: Stop): ShipmentStatus => {
  if (!tracked) return 'not_tracking';
  if (delivery.arrivedAt !== null) return 'delivered';
  return delivery.delayMinutes > 0 ? 'late' : 'on_time';
};

const cityOf = ({ place }: PlannedStop): string => `${place.city}, ${place.state}`;

/** On the straight line between the ends; the city is that of the nearest place. */
const locationOf = ({ origin, destination, progress }: PlannedShipment, day: number): Location => {
  const between = (from: number, to: number): number => Number((from + (to - from) * progress).toFixed(4));
  const latitude = between(origin.place.latitude, destination.place.latitude);
  const longitude = between(origin.place.longitude, destination.place.longitude);
  const distance = (place: { latitude: number; longitude: number }): number =>
    Math.hypot(place.latitude - latitude, place.longitude - longitude);
  const { city, state } = places.reduce((best, place) => (distance(place) < distance(best) ? place : best));
  return { latitude, longitude, city, state, locatedAt: iso(day) };
};
