import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Reads the text of a document. Fails with `document_not_found` or `page_not_found`; neither is retried. */
export declare const extractDocumentText: ({ documents }: Pick<Connectors, 'documents'>) => Action;
