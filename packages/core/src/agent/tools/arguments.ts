import { WorkflowError } from '../../errors.js';
import { isRecord, type Json, type JsonObject } from '../../json.js';

/*
 * Arguments as models give them. Each reader throws `invalid_request` with a sentence the model can act on.
 */

/** A text; undefined when it is absent or null. */
export const optionalText = (args: JsonObject, name: string): string | undefined => {
  const value = args[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(name, 'a string');
};

/** A text that must be there. */
export const text = (args: JsonObject, name: string): string => {
  const value = optionalText(args, name)?.trim();
  if (value) return value;
  throw wrong(name, 'a string that is not empty');
};

/** A list of texts; undefined when it is absent or null. */
export const optionalTexts = (args: JsonObject, name: string): readonly string[] | undefined => {
  const value = args[name] ?? undefined;
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw wrong(name, 'a list of strings');
};

/** A whole number, also one written as text; undefined when it is absent or null. */
export const optionalInteger = (args: JsonObject, name: string): number | undefined => {
  const value = args[name] ?? undefined;
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw wrong(name, 'a whole number');
};

/** A whole number that must be there. */
export const integer = (args: JsonObject, name: string): number => {
  const value = optionalInteger(args, name);
  if (value !== undefined) return value;
  throw wrong(name, 'a whole number');
};

/** An object, also one written as a string of JSON; empty when it is absent or null. */
export const object = (args: JsonObject, name: string): JsonObject => {
  const value = fromJsonText(args[name] ?? {}, name);
  if (isObject(value)) return value;
  throw wrong(name, 'an object');
};

/** A list, also one written as a string of JSON; undefined when it is absent or null. */
export const optionalList = (args: JsonObject, name: string): readonly Json[] | undefined => {
  const value = fromJsonText(args[name] ?? null, name);
  if (value === null) return undefined;
  if (isList(value)) return value;
  throw wrong(name, 'a list');
};

/** True for a JSON object. */
export const isObject = (value: Json): value is JsonObject => isRecord(value);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const fromJsonText = (value: Json, name: string): Json => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new WorkflowError('invalid_request', `"${name}" is a string that is not JSON.`, { cause });
  }
};

const wrong = (name: string, what: string): WorkflowError =>
  new WorkflowError('invalid_request', `"${name}" must be ${what}.`);
