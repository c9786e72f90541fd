import { describe, expect, test } from 'vitest';
import { scriptedRun } from './support/scripted-runtime.js';

describe('a secret in an action’s input', () => {
  test('stays a template; the call says where it stands', () => {
    const input = {
      key: '${{ secrets.API_KEY }}',
      headers: [{ authorization: 'Bearer ${{ secrets.TOKEN }} of ${{ inputs.who }}, $${{ plain }}' }],
      who: '${{ inputs.who }}',
    };
    const run = scriptedRun([{ id: 'call', kind: 'action', action: 'look', input }], {
      input: { who: 'Ann' },
    });
    const call = run.call('call');
    expect(call.input).toEqual({
      key: '${{ secrets.API_KEY }}',
      headers: [{ authorization: 'Bearer ${{ secrets.TOKEN }} of Ann, ${{ plain }}' }],
      who: 'Ann',
    });
    expect(call.secrets).toEqual([
      { at: ['key'], parts: [{ secret: 'API_KEY' }] },
      {
        at: ['headers', '0', 'authorization'],
        parts: ['Bearer ', { secret: 'TOKEN' }, ' of Ann, ${{ plain }}'],
      },
    ]);
    expect(run.events.find(({ type }) => type === 'step.started')).toMatchObject({ input: call.input });
  });

  test('is never asked for by data that looks like a template', () => {
    const input = { text: '${{ inputs.mail }}', key: '${{ secrets.KEY }}: ${{ inputs.mail }}' };
    const run = scriptedRun([{ id: 'call', kind: 'action', action: 'look', input }], {
      input: { mail: '${{ secrets.STOLEN }}' },
    });
    expect(run.call('call').secrets).toEqual([
      { at: ['key'], parts: [{ secret: 'KEY' }, ': ${{ secrets.STOLEN }}'] },
    ]);
  });

  test('stands in a compensation too', async () => {
    const run = scriptedRun([
      {
        id: 'call',
        kind: 'action',
        action: 'put',
        compensate: { action: 'take_back', input: { key: '${{ secrets.KEY }}', of: '${{ output }}' } },
      },
      { id: 'end', kind: 'stop', outcome: 'failed' },
    ]);
    await run.succeed('call', 7);
    expect(run.call('call')).toMatchObject({
      undo: true,
      input: { key: '${{ secrets.KEY }}', of: 7 },
      secrets: [{ at: ['key'], parts: [{ secret: 'KEY' }] }],
    });
  });
});

test('nothing else sees secrets', async () => {
  const run = scriptedRun([{ id: 'keep', kind: 'set', values: { key: '${{ secrets.KEY }}' } }]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(run.outcome()).toMatchObject({ status: 'failed', error: { code: 'expression_failed' } });
});
