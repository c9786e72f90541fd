import { isRecord, type Json, type JsonSchema } from '../../json.js';
import { dereference } from './sub-schemas.js';

/**
 * The value with the schema's defaults where fields are absent, in objects and lists inside it too.
 * An absent object is not made up from the defaults of its fields, only from its own.
 */
export const withDefaults = (schema: unknown, value: Json, root: JsonSchema): Json => {
  const resolved = dereference(schema, root);
  if (!resolved) return value;
  if (Array.isArray(value)) {
    return resolved.items === undefined
      ? value
      : value.map((item) => withDefaults(resolved.items, item, root));
  }
  if (!isRecord(value) || !isRecord(resolved.properties)) return value;
  const fields = new Map<string, Json>(Object.entries(value));
  for (const [name, field] of Object.entries(resolved.properties)) {
    const given = fields.get(name) ?? defaultOf(field, root);
    if (given !== undefined) fields.set(name, withDefaults(field, given, root));
  }
  return Object.fromEntries(fields);
};

const defaultOf = (schema: unknown, root: JsonSchema): Json | undefined => {
  // A default beside a "$ref" counts too. Schemas are JSON, so a default is.
  const own = isRecord(schema) ? schema.default : undefined;
  return (own ?? dereference(schema, root)?.default) as Json | undefined;
};
