import { pathKey, placePath } from './path.js';
import type { Node } from './syntax.js';

/** What a check has established: paths that are there, by {@link pathKey}; `notNull` where null is excluded too. */
export type Facts = ReadonlyMap<string, 'present' | 'notNull'>;

/** Nothing established. */
export const noFacts: Facts = new Map();

/** Both sets of facts together. */
export const union = (a: Facts, b: Facts): Facts => {
  if (a.size === 0 || b.size === 0) return a.size === 0 ? b : a;
  const all = new Map(a);
  for (const [key, fact] of b) if (fact === 'notNull' || !all.has(key)) all.set(key, fact);
  return all;
};

/** What holds once a condition has come out as `outcome`. */
export const factsWhen = (node: Node, outcome: boolean): Facts => {
  switch (node.type) {
    case 'has':
      return outcome ? fact(node.operand, 'present') : noFacts;
    case 'unary':
      return node.op === '!' ? factsWhen(node.operand, !outcome) : noFacts;
    case 'logical': {
      const both = (node.op === '&&') === outcome;
      return both ? union(factsWhen(node.left, outcome), factsWhen(node.right, outcome)) : noFacts;
    }
    case 'equality':
      return equalityFacts(node.op, node.left, node.right, outcome);
    default:
      // A boolean field that decided, or an operand of a comparison that came out, was no null.
      return outcome || node.type === 'binary' ? operandFacts(node) : noFacts;
  }
};

const equalityFacts = (op: string, left: Node, right: Node, outcome: boolean): Facts => {
  if (op === 'in' || (op === '==') === outcome) {
    const other = left.type === 'literal' ? right : left;
    const literal = left.type === 'literal' ? left : right;
    const equalsValue = op !== 'in' && literal.type === 'literal' && literal.value !== null;
    return equalsValue ? fact(other, 'notNull') : noFacts;
  }
  if (right.type === 'literal' && right.value === null) return fact(left, 'notNull');
  if (left.type === 'literal' && left.value === null) return fact(right, 'notNull');
  return noFacts;
};

const operandFacts = (node: Node): Facts => {
  if (node.type === 'binary') return union(operandFacts(node.left), operandFacts(node.right));
  if (node.type === 'call') return node.args.reduce((facts, arg) => union(facts, operandFacts(arg)), noFacts);
  return fact(node, 'notNull');
};

/** The fact about a path, and that all it leads through is there too. */
const fact = (node: Node, kind: 'present' | 'notNull'): Facts => {
  const path = placePath(node);
  if (!path) return noFacts;
  return new Map(
    path.map((_, index) => [pathKey(path.slice(0, index + 1)), index === path.length - 1 ? kind : 'notNull']),
  );
};
