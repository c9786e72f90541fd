import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Writes a line into the log of workflows. */
export declare const logWorkflowAction: ({ log }: Pick<Connectors, 'log'>) => Action;
