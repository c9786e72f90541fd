import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Looks into the inbox. */
export declare const checkEmailInbox: ({ inbox }: Pick<Connectors, 'inbox'>) => Action;
