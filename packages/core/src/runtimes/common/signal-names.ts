import type { Definition, Step } from '../../workflow/definition.js';
import { childLists } from '../../workflow/walk.js';

/**
 * Tells which names a definition ever waits for: the names of its signals, and the paths of the waits for them,
 * `each[3]/reply` for any round.
 */
export const signalNames = (definition: Definition): ((name: string) => boolean) => {
  const names = new Set<string>();
  const shapes = new Set<string>();

  const collect = (steps: readonly Step[], prefix: string): void => {
    for (const step of steps) {
      if (step.kind === 'wait' && step.signal !== undefined) {
        names.add(step.signal);
        shapes.add(prefix + step.id);
      }
      const inner = step.kind === 'forEach' || step.kind === 'repeat' ? `${prefix}${step.id}[]/` : prefix;
      for (const { steps: list } of childLists(step)) collect(list, inner);
    }
  };
  collect(definition.steps, '');

  return (name) => names.has(name) || shapes.has(name.replace(/\[\d+\]/g, '[]'));
};
