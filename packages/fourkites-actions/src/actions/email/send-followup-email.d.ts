import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Asks a facility again. */
export declare const sendFollowupEmail: ({ mail }: Pick<Connectors, 'mail'>) => Action;
