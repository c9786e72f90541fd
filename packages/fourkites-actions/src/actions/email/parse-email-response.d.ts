import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Judges a facility's answer: what it holds, what it lacks. */
export declare const parseEmailResponse: ({ inbox, parser }: Pick<Connectors, 'inbox' | 'parser'>) => Action;
