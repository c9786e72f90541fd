import { isRecord, type JsonSchema } from '../../../json.js';

/** One property of an object schema, as the planner reads it. */
export interface Property {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** The JSON types it may have, null left out. Empty when the schema does not say. */
  readonly types: readonly string[];
  readonly nullable: boolean;
  readonly enumValues: readonly string[];
  readonly format: string;
  readonly description: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The properties of an object schema in their order; none for any other schema. */
export const properties = (schema: unknown): readonly Property[] => {
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  const required = new Set(list(schema.required));
  return Object.entries(schema.properties).flatMap(([name, value]) =>
    isRecord(value) ? [property(name, value, required.has(name))] : [],
  );
};

const property = (name: string, schema: JsonSchema, required: boolean): Property => {
  // `anyOf: [{…}, {type: "null"}]` is how schema libraries write "nullable".
  const options = [...list(schema.anyOf), ...list(schema.oneOf)].filter(isRecord);
  const real = options.filter((option) => option.type !== 'null');
  const only = real.length === 1 && real[0] ? { ...real[0], ...schema } : schema;
  const types = (Array.isArray(only.type) ? only.type : [only.type, ...real.map((o) => o.type)]).filter(
    (type): type is string => typeof type === 'string',
  );
  const enumValues = [
    ...list(only.enum),
    ...('const' in only ? [only.const] : []),
    ...real.flatMap((o) => ('const' in o ? [o.const] : list(o.enum))),
  ];
  return {
    name,
    schema: only,
    required,
    types: [...new Set(types.filter((type) => type !== 'null'))],
    nullable: types.includes('null') || options.length > real.length,
    enumValues: [...new Set(enumValues.filter((value): value is string => typeof value === 'string'))],
    format: text(only.format),
    description: text(schema.description) || text(only.description),
  };
};

/** The schema of an array's items. */
export const itemSchema = (schema: JsonSchema): JsonSchema => (isRecord(schema.items) ? schema.items : {});

/** Whether a property may hold a type; one that says no type may hold any. */
export const mayBe = (of: Property, ...types: readonly string[]): boolean =>
  of.types.length === 0 || of.types.some((type) => types.includes(type));

/** Whether two properties can hold the same values, as far as types and formats tell. */
export const compatible = (from: Property, to: Property): boolean => {
  if (to.types.length === 0 || from.types.length === 0) return true;
  const numeric = (type: string): string => (type === 'integer' ? 'number' : type);
  if (!from.types.some((type) => to.types.map(numeric).includes(numeric(type)))) return false;
  return to.format === '' || from.format === '' || from.format === to.format;
};
