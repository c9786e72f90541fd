import { fail } from './fail.js';

/** A span of time inside an expression; as a result it becomes text such as `3600s`. */
export class TimeSpan {
  constructor(readonly ms: number) {}

  toString(): string {
    return `${this.ms / 1000}s`;
  }
}

/** What each kind of value is at run time. Numbers are doubles; a timestamp is a Date. */
export interface KindTypes {
  null: null;
  boolean: boolean;
  number: number;
  string: string;
  array: readonly unknown[];
  object: object;
  timestamp: Date;
  duration: TimeSpan;
}

/** The kinds of value an expression can hold. */
export type Kind = keyof KindTypes;

/** The kind of a value. Throws for what is no JSON, such as a function. */
export const kindOf = (value: unknown): Kind => {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'undefined':
      return 'null';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'array';
      if (value instanceof Date) return 'timestamp';
      return value instanceof TimeSpan ? 'duration' : 'object';
    default:
      return fail(`It meets a ${typeof value}, which is no JSON value.`);
  }
};

/** The value if it is a boolean; `label` names it in the failure. */
export const asBoolean = (value: unknown, label: string): boolean =>
  typeof value === 'boolean' ? value : fail(`${label} is ${kindOf(value)}, not true or false.`);
