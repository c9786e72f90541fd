import type { Equipment } from '../connectors/shipment-tracking.js';
import { carriers, type Place, places } from './places.js';

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

const minute = 60_000;
const hour = 60 * minute;
const count = 40;

/** The item at an index that runs round. */
const pick = <T>(items: readonly [T, ...T[]], index: number): T => items[index % items.length] ?? items[0];

/**
 * Makes the shipments FK-1001 … FK-1040 around a midnight (ms since the epoch): always the same ones for the same day.
 * FK-1001 is on time, FK-1002 180 minutes late, FK-1003 not tracked; every seventh is late, every eleventh not tracked,
 * every thirteenth delivered.
 */
export const planShipments = (day: number): readonly PlannedShipment[] =>
  Array.from({ length: count }, (_, index) => planShipment(index + 1, day));

const planShipment = (n: number, day: number): PlannedShipment => {
  const delivered = n % 13 === 0;
  const appointment = delivered ? day - 2 * hour : day + (30 + (n % 24)) * hour;
  const onTime = (place: Place, time: number): PlannedStop => ({
    place,
    appointment: time,
    arrival: time,
    arrived: time < day,
  });
  return {
    shipmentId: `FK-${1000 + n}`,
    carrier: pick(carriers, n + Math.floor(n / carriers.length)),
    billOfLading: `BOL-${481_000 + n}`,
    trackingNumber: `PRO-${7_701_000 + n}`,
    weight: `${18_000 + n * 350} lb`,
    equipment:
      n === 3 || n % 11 === 0
        ? { tractorNumber: null, trailerNumber: null }
        : { tractorNumber: `TR-${300 + n}`, trailerNumber: `TL-${5000 + n}` },
    origin: onTime(pick(places, n), day - (8 + (n % 3) * 8) * hour),
    between: n % 4 === 0 ? [onTime(pick(places, n + 5), day + 6 * hour)] : [],
    destination: {
      place: pick(places, n * 3 + 1),
      appointment,
      arrival: appointment + delayOf(n) * minute,
      arrived: delivered,
    },
    progress: delivered ? 1 : ((n % 8) + 1) / 10,
  };
};

/** Minutes after the appointment; before it when negative. */
const delayOf = (n: number): number => {
  if (n === 2) return 180;
  return n % 7 === 0 ? 45 + ((n * 13) % 120) : -(n % 5) * 5;
};
