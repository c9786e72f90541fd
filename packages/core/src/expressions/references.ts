import { type Facts, factsWhen, noFacts, union } from './narrowing.js';
import { constantPath, pathKey } from './path.js';
import type { Node } from './syntax.js';

/** A name that an expression reads, with as much of its path as stands in the text. */
export interface Reference {
  /** e.g. `['steps', 'eta', 'output', 'stops', 0]`; ends before an index that is computed. */
  readonly path: readonly (string | number)[];
  /** Offsets of the path in the whole string. */
  readonly start: number;
  readonly end: number;
  /** The expression's text, without `${{` and `}}`. */
  readonly template: string;
  /** True where the expression has made sure that the value is there: inside `has()`, beside `== null`, or behind such a check. */
  readonly guarded: boolean;
}

/** A reference with the string it stands in. */
export interface PlacedReference extends Reference {
  /** JSON Pointer, inside the value, of the string. */
  readonly pointer: string;
}

/** Every reference of an expression in reading order. `offset` is where the expression starts in the whole string. */
export const collectReferences = (root: Node, template: string, offset: number): readonly Reference[] => {
  const found: Reference[] = [];

  const visit = (node: Node, facts: Facts, checked = false): void => {
    const path = constantPath(node);
    if (path) {
      const known = facts.size > 0 && path.some((_, index) => facts.has(pathKey(path.slice(0, index + 1))));
      const guarded = checked || known;
      found.push({ path, start: node.start + offset, end: node.end + offset, template, guarded });
      return;
    }
    switch (node.type) {
      case 'literal':
      case 'name':
      case 'local':
        return;
      case 'member':
        visit(node.object, facts, checked);
        visit(node.key, facts);
        return;
      case 'has':
        visit(node.operand, facts, true);
        return;
      case 'call':
        for (const arg of node.args) visit(arg, facts);
        return;
      case 'macro':
        visit(node.range, facts);
        if (node.predicate) visit(node.predicate, facts);
        if (node.transform)
          visit(node.transform, union(facts, node.predicate ? factsWhen(node.predicate, true) : noFacts));
        return;
      case 'list':
        for (const item of node.items) visit(item, facts);
        return;
      case 'map':
        for (const entry of node.entries) for (const part of entry) visit(part, facts);
        return;
      case 'conditional':
        visit(node.test, facts);
        visit(node.yes, union(facts, factsWhen(node.test, true)));
        visit(node.no, union(facts, factsWhen(node.test, false)));
        return;
      case 'logical':
        visit(node.left, facts);
        visit(node.right, union(facts, factsWhen(node.left, node.op === '&&')));
        return;
      case 'unary':
        visit(node.operand, facts);
        return;
      case 'binary':
        visit(node.left, facts);
        visit(node.right, facts);
        return;
      case 'equality': {
        const equality = node.op !== 'in';
        visit(node.left, facts, equality);
        visit(node.right, facts, equality);
        return;
      }
    }
  };

  visit(root, noFacts);
  return found;
};
