import type { JsonSchema } from '../json.js';
import { kindSchemas } from './kind-schemas.js';
import { type Kind, type KindTypes, kindOf } from './values.js';

/** One form of an operator, function or method: what it takes and gives. A method's receiver is the first operand. */
export interface Overload {
  readonly takes: readonly Kind[];
  readonly gives: JsonSchema;
  call(args: readonly unknown[]): unknown;
}

type Operands<K extends readonly Kind[]> = { readonly [I in keyof K]: KindTypes[K[I]] };

/** Defines an overload; `call` sees its operands as the kinds it takes. */
export const overload = <const K extends readonly Kind[]>(
  takes: K,
  gives: Kind,
  call: (...args: Operands<K>) => unknown,
): Overload => ({
  takes,
  gives: kindSchemas[gives],
  // The kinds were compared by `findOverload`, which the compiler cannot follow.
  call: (args) => call(...(args as Operands<K>)),
});

/** The overload that takes these values. */
export const findOverload = (
  overloads: readonly Overload[],
  args: readonly unknown[],
): Overload | undefined => {
  for (const candidate of overloads) if (takes(candidate, args)) return candidate;
  return undefined;
};

const takes = ({ takes: kinds }: Overload, args: readonly unknown[]): boolean => {
  for (let index = 0; index < kinds.length; index += 1) {
    if (kindOf(args[index]) !== kinds[index]) return false;
  }
  return true;
};
