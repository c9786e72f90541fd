import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/workflow/definition.js';
import { createWorld, held } from './support/world.js';

const reply = (id: string, signal = 'reply'): Step => ({ id, kind: 'wait', signal });
const nap: Step = { id: 'nap', kind: 'wait', duration: 'PT1H' };
const hour = 3_600_000;
const refusal = (code: string) => expect.objectContaining({ code });

describe('signals', () => {
  test('wake the wait for them', async () => {
    const world = createWorld();
    await world.run([reply('a')], { output: '${{ steps.a.output }}' });
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'waiting',
      waitingFor: [{ kind: 'signal', path: 'a', signal: 'reply' }],
    });
    await world.orchestrator.signal('run_1', 'reply', { text: 'yes' }, 'ann');
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'succeeded',
      output: { received: true, payload: { text: 'yes' } },
    });
  });

  test('that come early are kept, and each is taken once, the oldest first', async () => {
    const world = createWorld();
    await world.run([nap, reply('a'), reply('b'), reply('c')], {
      output: [
        '${{ steps.a.output.payload }}',
        '${{ steps.b.output.payload }}',
        '${{ steps.c.output.payload }}',
      ],
    });
    await world.orchestrator.signal('run_1', 'reply', 1, null);
    await world.orchestrator.signal('run_1', 'reply', 2, null);
    const next = await world.restart();
    await next.clock.advance(hour);
    expect((await next.orchestrator.get('run_1'))?.waitingFor).toMatchObject([{ path: 'c' }]);
    await next.orchestrator.signal('run_1', 'reply', 3, null);
    await next.clock.advance(0);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded', output: [1, 2, 3] });
  });

  test('that were kept are taken at the same place after a restart', async () => {
    const look: Step = { id: 'look', kind: 'action', action: 'look' };
    const world = createWorld();
    const replies = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await world.run([nap, ...replies.map((id) => reply(id)), look, { ...nap, id: 'later' }]);
    for (const n of replies) await world.orchestrator.signal('run_1', 'reply', n, null);
    await world.clock.advance(hour);
    const before = await world.orchestrator.events('run_1');
    const next = await world.restart();
    expect(next.called).toEqual([]);
    expect(await next.orchestrator.events('run_1')).toEqual(before);
  });

  test('can be addressed by the path of the wait', async () => {
    const world = createWorld();
    const each: Step = {
      id: 'each',
      kind: 'forEach',
      items: [1, 2],
      concurrency: 2,
      steps: [reply('a')],
      output: '${{ steps.a.output.payload }}',
    };
    await world.run([nap, each], { output: '${{ steps.each.output.results }}' });
    await world.orchestrator.signal('run_1', 'each[1]/a', 'second', null);
    await world.clock.advance(hour);
    await world.orchestrator.signal('run_1', 'reply', 'first', null);
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ output: ['first', 'second'] });
  });

  test('that nothing waits for are refused', async () => {
    const world = createWorld();
    await world.run([reply('a')]);
    const send = (runId: string, name: string) => world.orchestrator.signal(runId, name, null, null);
    await expect(send('run_1', 'other')).rejects.toEqual(refusal('conflict'));
    await expect(send('run_2', 'reply')).rejects.toEqual(refusal('not_found'));
    await send('run_1', 'reply');
    await world.clock.advance(0);
    await expect(send('run_1', 'reply')).rejects.toEqual(refusal('conflict'));
  });
});

describe('early signals', () => {
  const steps: Step[] = [nap, { id: 'again', kind: 'repeat', max: 1000, steps: [reply('a')] }, reply('last')];

  test('are kept up to a bound, also those under way; then there is a sentence', async () => {
    const world = createWorld();
    await world.run(steps);
    const send = (payload: number) => world.orchestrator.signal('run_1', 'reply', payload, null);
    const sent = await Promise.allSettled(Array.from({ length: 1005 }, (_, n) => send(n)));
    expect(sent.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    await expect(send(1)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('keeps 1000 early signals already'),
    });
    await world.clock.advance(hour);
    expect((await world.orchestrator.get('run_1'))?.waitingFor).toMatchObject([{ path: 'last' }]);
    await send(1);
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('of one name do not keep those out that are waited for', async () => {
    const world = createWorld();
    await world.run([reply('first', 'go'), ...steps]);
    for (let n = 0; n < 1000; n += 1) await world.orchestrator.signal('run_1', 'reply', n, null);
    await world.orchestrator.signal('run_1', 'go', null, null);
    await world.clock.advance(0);
    expect((await world.orchestrator.get('run_1'))?.waitingFor).toMatchObject([{ path: 'nap' }]);
  });
});

describe('approvals', () => {
  const ok: Step = { id: 'ok', kind: 'approval', title: 'Go on?', timeout: 'P1D' };
  const approve = { decision: 'approved', comment: 'Go.' };

  test('are shown with the time at which they end, and decided once', async () => {
    const world = createWorld();
    await world.run([ok], { output: '${{ steps.ok.output }}' });
    expect((await world.orchestrator.get('run_1'))?.waitingFor).toEqual([
      { kind: 'approval', path: 'ok', title: 'Go on?', until: '2030-01-02T00:00:00.000Z' },
    ]);
    const first = world.orchestrator.signal('run_1', 'ok', approve, 'ann');
    await expect(world.orchestrator.signal('run_1', 'ok', approve, 'bob')).rejects.toEqual(
      refusal('conflict'),
    );
    await first;
    await world.clock.advance(0);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'succeeded',
      output: { decision: 'approved', by: 'ann', comment: 'Go.' },
    });
  });

  test('are taken only while they are asked', async () => {
    const world = createWorld();
    await world.run([nap, { ...ok, onTimeout: 'approved' }, { ...nap, id: 'later' }]);
    const decide = () => world.orchestrator.signal('run_1', 'ok', approve, null);
    await expect(decide()).rejects.toEqual(refusal('conflict'));
    await world.clock.advance(hour + 24 * hour);
    await expect(decide()).rejects.toEqual(refusal('conflict'));
  });

  test.each([
    [{ decision: 'maybe' }],
    ['approved'],
    [{ decision: 'approved', comment: 5 }],
    [{ ...approve, more: 1 }],
  ])('refuse the body %j', async (body) => {
    const world = createWorld();
    await world.run([ok]);
    await expect(world.orchestrator.signal('run_1', 'ok', body, null)).rejects.toEqual(
      refusal('invalid_request'),
    );
    await world.orchestrator.signal('run_1', 'ok', approve, null);
  });
});

