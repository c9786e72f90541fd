import type { ReadCall } from './call.js';
/** Where a document is: a path in the host's document store, or the id of a mail's attachment. */
export type DocumentSource =
  | {
      readonly kind: 'path';
      readonly path: string;
    }
  | {
      readonly kind: 'attachment';
      readonly id: string;
    };
/** Reads the text of documents. */
export interface DocumentReader {
  /** The text of every page, in order. Throws `document_not_found`. */
  pages(source: DocumentSource, call: ReadCall): Promise<readonly string[]>;
}
