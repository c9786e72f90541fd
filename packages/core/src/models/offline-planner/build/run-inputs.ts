import { isRecord, type JsonSchema } from '../../../json.js';
import { isFreeText } from '../matching/field-kinds.js';
import { type Property, properties } from '../matching/schema.js';

/** The values asked at the start of a run, collected while steps are built. */
export interface RunInputs {
  /** The template for a field nothing is known about; the same field of another step gives the same one. */
  ask(property: Property, stepId: string): string;
  /** Asks for a list, e.g. of shipment ids. */
  askList(name: string, item: JsonSchema): string;
  /** The collected JSON Schema, undefined when nothing is asked. */
  schema(): JsonSchema | undefined;
  /** Names of what was added to the schema it started from. */
  readonly added: readonly string[];
}

/** Collects run inputs, starting from those a definition already has. */
export const runInputs = (existing?: JsonSchema): RunInputs => {
  const known = new Map<string, JsonSchema>(properties(existing).map(({ name, schema }) => [name, schema]));
  const required = new Set<string>(Array.isArray(existing?.required) ? existing.required : []);
  const added: string[] = [];
  const put = (name: string, schema: JsonSchema): string => {
    if (!known.has(name)) {
      known.set(name, schema);
      required.add(name);
      added.push(name);
    }
    return `\${{ inputs.${name} }}`;
  };
  return {
    added,
    ask(property, stepId) {
      const same = known.get(property.name);
      const shared =
        same === undefined
          ? !isFreeText(property)
          : sameShape(same, property.schema) && !isFreeText(property);
      return put(shared ? property.name : `${stepId}_${property.name}`, property.schema);
    },
    askList: (name, items) => put(name, { type: 'array', items }),
    schema: () =>
      known.size === 0
        ? undefined
        : { ...existing, type: 'object', properties: Object.fromEntries(known), required: [...required] },
  };
};

/** Descriptions may differ; what a value may be must not. */
const sameShape = (a: JsonSchema, b: JsonSchema): boolean => shape(a) === shape(b);
const shape = (schema: unknown): string =>
  JSON.stringify(schema, (key, value: unknown) =>
    key === 'description' || key === 'title' || key === 'examples' || key === 'default'
      ? undefined
      : isRecord(value)
        ? sorted(value)
        : value,
  );
const sorted = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