describe('cancel', () => {
  test('aborts the handler, undoes what was done, and ends the run', async () => {
    let aborted = false;
    const world = createWorld({
      scripts: {
        look: (_input, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted = true;
              reject(signal.reason);
            });
          }),
      },
    });
    await world.run([
      { id: 'a', kind: 'action', action: 'put', input: { n: 1 } },
      { id: 'b', kind: 'action', action: 'look' },
    ]);
    expect(await world.orchestrator.cancel('run_1', 'Enough.')).toMatchObject({ runId: 'run_1' });
    await world.clock.advance(0);
    expect(aborted).toBe(true);
    expect(world.called.at(-1)).toMatchObject({
      action: 'take_back',
      input: { was: { n: 1 } },
      key: 'run_1/a#undo',
    });
    expect((await world.events()).at(-1)).toEqual({ type: 'run.cancelled', path: '', reason: 'Enough.' });
    await expect(world.orchestrator.cancel('run_1', null)).rejects.toEqual(refusal('conflict'));
    await expect(world.orchestrator.cancel('run_2', null)).rejects.toEqual(refusal('not_found'));
  });

  test('drops an answer that comes all the same', async () => {
    const { script, answer } = held();
    const world = createWorld({ scripts: { look: script } });
    await world.run([{ id: 'a', kind: 'action', action: 'look' }]);
    await world.orchestrator.cancel('run_1', null);
    answer('late');
    await world.clock.advance(0);
    expect((await world.runs.journal('run_1')).map(({ kind }) => kind)).toEqual(['cancel']);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'cancelled' });
  });
});

describe('signals under a key', () => {
  const approve = { decision: 'approved' };
  const ask: Step = { id: 'ok', kind: 'approval', title: 'Go on?' };

  test('count once, however often and whenever they are sent', async () => {
    const world = createWorld();
    await world.run([reply('a'), reply('b')]);
    const send = ({ orchestrator } = world) => orchestrator.signal('run_1', 'reply', 1, 'ann', 'key');
    await Promise.all([send(), send()]);
    await world.clock.advance(0);
    await send();
    const next = await world.restart();
    await send(next);
    expect((await next.orchestrator.get('run_1'))?.waitingFor).toMatchObject([{ path: 'b' }]);
    await next.orchestrator.signal('run_1', 'reply', 1, 'ann', 'another');
    await next.clock.advance(0);
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    await send(next);
    expect(await next.runs.journal('run_1')).toHaveLength(2);
  });

  test('are refused when the key was another signal’s', async () => {
    const world = createWorld();
    await world.run([reply('a'), reply('b', 'other'), ask]);
    await world.orchestrator.signal('run_1', 'reply', { n: 1 }, null, 'key');
    for (const [name, payload] of [
      ['reply', { n: 2 }],
      ['other', { n: 1 }],
      ['ok', approve],
    ] as const) {
      await expect(world.orchestrator.signal('run_1', name, payload, null, 'key')).rejects.toEqual(
        refusal('conflict'),
      );
    }
    await world.clock.advance(0);
    expect((await world.orchestrator.get('run_1'))?.waitingFor).toMatchObject([{ path: 'b' }]);
  });

  test('that decide an approval resolve again, and others are too late', async () => {
    const world = createWorld();
    await world.run([ask, nap]);
    const decide = (key?: string) => world.orchestrator.signal('run_1', 'ok', approve, 'ann', key);
    await Promise.all([decide('key'), decide('key')]);
    await world.clock.advance(0);
    await decide('key');
    await expect(decide('another')).rejects.toEqual(refusal('conflict'));
    await expect(decide()).rejects.toEqual(refusal('conflict'));
  });

  test('that were refused may be sent again', async () => {
    const world = createWorld();
    await world.run([ask, reply('a')]);
    const decide = (decision: string) => world.orchestrator.signal('run_1', 'ok', { decision }, null, 'key');
    await expect(decide('maybe')).rejects.toEqual(refusal('invalid_request'));
    await decide('approved');
    await world.clock.advance(0);
    expect((await world.orchestrator.get('run_1'))?.waitingFor).toMatchObject([{ path: 'a' }]);
  });
});
