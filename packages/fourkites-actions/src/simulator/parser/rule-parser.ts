import type { FieldParser } from '../../connectors/field-parser.js';
import { findField, linesOf } from './find-field.js';
import { isGibberish } from './gibberish.js';

/**
 * A parser without a model: labels such as "BOL:", dates, names of carriers. Deterministic, and works on any text, so it
 * also serves outside the simulator; a model-backed parser comes through the same port.
 */
export const ruleParser: FieldParser = {
  async parse(text, fields, { signal }) {
    signal.throwIfAborted();
    const lines = linesOf(text);
    const found = fields.flatMap((name) => {
      const value = findField(name, lines);
      return value === undefined ? [] : [[name, value] as const];
    });
    return { fields: Object.fromEntries(found), isGibberish: found.length === 0 && isGibberish(text) };
  },
};
