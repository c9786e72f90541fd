import { expect, test } from 'vitest';
import type { Definition, Step } from '../../src/workflow/definition.js';
import { childLists, findStep, walkSteps } from '../../src/workflow/walk.js';

const set = (id: string): Step => ({ id, kind: 'set', values: {} });

const definition: Definition = {
  id: 'all',
  name: 'All kinds of lists',
  steps: [
    { id: 'call', kind: 'action', action: 'x', onError: { steps: [set('recover')] } },
    {
      id: 'decide',
      kind: 'branch',
      cases: [
        {
          when: '${{ true }}',
          steps: [set('yes'), { id: 'each', kind: 'forEach', items: [], steps: [set('item')] }],
        },
      ],
      otherwise: [set('no')],
    },
    { id: 'both', kind: 'parallel', branches: [{ steps: [set('left')] }, { steps: [set('right')] }] },
    { id: 'again', kind: 'repeat', max: 2, steps: [set('round')] },
  ],
};

test('walks in reading order, with the JSON Pointer of every step', () => {
  const placed = [...walkSteps(definition.steps)];
  expect(placed.map(({ step, path }) => [step.id, path])).toEqual([
    ['call', '/steps/0'],
    ['recover', '/steps/0/onError/steps/0'],
    ['decide', '/steps/1'],
    ['yes', '/steps/1/cases/0/steps/0'],
    ['each', '/steps/1/cases/0/steps/1'],
    ['item', '/steps/1/cases/0/steps/1/steps/0'],
    ['no', '/steps/1/otherwise/0'],
    ['both', '/steps/2'],
    ['left', '/steps/2/branches/0/steps/0'],
    ['right', '/steps/2/branches/1/steps/0'],
    ['again', '/steps/3'],
    ['round', '/steps/3/steps/0'],
  ]);
  for (const { step, path } of placed) {
    const found = path
      .slice(1)
      .split('/')
      .reduce<unknown>((value, key) => Reflect.get(Object(value), key), definition);
    expect(found).toBe(step);
  }
  expect(placed.find(({ step }) => step.id === 'no')?.parent).toMatchObject({ list: 'otherwise' });
  expect(placed[0]?.parent).toBeUndefined();
});

test('finds a step wherever it is', () => {
  expect(findStep(definition, 'item')).toEqual(set('item'));
  expect(findStep(definition, 'nowhere')).toBeUndefined();
});

test('a step without lists has none', () => {
  expect(childLists({ id: 'a', kind: 'action', action: 'x', onError: 'continue' })).toEqual([]);
  expect(childLists(set('a'))).toEqual([]);
});

test('depth is no danger', () => {
  let steps: readonly Step[] = [set('inner')];
  for (let depth = 0; depth < 20_000; depth++) steps = [{ id: `r${depth}`, kind: 'repeat', max: 1, steps }];
  let count = 0;
  let deepest = '';
  for (const { step } of walkSteps(steps.slice(0, 1))) {
    count += 1;
    deepest = step.id;
    if (count > 100) break;
  }
  expect([count, deepest]).toEqual([101, 'r19899']);
});
