import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Finds fields in the text of a document. */
export declare const parseDocumentWithAi: ({ parser }: Pick<Connectors, 'parser'>) => Action;
