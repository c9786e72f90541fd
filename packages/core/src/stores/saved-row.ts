import type { SavedWorkflow } from '../protocol/workflows.js';
import type { Definition } from '../workflow/definition.js';
import { integer, text } from './columns.js';

const parse = (json: string): Definition => JSON.parse(json);

/** A row of the table of workflows (`id, version, definition`). */
export const savedOf = (row: unknown): SavedWorkflow => ({
  id: text(row, 'id'),
  version: integer(row, 'version'),
  definition: parse(text(row, 'definition')),
});
