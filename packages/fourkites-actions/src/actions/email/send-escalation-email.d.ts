import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Tells somebody above that a facility does not answer. */
export declare const sendEscalationEmail: ({ mail }: Pick<Connectors, 'mail'>) => Action;
