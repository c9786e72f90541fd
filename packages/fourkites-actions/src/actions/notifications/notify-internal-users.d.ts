import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Tells colleagues something, by mail. */
export declare const notifyInternalUsers: ({ mail }: Pick<Connectors, 'mail'>) => Action;
