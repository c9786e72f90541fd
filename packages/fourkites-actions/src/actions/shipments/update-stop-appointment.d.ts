import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Moves the appointment of a stop. Undone by moving it back. */
export declare const updateStopAppointment: ({ shipments }: Pick<Connectors, 'shipments'>) => Action;
