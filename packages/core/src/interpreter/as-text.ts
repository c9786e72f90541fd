import { isRecord, type Json, type JsonSchema } from '../json.js';

/** Numbers and booleans become text where the schema takes only text. What needs no change is given back as it is. */
export const asText = (schema: JsonSchema, value: Json): Json => {
  if (typeof value === 'number' || typeof value === 'boolean')
    return takesOnlyText(schema) ? String(value) : value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return isRecord(items)
      ? replace(
          value,
          value.map((item) => asText(items, item)),
        )
      : value;
  }
  const { properties } = schema;
  if (!isObject(value) || !isRecord(properties)) return value;
  let changed: Record<string, Json> | undefined;
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const old = value[key];
    if (!isRecord(property) || old === undefined) continue;
    const converted = asText(property, old);
    if (converted === old) continue;
    changed ??= { ...value };
    changed[key] = converted;
  }
  return changed ?? value;
};

const isObject = (value: Json): value is { readonly [key: string]: Json } => isRecord(value);

const replace = (old: readonly Json[], converted: readonly Json[]): readonly Json[] =>
  converted.some((item, index) => item !== old[index]) ? converted : old;

/** Also where it may be null instead. */
const takesOnlyText = (schema: JsonSchema): boolean => {
  const { type, anyOf } = schema;
  if (Array.isArray(anyOf)) {
    const others = anyOf.filter((option) => !(isRecord(option) && option.type === 'null'));
    return others.length > 0 && others.every((option) => isRecord(option) && takesOnlyText(option));
  }
  if (Array.isArray(type))
    return type.includes('string') && type.every((one) => one === 'string' || one === 'null');
  return type === 'string';
};
