import { WorkflowError } from '../../../src/errors.js';
import { applyEdits } from '../../../src/workflow/apply-edits.js';
import type { Definition, Step } from '../../../src/workflow/definition.js';
import type { At, Edit } from '../../../src/workflow/edit.js';
import { childLists, walkSteps } from '../../../src/workflow/walk.js';
import { type Choices, randomStep } from './random-definition.js';

/** A random edit, most often one that applies. `fresh` are ids for new steps. */
export const randomEdit = (choices: Choices, definition: Definition, fresh: readonly string[]): Edit => {
  const placed = [...walkSteps(definition.steps)];
  const pick = <T>(items: readonly T[], otherwise: T): T => items[choices.next(items.length)] ?? otherwise;
  const id = (): string => pick(placed, undefined)?.step.id ?? 'none';
  const lists = placed.flatMap(({ step }) => [
    ...childLists(step).map(({ list }) => ({ id: step.id, list })),
    ...(step.kind === 'branch' ? [{ id: step.id, list: 'otherwise' }] : []),
    ...(step.kind === 'action' ? [{ id: step.id, list: 'onError' }] : []),
  ]);
  const at = (): At => {
    const list = pick(lists, undefined);
    const places: readonly At[] = [
      { after: id() },
      { before: id() },
      list ? { first: true, in: list } : { first: true },
      list ? { last: true, in: list } : { last: true },
      { last: true },
    ];
    return pick(places, { last: true });
  };
  const newStep = (): Step => randomStep(choices, pick(fresh, 'fresh'), [...fresh.slice(0, 2)], 2);
  const makers: readonly (() => Edit)[] = [
    () => ({ op: 'update', id: id(), set: { '/title': `t${choices.next(3)}` } }),
    () => ({ op: 'update', id: id(), set: { '/x/y': choices.next(2) }, unset: ['/values', '/input/a'] }),
    () => ({ op: 'insert', step: newStep(), at: at() }),
    () => ({ op: 'remove', id: id() }),
    () => ({ op: 'move', id: id(), at: at() }),
    () => ({ op: 'wrap', ids: [id()], in: { id: pick(fresh, 'fresh'), kind: 'repeat', max: 2, steps: [] } }),
    () => ({ op: 'unwrap', id: id() }),
    () => ({ op: 'replace', id: id(), step: newStep() }),
    () => {
      const same = id();
      return { op: 'replace', id: same, step: randomStep(choices, same, [], 9) };
    },
    () => ({ op: 'update', id: id(), set: { '/cases/0/when': `\${{ ${choices.next(9)} }}` } }),
    () => ({ op: 'update', id: id(), set: { '/cases/-': { when: 'new', steps: [] } } }),
    () => ({ op: 'update', id: id(), set: {}, unset: [`/cases/${choices.next(2)}`] }),
    () => ({ op: 'update', id: id(), set: {}, unset: [`/branches/${choices.next(2)}`] }),
    () => ({ op: 'update', id: id(), set: { '/onError': choices.next(2) === 1 ? 'continue' : 'fail' } }),
    () => ({ op: 'setMeta', set: { name: `Name ${choices.next(3)}`, description: `d${choices.next(3)}` } }),
    () => ({ op: 'setConfig', config: { timeout: `PT${choices.next(3)}H` } }),
    () => ({ op: 'setInputs', inputs: { type: 'object', required: [`r${choices.next(3)}`] } }),
  ];
  return pick(makers, () => ({ op: 'remove', id: id() }))();
};

/** A random list of edits that applies to the definition. */
export const randomEdits = (
  choices: Choices,
  definition: Definition,
  most: number,
  fresh: readonly string[],
): readonly Edit[] => {
  const edits: Edit[] = [];
  let current = definition;
  for (let count = choices.next(most + 1); count > 0; count -= 1) {
    const edit = randomEdit(choices, current, fresh);
    try {
      current = applyEdits(current, [edit]).definition;
      edits.push(edit);
    } catch (error) {
      if (!WorkflowError.is(error)) throw error;
    }
  }
  return edits;
};
