import type { Json, JsonSchema } from '@fk-workflow/core/protocol';
import { humanize } from '../ui/humanize.js';

/** An input of a workflow as a field of a form. */
export interface InputField {
  readonly name: string;
  readonly label: string;
  readonly kind:
    | 'text'
    | 'email'
    | 'url'
    | 'number'
    | 'integer'
    | 'boolean'
    | 'choice'
    | 'list'
    | 'date'
    | 'date-time'
    | 'json';
  readonly required: boolean;
  readonly help?: string;
  /** The values of a choice, or of a list's lines. */
  readonly choices?: readonly Json[];
  /** What a line of a list is read as. */
  readonly line?: 'text' | 'number' | 'integer' | 'choice';
  /** What the form shows first, as text. */
  readonly initial: string;
}

/** The fields of a workflow's `inputs` schema, the required ones first. */
export const inputFields = (schema: JsonSchema | undefined): readonly InputField[] => {
  const properties = schema?.properties;
  if (!isRecord(properties)) return [];
  const required = new Set(Array.isArray(schema?.required) ? schema.required : []);
  const fields = Object.entries(properties).map(([name, property]) =>
    fieldOf(name, isRecord(property) ? property : {}, required.has(name)),
  );
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
};

const fieldOf = (name: string, property: Record<string, unknown>, required: boolean): InputField => {
  const schema = withoutNull(property);
  const kind = kindOf(schema);
  const choices = kind === 'list' && isRecord(schema.items) ? schema.items.enum : schema.enum;
  return {
    name,
    kind,
    required,
    label: typeof schema.title === 'string' ? schema.title : humanize(name),
    ...(typeof schema.description === 'string' ? { help: schema.description } : {}),
    ...(Array.isArray(choices) ? { choices } : {}),
    ...(kind === 'list' && isRecord(schema.items) ? { line: lineOf(schema.items) } : {}),
    initial: textOf(kind, schema.default),
  };
};

/** What may also be null is asked for as what else it may be; left empty, it is left out. */
const withoutNull = (schema: Record<string, unknown>): Record<string, unknown> => {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null');
    return types.length === 1 ? { ...schema, type: types[0] } : schema;
  }
  const union = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isRecord) : [];
  const others = union.filter(({ type }) => type !== 'null');
  return others.length === 1 ? { ...others[0], ...schema } : schema;
};

const lineOf = (items: Record<string, unknown>): NonNullable<InputField['line']> => {
  if (Array.isArray(items.enum)) return 'choice';
  return items.type === 'number' || items.type === 'integer' ? items.type : 'text';
};

const kindOf = (schema: Record<string, unknown>): InputField['kind'] => {
  if (Array.isArray(schema.enum)) return 'choice';
  switch (schema.type) {
    case 'string':
      return stringKinds.find((kind) => kind === schema.format) ?? (schema.format === 'uri' ? 'url' : 'text');
    case 'number':
    case 'integer':
    case 'boolean':
      return schema.type;
    case 'array':
      return isRecord(schema.items) && isLine(schema.items) ? 'list' : 'json';
    default:
      return 'json';
  }
};

const isLine = ({ type, enum: choices }: Record<string, unknown>): boolean =>
  type === 'string' || type === 'number' || type === 'integer' || Array.isArray(choices);

const stringKinds = ['email', 'date', 'date-time'] as const;

/** A value as the field shows it. */
export const textOf = (kind: InputField['kind'], value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (kind === 'list' && Array.isArray(value)) return value.join('\n');
  if (kind === 'date-time' && typeof value === 'string') return localDateTime(value);
  return kind === 'json' || kind === 'choice' ? JSON.stringify(value) : String(value);
};

/** `2025-01-31T08:30` in the person's time zone, as a date-time field wants it. */
const localDateTime = (value: string): string => {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
