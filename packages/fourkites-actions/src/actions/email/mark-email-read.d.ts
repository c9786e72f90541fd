import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Marks mails as read. */
export declare const markEmailRead: ({ inbox }: Pick<Connectors, 'inbox'>) => Action;
