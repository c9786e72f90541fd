import type { Json, JsonSchema } from '../json.js';
import { definitionLimits } from './limits.js';
import type { Problem } from './problem.js';
import { compileSchema } from './schema/compile-schema.js';
import { withDefaults } from './schema/defaults.js';
import { misfitProblem } from './schema/misfit-problem.js';
import { schemaProblems } from './schema/schema-problems.js';

/** A value with its defaults, and what does not fit. */
export interface CheckedInput {
  readonly value: Json;
  readonly problems: readonly Problem[];
}

/** Objects and lists inside one another in an input. */
const deepest = 100;

/** Characters of a field's name. */
const longestName = 1000;

/**
 * Checks a value against a JSON Schema (draft 2020-12): defaults are applied (in objects inside too), formats asserted
 * (`email`, `date`, RFC 3339 `date-time`, `uri`, …). Problems carry JSON Pointers below `root` and a sentence per field;
 * codes `missing_input`, `unknown_input`, `invalid_input`, and `invalid_schema` for a schema that cannot be used.
 * Never throws; bounded in time: costly patterns and schemas that contain themselves are refused, text is matched up to a length that keeps a pattern cheap.
 *
 * @example
 * checkInput({ required: ['to'], properties: { to: { type: 'string', format: 'email' } } }, { to: 'nobody' });
 * // problems: [{ path: '/to', message: '"to" must be an email address.', … }]
 */
export const checkInput = (schema: JsonSchema | undefined, value: Json, root = ''): CheckedInput => {
  if (schema === undefined) return { value, problems: [] };
  const problems = schemaProblems(schema, root);
  return problems.length > 0 ? { value, problems } : checkTrusted(schema, value, root);
};

/** {@link checkInput} for a schema of the host's own code: patterns too costly to match are left to the action. */
export const checkTrusted = (schema: JsonSchema, value: Json, root: string): CheckedInput => {
  const size = measure(value);
  if (size === undefined) {
    const message = `The input is nested deeper than ${deepest} levels, or a field's name is too long.`;
    return { value, problems: [{ code: 'invalid_input', severity: 'error', path: root, message }] };
  }
  try {
    const complete = withDefaults(schema, value, schema);
    const found = compileSchema(schema)(complete, size).map((misfit) => misfitProblem(misfit, root));
    return { value: complete, problems: onePerPath(found) };
  } catch (error) {
    // The library throws for a schema that never ends or refers to nothing.
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const message = `The schema cannot be followed: ${reason}`;
    return { value, problems: [{ code: 'invalid_schema', severity: 'error', path: root, message }] };
  }
};

/** How many values are in a value; undefined when it is nested too deep to be checked. */
const measure = (root: Json): number | undefined => {
  const pending: { readonly value: Json; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let count = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    count += 1;
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepest) return undefined;
    for (const [key, item] of Object.entries(value)) {
      if (key.length > longestName) return undefined;
      pending.push({ value: item, depth: depth + 1 });
    }
  }
  return count;
};

/** The first problem of each path: what follows is mostly the same mistake in other words. */
const onePerPath = (problems: readonly Problem[]): readonly Problem[] => {
  const byPath = new Map<string, Problem>();
  for (const problem of problems) if (!byPath.has(problem.path)) byPath.set(problem.path, problem);
  return [...byPath.values()].slice(0, definitionLimits.problems);
};
