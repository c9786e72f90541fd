import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Writes to a facility for the first time. */
export declare const sendInitialEmail: ({ mail }: Pick<Connectors, 'mail'>) => Action;
