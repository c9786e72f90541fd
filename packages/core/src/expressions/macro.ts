import type { WorkflowError } from '../errors.js';
import { fail } from './fail.js';
import { type Evaluate, type Frame, hideFailure, spend } from './frame.js';
import type { MacroNode, Node } from './syntax.js';
import { asBoolean, kindOf } from './values.js';

/** Compiles `all`, `exists`, `exists_one`, `filter` or `map` over a list, or over the keys of an object. */
export const compileMacro = (node: MacroNode, compile: (part: Node) => Evaluate): Evaluate => {
  const range = compile(node.range);
  const test = node.predicate && compile(node.predicate);
  const transform = node.transform && compile(node.transform);
  const passes = (item: unknown, frame: Frame): boolean =>
    test === undefined || asBoolean(withLocal(test, item, frame), `The condition of ${node.name}()`);
  switch (node.name) {
    case 'filter':
      return (frame) => itemsOf(range(frame), frame).filter((item) => passes(item, frame));
    case 'exists_one':
      return (frame) => itemsOf(range(frame), frame).filter((item) => passes(item, frame)).length === 1;
    case 'map':
      return (frame) => {
        const chosen = itemsOf(range(frame), frame).filter((item) => passes(item, frame));
        return transform ? chosen.map((item) => withLocal(transform, item, frame)) : chosen;
      };
    case 'all':
      return (frame) => !someItem(itemsOf(range(frame), frame), frame, (item) => !passes(item, frame));
    case 'exists':
      return (frame) => someItem(itemsOf(range(frame), frame), frame, (item) => passes(item, frame));
  }
};

const itemsOf = (range: unknown, frame: Frame): readonly unknown[] => {
  const kind = kindOf(range);
  if (Array.isArray(range)) return range;
  if (kind !== 'object' || typeof range !== 'object' || range === null) {
    return fail(`A macro takes a list or an object, not ${kind}.`);
  }
  const keys = Object.keys(range);
  spend(frame, keys.length);
  return keys;
};

const withLocal = (body: Evaluate, item: unknown, frame: Frame): unknown => {
  spend(frame, 1);
  frame.local = item;
  return body(frame);
};

/** CEL's quantifiers: one item that decides hides the failures of others. */
const someItem = (items: readonly unknown[], frame: Frame, holds: (item: unknown) => boolean): boolean => {
  let failure: WorkflowError | undefined;
  for (const item of items) {
    try {
      if (holds(item)) return true;
    } catch (error) {
      const hidden = hideFailure(error, frame);
      failure ??= hidden;
    }
  }
  if (failure) throw failure;
  return false;
};
