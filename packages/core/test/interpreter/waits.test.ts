import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/workflow/definition.js';
import { scriptedRun } from './support/scripted-runtime.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('wait', () => {
  test('for a duration', async () => {
    const run = scriptedRun([{ id: 'nap', kind: 'wait', duration: 'PT48H' }]);
    expect(run.timers()).toEqual(['wait nap 172800000']);
    expect(run.waitingFor()).toEqual([{ kind: 'timer', path: 'nap' }]);
    await run.fire('nap');
    expect(run.waitingFor()).toEqual([]);
    expect(run.events.slice(1)).toEqual([
      { type: 'step.started', path: 'nap', stepId: 'nap', attempt: 1 },
      { type: 'wait.started', path: 'nap', stepId: 'nap', duration: 'PT48H' },
      { type: 'run.waiting', path: '' },
      { type: 'wait.ended', path: 'nap', stepId: 'nap' },
      { type: 'step.succeeded', path: 'nap', stepId: 'nap', output: null },
      { type: 'run.succeeded', path: '', output: null },
    ]);
  });

  test('until a point in time', async () => {
    const run = scriptedRun([{ id: 'nap', kind: 'wait', until: '${{ inputs.when }}' }], {
      input: { when: '2030-02-01T00:00:00+01:00' },
    });
    expect(run.timers()).toEqual([`wait nap ${Date.UTC(2030, 0, 31, 23)}`]);
  });

  test('until what is no time fails', async () => {
    const run = scriptedRun([{ id: 'nap', kind: 'wait', until: '${{ inputs.when }}' }], {
      input: { when: 'soon' },
    });
    await tick();
    expect(run.outcome()).toMatchObject({
      status: 'failed',
      error: { code: 'expression_failed', path: 'nap' },
    });
  });

  const reply: Step = { id: 'reply', kind: 'wait', signal: 'answer', timeout: 'PT1H' };
  const output = '${{ steps.reply.output }}';

  test('for a signal', async () => {
    const run = scriptedRun([reply], { output });
    expect(run.waitingFor()).toEqual([{ kind: 'signal', path: 'reply', signal: 'answer' }]);
    await run.signal('reply', { text: 'yes' });
    expect(run.timers()).toEqual([]);
    expect(run.outcome()).toEqual({
      status: 'succeeded',
      output: { received: true, payload: { text: 'yes' } },
    });
  });

  test('for a signal that does not come in time', async () => {
    const run = scriptedRun([reply], { output });
    await run.fire('reply');
    expect(run.outcome()).toEqual({ status: 'succeeded', output: { received: false, payload: null } });
    expect(run.events).toContainEqual({
      type: 'wait.ended',
      path: 'reply',
      stepId: 'reply',
      received: false,
    });
  });
});

describe('approval', () => {
  const ask = (more: object = {}): Step => ({
    id: 'ok',
    kind: 'approval',
    title: 'Escalate ${{ inputs.name }}?',
    timeout: 'P1D',
    ...more,
  });
  const rest = { input: { name: 'Dock 4' }, output: '${{ steps.ok.output }}' };

  test('approved', async () => {
    const run = scriptedRun([ask({ approvers: ['ops'] })], rest);
    expect(run.waitingFor()).toEqual([{ kind: 'approval', path: 'ok', title: 'Escalate Dock 4?' }]);
    await run.signal('ok', { decision: 'approved', comment: 'Go.' }, 'ann');
    const decided = { decision: 'approved', by: 'ann', comment: 'Go.' };
    expect(run.events.slice(2, 5)).toEqual([
      {
        type: 'approval.requested',
        path: 'ok',
        stepId: 'ok',
        title: 'Escalate Dock 4?',
        approvers: ['ops'],
        timeout: 'P1D',
      },
      { type: 'run.waiting', path: '' },
      { type: 'approval.decided', path: 'ok', stepId: 'ok', ...decided },
    ]);
    expect(run.outcome()).toEqual({ status: 'succeeded', output: decided });
  });

  test('rejected fails the run', async () => {
    const run = scriptedRun([ask()], rest);
    await run.signal('ok', { decision: 'rejected' });
    expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'rejected', path: 'ok' } });
  });

  test('rejected goes on where it may', async () => {
    const run = scriptedRun([ask({ onReject: 'continue' })], rest);
    await run.signal('ok', { decision: 'rejected' });
    expect(run.outcome()).toMatchObject({ status: 'succeeded', output: { decision: 'rejected' } });
  });

  test.each([
    ['approved', 'succeeded'],
    ['rejected', 'failed'],
    [undefined, 'failed'],
  ])('without an answer is %s', async (onTimeout, status) => {
    const run = scriptedRun([ask(onTimeout ? { onTimeout } : {})], rest);
    await run.fire('ok');
    expect(run.outcome()).toMatchObject({ status });
  });
});
