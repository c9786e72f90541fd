import type { JsonSchema } from '../../../../src/json.js';
import type { ActionLookup, ActionSpec, Effect } from '../../../../src/workflow/action-spec.js';

/** A catalog of pure data. */
export const lookupOf = (specs: readonly ActionSpec[]): ActionLookup => {
  const byId = new Map(
    specs.flatMap((spec) => [spec.id, ...(spec.aliases ?? [])].map((id) => [id, spec] as const)),
  );
  return { get: (id) => byId.get(id), all: () => specs };
};

/** An object schema; fields whose name ends with `?` are optional. */
export const object = (fields: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [name.replace('?', ''), schema]),
  ),
  required: Object.keys(fields).filter((name) => !name.endsWith('?')),
});

export const text: JsonSchema = { type: 'string' };
export const email: JsonSchema = { type: 'string', format: 'email' };
export const url: JsonSchema = { type: 'string', format: 'uri' };
export const time: JsonSchema = { type: 'string', format: 'date-time' };
export const number: JsonSchema = { type: 'number' };
export const boolean: JsonSchema = { type: 'boolean' };
export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const oneOf = (...values: readonly string[]): JsonSchema => ({ type: 'string', enum: values });
export const integer = (minimum: number, maximum: number): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum,
});

/** An action in one line. */
export const action = (
  id: string,
  category: string,
  effect: Effect,
  description: string,
  input: Record<string, JsonSchema>,
  output: Record<string, JsonSchema>,
  keywords: readonly string[] = [],
): ActionSpec => {
  const name = id.replaceAll('_', ' ');
  return {
    id,
    name: name.charAt(0).toUpperCase() + name.slice(1),
    description,
    category,
    effect,
    idempotent: false,
    inputSchema: object(input),
    outputSchema: object(output),
    keywords,
  };
};
