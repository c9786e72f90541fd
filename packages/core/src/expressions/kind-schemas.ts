import type { JsonSchema } from '../json.js';
import type { Kind } from './values.js';

/** The JSON Schema of what each kind becomes as a result. A timestamp and a duration are told from text by identity. */
export const kindSchemas = {
  null: { type: 'null' },
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  string: { type: 'string' },
  array: { type: 'array' },
  object: { type: 'object' },
  timestamp: { type: 'string', format: 'date-time' },
  duration: { type: 'string' },
} as const satisfies Record<Kind, JsonSchema>;
