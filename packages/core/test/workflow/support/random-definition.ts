import fc from 'fast-check';
import type { Definition, Step } from '../../../src/workflow/definition.js';

/** Random numbers that fast-check draws and shrinks. A choice reads the next one; after the last one all choose the first. */
export interface Choices {
  /** A number from 0 to `below` - 1. */
  next(below: number): number;
}

export const choicesFrom = (numbers: readonly number[]): Choices => {
  let at = 0;
  return { next: (below) => (numbers[at++] ?? 0) % Math.max(1, below) };
};

export const numbers = fc.array(fc.nat({ max: 9_999 }), { minLength: 30, maxLength: 120, size: 'max' });

/** Ids shared by all random definitions, so that two of them have steps in common. */
const pool = Array.from({ length: 14 }, (_, index) => `s${index}`);

const kindOf = (id: string): number => Number(id.replace(/\D/g, '')) % 8;

const oddKeys = ['a', 'b', 'c/d', '~', '', '__proto__', 'constructor'] as const;

const randomValue = (choices: Choices, depth = 0): unknown => {
  switch (choices.next(depth > 2 ? 3 : 6)) {
    case 0:
      return choices.next(3);
    case 1:
      return `text ${choices.next(3)}`;
    case 2:
      return null;
    case 3:
      return Array.from({ length: choices.next(3) }, () => randomValue(choices, depth + 1));
    default:
      return randomObject(choices, depth + 1);
  }
};

/** `fromEntries` defines own properties, so a key "__proto__" is plain data here too. */
const randomObject = (choices: Choices, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Array.from({ length: choices.next(4) }, () => [
      oddKeys[choices.next(oddKeys.length)] ?? 'a',
      randomValue(choices, depth),
    ]),
  );

const randomSteps = (choices: Choices, ids: string[], depth: number): Step[] => {
  const steps: Step[] = [];
  for (let count = choices.next(depth === 0 ? 8 : 4); count > 0 && ids.length > 0; count -= 1) {
    const [id = 'none'] = ids.splice(choices.next(ids.length), 1);
    steps.push(randomStep(choices, id, ids, depth));
  }
  return steps;
};

/** Some step of the id; the steps inside it take theirs from `ids`. */
export const randomStep = (choices: Choices, id: string, ids: string[], depth: number): Step => {
  const inner = (): Step[] => (depth > 3 ? [] : randomSteps(choices, ids, depth + 1));
  const title = choices.next(3) === 1 ? { title: `Title ${choices.next(3)}` } : {};
  const make = (): Record<string, unknown> => {
    // Most often the same kind for an id, so that a step that two documents share is changed rather than replaced.
    switch (choices.next(5) === 4 ? choices.next(8) : kindOf(id)) {
      case 0:
        return { kind: 'set', values: randomObject(choices) };
      case 1:
        return { kind: 'action', action: `x${choices.next(2)}`, input: randomObject(choices) };
      case 2: {
        const onError = [{ steps: inner() }, 'continue', 'fail'][choices.next(3)];
        return { kind: 'action', action: 'x0', onError };
      }
      case 3: {
        const cases = Array.from({ length: choices.next(4) }, () => ({
          when: `\${{ ${choices.next(4)} }}`,
          ...(choices.next(4) === 1 ? { title: 'a' } : {}),
          steps: inner(),
        }));
        return { kind: 'branch', cases, ...(choices.next(2) === 1 ? { otherwise: inner() } : {}) };
      }
      case 4:
        return {
          kind: 'parallel',
          branches: Array.from({ length: choices.next(4) }, () => ({ steps: inner() })),
        };
      case 5:
        return { kind: 'forEach', items: randomValue(choices), steps: inner() };
      case 6:
        return { kind: 'repeat', max: choices.next(3), steps: inner() };
      default:
        return { kind: 'wait', duration: `PT${choices.next(3)}H` };
    }
  };
  return { id, ...title, ...make() } as unknown as Step;
};

/** A random definition, made of up to 14 shared step ids. */
export const randomDefinition = (choices: Choices): Definition =>
  ({
    id: 'random',
    name: `Name ${choices.next(2)}`,
    ...(choices.next(2) === 1 ? { description: `d${choices.next(2)}` } : {}),
    ...(choices.next(3) === 1 ? { trigger: { kind: 'webhook' } } : {}),
    ...(choices.next(3) === 1 ? { inputs: { type: 'object', properties: randomObject(choices) } } : {}),
    ...(choices.next(3) === 1 ? { config: { timeout: `PT${choices.next(3)}H` } } : {}),
    steps: randomSteps(choices, [...pool], 0),
    ...(choices.next(3) === 1 ? { output: randomValue(choices) } : {}),
  }) as Definition;
