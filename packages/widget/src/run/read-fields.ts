import type { Json, JsonObject, Problem } from '@fk-workflow/core/protocol';
import type { InputField } from './input-fields.js';

/** What was filled in: the run's input, or what is wrong by field name. */
export type FilledIn =
  | { readonly ok: true; readonly input: JsonObject }
  | { readonly ok: false; readonly wrong: ReadonlyMap<string, string> };

/**
 * Reads a form. Fields left empty are left out, so that the schema's defaults count; a checkbox is always true or
 * false. Everything finer (formats, bounds) is the server's to say.
 */
export const readFields = (fields: readonly InputField[], texts: ReadonlyMap<string, string>): FilledIn => {
  const entries: [string, Json][] = [];
  const wrong = new Map<string, string>();
  for (const field of fields) {
    const text = (texts.get(field.name) ?? '').trim();
    if (text === '') {
      if (field.required) wrong.set(field.name, `Fill in “${field.label}”.`);
      continue;
    }
    const value = readValue(field, text);
    if (value === undefined) wrong.set(field.name, mistakes[field.kind] ?? `“${field.label}” does not fit.`);
    else entries.push([field.name, value]);
  }
  return wrong.size > 0 ? { ok: false, wrong } : { ok: true, input: Object.fromEntries(entries) };
};

const mistakes: Partial<Record<InputField['kind'], string>> = {
  number: 'Enter a number.',
  integer: 'Enter a whole number.',
  email: 'Enter an address such as name@example.com.',
  list: 'Enter one fitting value a line.',
  json: 'Enter JSON, such as {"key": "value"}.',
};

const readValue = (field: InputField, text: string): Json | undefined => {
  switch (field.kind) {
    case 'number':
      return finite(text);
    case 'integer':
      return Number.isInteger(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true';
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined;
    case 'list':
      return readLines(field, text);
    case 'date-time':
      return Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();
    case 'choice':
      return field.choices?.find((choice) => JSON.stringify(choice) === text);
    case 'json':
      return parseJson(text);
    default:
      return text;
  }
};

/** The lines that are not empty; undefined when one does not fit. */
const readLines = ({ line: kind = 'text', choices }: InputField, text: string): Json | undefined => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const values = lines.map((line): Json | undefined => {
    if (kind === 'text') return line;
    if (kind === 'choice') return choices?.find((choice) => String(choice) === line);
    return kind === 'integer' && !Number.isInteger(Number(line)) ? undefined : finite(line);
  });
  const fitting = values.filter((value) => value !== undefined);
  return fitting.length === values.length ? fitting : undefined;
};

const finite = (text: string): number | undefined =>
  Number.isFinite(Number(text)) ? Number(text) : undefined;

const parseJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Sorts the server's problems with an input by the field their path starts with; the others are kept under ''. */
export const problemsByField = (
  fields: readonly InputField[],
  problems: readonly Problem[],
): ReadonlyMap<string, string> => {
  const sorted = new Map<string, string>();
  for (const { path, message } of problems) {
    const key = path.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
    const name = fields.find((field) => field.name === key)?.name ?? '';
    const before = sorted.get(name);
    sorted.set(name, before === undefined ? message : `${before} ${message}`);
  }
  return sorted;
};
