import type { Json } from '@fk-workflow/core';
import { manualClock } from '@fk-workflow/core/testing';
import { createFourKitesCatalog } from '@fk-workflow/fourkites-actions';
import { createSimulator, type SimulatorOptions } from '@fk-workflow/fourkites-actions/simulator';
import { callAction } from './call-action.js';

export const hour = 3_600_000;

/** A simulator on a manual clock that starts at 2030-01-01T00:00:00Z, with the catalog over it. */
export const setup = (options: Omit<SimulatorOptions, 'clock'> = {}) => {
  const clock = manualClock();
  const simulator = createSimulator({ clock, ...options });
  const catalog = createFourKitesCatalog(simulator.connectors);
  const call = (id: string, input?: Json, key?: string) => callAction(catalog, id, input, key);
  /** Mails a facility about a shipment. */
  const mail = (recipient: string, shipment = 'FK-1002', key?: string) =>
    call(
      'send_initial_email',
      { recipient_email: recipient, facility: 'The dock', shipment_id: shipment },
      key,
    );
  return { clock, simulator, catalog, call, mail };
};
