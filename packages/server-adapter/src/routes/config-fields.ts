import type { ActionListing, Json, JsonSchema } from '@fk-workflow/core/protocol';

type ConfigField = ActionListing['config_fields'][number];

/** The properties of an input schema as the first version's page reads them: one flat field each, in order. */
export const configFields = (schema: JsonSchema): readonly ConfigField[] => {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(isRecord(schema.properties) ? schema.properties : {}).map(([name, property]) =>
    configField(name, isRecord(property) ? property : {}, required.includes(name)),
  );
};

const configField = (name: string, property: JsonSchema, required: boolean): ConfigField => {
  const shape = withoutNull(property);
  const { title, description = shape.description } = property;
  const options = Array.isArray(shape.enum) ? shape.enum.filter(isJson) : undefined;
  return {
    name,
    label: typeof title === 'string' ? title : labelOf(name),
    type: typeOf(shape),
    required,
    ...(typeof description === 'string' ? { description } : {}),
    ...(isJson(property.default) ? { default: property.default } : {}),
    ...(options ? { options } : {}),
  };
};

/** `{anyOf: [X, {type: "null"}]}` is X to a person who fills it in. */
const withoutNull = (schema: JsonSchema): JsonSchema => {
  const choices = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(choices)) return schema;
  const rest = choices.filter(isRecord).filter(({ type }) => type !== 'null');
  return rest.length === 1 && rest[0] ? rest[0] : schema;
};

const typeOf = ({ type, const: constant, enum: choices }: JsonSchema): string => {
  const named = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (typeof named === 'string') return named;
  const sample: unknown = constant ?? (Array.isArray(choices) ? choices[0] : undefined);
  return ['string', 'number', 'boolean'].includes(typeof sample) ? typeof sample : 'any';
};

/** `recipient_email` and `recipientEmail` -> `Recipient email`. */
const labelOf = (name: string): string => {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema is JSON already; only absence has to be told apart. */
const isJson = (value: unknown): value is Json => value !== undefined;
