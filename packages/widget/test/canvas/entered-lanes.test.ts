import type { Step } from '@fk-workflow/core/protocol';
import { describe, expect, test } from 'vitest';
import { enteredLanes } from '../../src/canvas/entered-lanes.js';
import type { StepView } from '../../src/run/run-view.js';

const set = (id: string): Step => ({ id, kind: 'set', values: {} });
const branch: Step = {
  ...{ id: 'decide', kind: 'branch', cases: [{ when: 'x', steps: [set('yes')] }], otherwise: [set('no')] },
};
const states = (...views: readonly (readonly [id: string, path: string, more?: Partial<StepView>])[]) =>
  new Map(
    views.map(([id, path, more]): [string, StepView] => [
      id,
      { state: 'running', path, attempt: 1, ...more },
    ]),
  );

describe('the lanes a run has entered', () => {
  test('are none before the step, or before anything in it', () => {
    expect(enteredLanes(branch, states())).toEqual([]);
    expect(enteredLanes(branch, states(['decide', 'decide']))).toEqual([]);
  });

  test('show while the lane is under way', () => {
    expect(enteredLanes(branch, states(['decide', 'decide'], ['no', 'no']))).toEqual(['otherwise']);
  });

  test('are those of the present round', () => {
    const second = states(['yes', 'each[0]/yes'], ['decide', 'each[1]/decide'], ['no', 'each[1]/no']);
    expect(enteredLanes(branch, second)).toEqual(['otherwise']);
  });

  test('may be empty: the branch says so at its end', () => {
    expect(enteredLanes(branch, states(['decide', 'decide', { lane: 'cases/0' }]))).toEqual(['cases/0']);
  });

  test('tell success from recovery', () => {
    const step: Step = { id: 'mail', kind: 'action', action: 'mail', onError: { steps: [set('fix')] } };
    expect(enteredLanes(step, states(['mail', 'mail', { state: 'succeeded' }]))).toEqual(['done']);
    expect(enteredLanes(step, states(['mail', 'mail'], ['fix', 'fix']))).toEqual(['onError']);
  });
});
