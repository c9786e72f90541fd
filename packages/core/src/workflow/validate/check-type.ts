import { enumValues, schemaKinds } from '../../expressions/schema-walk.js';
import type { JsonSchema } from '../../json.js';
import { type Checking, listed, report, type Spot } from './checking.js';
import type { Readable } from './scope.js';

/** Kinds that become text where only text is taken. */
const textable: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'timestamp', 'duration']);

const kindNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'nothing',
  timestamp: 'a time',
  duration: 'a duration',
};

const named = (kinds: ReadonlySet<string>): string =>
  [...kinds].map((kind) => kindNames[kind] ?? kind).join(' or ');

/** Whether a value of one schema can stand where another is wanted; true when too little is known. Null is left aside. */
export const fits = (given: JsonSchema | undefined, wanted: JsonSchema | undefined): boolean => {
  const from = withoutNull(schemaKinds(given));
  const to = withoutNull(schemaKinds(wanted));
  if (!from || !to || from.size === 0) return true;
  const overlap = [...from].some((kind) => to.has(kind) || (to.has('string') && textable.has(kind)));
  if (!overlap) return false;
  const values = enumValues(given);
  const allowed = enumValues(wanted);
  return !values || !allowed || values.some((value) => allowed.includes(value));
};

const withoutNull = (kinds: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined =>
  kinds && new Set([...kinds].filter((kind) => kind !== 'null'));

/** Whether null can stand where the schema is wanted. */
export const takesNull = (wanted: JsonSchema | undefined): boolean =>
  schemaKinds(wanted)?.has('null') ?? true;

/** Reports when what a template gives cannot stand where `wanted` is, or may be null there. */
export const checkType = (
  given: Readable,
  wanted: JsonSchema | undefined,
  spot: Spot,
  checking: Checking,
): void => {
  const from = schemaKinds(given.schema);
  const to = schemaKinds(wanted);
  if (!fits(given.schema, wanted)) {
    const values = enumValues(wanted);
    const what = values
      ? `one of ${listed(values.map((value) => JSON.stringify(value)))}`
      : named(to ?? new Set());
    report(checking, spot, 'type_mismatch', `This gives ${named(from ?? new Set())}, but ${what} is wanted.`);
  } else if (!takesNull(wanted) && (given.optional || from?.has('null'))) {
    const message =
      'This may be absent when the workflow runs, but a value is wanted. Give a default or check it before.';
    report(checking, spot, 'may_be_absent', message, { severity: 'warning' });
  }
};

/** Reports when a condition surely gives something other than true or false. */
export const checkBoolean = (given: Readable, spot: Spot, checking: Checking): void => {
  const kinds = schemaKinds(given.schema);
  if (kinds && !kinds.has('boolean')) {
    report(
      checking,
      spot,
      'not_boolean',
      `A condition must be true or false, but this gives ${named(kinds)}. Compare it with something.`,
    );
  } else if (given.optional || kinds?.has('null')) {
    report(
      checking,
      spot,
      'may_be_absent',
      'This condition may be absent when the workflow runs. Compare it with true.',
      {
        severity: 'warning',
      },
    );
  }
};
