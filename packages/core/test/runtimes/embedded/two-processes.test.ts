/** Two processes on one database, under one clock: who does what, and what the other one sees of it. */
import { describe, expect, test } from 'vitest';
import { memoryRunStore, runMemory } from '../../../src/stores/memory-run-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import type { Step } from '../../../src/workflow/definition.js';
import type { RunEvent } from '../../../src/workflow/run.js';
import { createWorld, held, type Script } from './support/world.js';

const ask: Step = { id: 'ok', kind: 'approval', title: 'Go on?' };
const look: Step = { id: 'look', kind: 'action', action: 'look' };
const reply: Step = { id: 'reply', kind: 'wait', signal: 'reply' };
const approve = { decision: 'approved' };
const poll = 250;
const refusal = (code: string) => expect.objectContaining({ code });

interface Scripts {
  readonly [action: string]: Script;
}

/** Two processes; runs are started in `one`. */
const twoProcesses = async (scripts: { readonly one?: Scripts; readonly other?: Scripts } = {}) => {
  const memory = runMemory();
  const clock = manualClock();
  const open = (its: Scripts = {}) => createWorld({ runs: memoryRunStore({ memory }), clock, scripts: its });
  const [one, other] = [open(scripts.one), open(scripts.other)];
  // Whoever begins first looks first.
  await other.orchestrator.recover();
  await one.orchestrator.recover();
  return {
    one,
    other,
    clock,
    /** Its process stands still for so long that the others take it for dead. */
    expire: (world: typeof one) => memory.owners.delete(world.runs.owner),
    open: async () => {
      const third = open();
      await third.orchestrator.recover();
      return third;
    },
  };
};

const collect = (
  events: AsyncIterable<RunEvent>,
): { readonly seen: RunEvent[]; readonly ended: Promise<void> } => {
  const seen: RunEvent[] = [];
  const ended = (async () => {
    for await (const event of events) seen.push(event);
  })();
  return { seen, ended };
};

const live = () => new AbortController().signal;

describe('a run of the other process', () => {
  test('is shown, listed and followed', async () => {
    const { one, other, clock } = await twoProcesses();
    await one.run([look, ask]);
    expect(await other.orchestrator.get('run_1')).toEqual(await one.orchestrator.get('run_1'));
    expect(await other.orchestrator.get('run_1')).toMatchObject({
      status: 'waiting',
      waitingFor: [{ kind: 'approval', path: 'ok' }],
    });
    expect((await other.orchestrator.list({ limit: 10 })).items).toEqual(
      (await one.orchestrator.list({ limit: 10 })).items,
    );
    expect(await other.events()).toEqual(await one.events());

    const { seen, ended } = collect(other.orchestrator.observe('run_1', 2, live()));
    await clock.advance(0);
    expect(seen.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
    await one.orchestrator.signal('run_1', 'ok', approve, null);
    await clock.advance(2 * poll);
    await ended;
    expect(seen).toEqual((await one.orchestrator.events('run_1')).slice(2));
    expect(seen.at(-1)).toMatchObject({ type: 'run.succeeded' });
    expect(other.called).toEqual([]);
  });

  test.each([
    ['a reply', reply, 'reply', 1],
    ['a decision', ask, 'ok', approve],
  ] as const)(
    'takes %s under one key once, from both processes at the same moment',
    async (_, step, name, payload) => {
      const { one, other, clock } = await twoProcesses();
      await one.run([step, { ...reply, id: 'last' }]);
      const send = ({ orchestrator }: typeof one) =>
        orchestrator.signal('run_1', name, payload, 'ann', 'key');
      // What `send(other)` posts, before `one` has seen it.
      await other.runs.post('run_1', {
        kind: 'signal',
        name,
        payload,
        by: 'ann',
        key: 'key',
        at: clock.now(),
      });
      await send(one);
      expect(await other.runs.journal('run_1')).toHaveLength(2);
      await clock.advance(2 * poll);
      await Promise.all([send(one), send(other)]);
      await clock.advance(2 * poll);
      for (const { orchestrator } of [one, other])
        expect((await orchestrator.get('run_1'))?.waitingFor).toMatchObject([{ path: 'last' }]);
    },
  );

  test('is signalled by way of the database, and acts on it within a poll', async () => {
    const { one, other, clock } = await twoProcesses();
    await one.run([reply, look], { output: '${{ steps.reply.output.payload }}' });
    await other.orchestrator.signal('run_1', 'reply', 'yes', 'ann');
    expect(await one.runs.journal('run_1')).toMatchObject([{ kind: 'signal', name: 'reply', by: 'ann' }]);
    await clock.advance(poll);
    expect(await one.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded', output: 'yes' });
    expect([one.called.length, other.called.length]).toEqual([1, 0]);
  });

  test('refuses what it would refuse in its own process', async () => {
    const { one, other, clock } = await twoProcesses();
    await one.run([ask, { id: 'nap', kind: 'wait', duration: 'PT9S' }]);
    const send = (name: string, payload: unknown, runId = 'run_1') =>
      other.orchestrator.signal(runId, name, JSON.parse(JSON.stringify(payload)), null);
    await expect(send('ok', { decision: 'maybe' })).rejects.toEqual(refusal('invalid_request'));
    await expect(send('nap', approve)).rejects.toEqual(refusal('conflict'));
    await expect(send('ok', approve, 'run_2')).rejects.toEqual(refusal('not_found'));
    await expect(other.orchestrator.cancel('run_2', null)).rejects.toEqual(refusal('not_found'));
    await send('ok', approve);
    // Not taken in by its owner yet, but in its journal.
    await expect(send('ok', approve)).rejects.toEqual(refusal('conflict'));
    await clock.advance(10_000);
    await expect(send('ok', approve)).rejects.toEqual(refusal('conflict'));
    await expect(other.orchestrator.cancel('run_1', null)).rejects.toEqual(refusal('conflict'));
  });

  test('is decided once when both processes decide at the same time', async () => {
    const { one, other, clock } = await twoProcesses();
    await one.run([ask], { output: '${{ steps.ok.output.by }}' });
    const decisions = await Promise.allSettled([
      other.orchestrator.signal('run_1', 'ok', approve, 'other'),
      other.orchestrator.signal('run_1', 'ok', approve, 'another'),
      // The owner has not looked yet.
      Promise.resolve().then(() => one.orchestrator.signal('run_1', 'ok', approve, 'one')),
    ]);
    const [winner] = ['other', 'another', 'one'].filter((_, n) => decisions[n]?.status === 'fulfilled');
    expect(decisions.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await clock.advance(poll);
    expect(await one.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded', output: winner });
  });

  test('is cancelled: its handlers are aborted where they run, and what it did is undone once', async () => {
    const { one, other, clock } = await twoProcesses({ one: { look: held().script } });
    await one.run([{ id: 'put', kind: 'action', action: 'put' }, look]);
    expect(await other.orchestrator.cancel('run_1', 'Enough.')).toMatchObject({ runId: 'run_1' });
    await other.orchestrator.cancel('run_1', 'Again.');
    await clock.advance(poll);
    expect(await other.orchestrator.get('run_1')).toMatchObject({ status: 'cancelled' });
    expect(one.called.map(({ action }) => action)).toEqual(['put', 'look', 'take_back']);
    expect((await one.runs.journal('run_1')).filter(({ kind }) => kind === 'cancel')).toHaveLength(1);
  });
});

describe('a process that has died', () => {
  test('is followed by another one, which calls nothing again that was answered', async () => {
    const { one, other, clock, expire } = await twoProcesses({ one: { mail: held().script } });
    await one.run([
      look,
      { id: 'send', kind: 'action', action: 'mail', onError: 'continue' },
      { ...look, id: 'after' },
    ]);
    expect(one.called.map(({ action }) => action)).toEqual(['look', 'mail']);
    expire(one);
    await clock.advance(poll);
    expect(await other.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    expect(other.called.map(({ key }) => key)).toEqual(['run_1/after']);
    const failed = (await other.events()).find((event) => 'type' in event && event.type === 'step.failed');
    expect(failed).toMatchObject({ path: 'send', error: { code: 'outcome_unknown' } });
  });

  test('writes nothing when it comes back, and gives its handlers up', async () => {
    const { script, answer } = held();
    let signal: AbortSignal | undefined;
    const { one, other, clock, expire } = await twoProcesses({
      one: {
        look: (input, context) => {
          signal = context.signal;
          return script(input, context);
        },
      },
      other: { look: () => 'from the other' },
    });
    await one.run([look, { ...look, id: 'after' }], { output: '${{ steps.look.output }}' });
    const followed = collect(one.orchestrator.observe('run_1', 0, live()));
    expire(one);
    // The other one looks first.
    await other.runs.poll({ claim: false });
    const { claimed } = await other.runs.poll({ claim: true });
    expect(claimed).toMatchObject([{ runId: 'run_1', fence: 2 }]);
    answer('late');
    await clock.advance(0);
    expect(await other.runs.journal('run_1')).toEqual([]);
    expect(signal?.aborted).toBe(true);
    expect(one.called).toHaveLength(1);
    expect(one.logged).toContain('info: Another process goes on with a run.');
    // Who follows it there goes on seeing it.
    const [lease] = claimed;
    await other.runs.append({ runId: 'run_1', fence: lease?.fence ?? 0 }, [
      { kind: 'result', path: 'look', attempt: 1, at: clock.now(), output: 'from the other' },
    ]);
    await clock.advance(2 * poll);
    expect(followed.seen.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'run.started ',
      'step.started look',
      'step.succeeded look',
      'step.started after',
    ]);
  });

  test('that finds out first goes on with what it has, from the journal', async () => {
    const { one, other, clock, expire } = await twoProcesses();
    await one.run([look, reply]);
    await other.orchestrator.close();
    expire(one);
    await clock.advance(poll);
    await one.orchestrator.signal('run_1', 'reply', null, null);
    await clock.advance(0);
    expect(await one.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    expect(one.called).toHaveLength(1);
  });

  test('that was only slow starts anew with what is left to it', async () => {
    const { one, other, clock, expire } = await twoProcesses();
    await one.run([reply]);
    expire(one);
    await clock.advance(poll);
    await one.orchestrator.signal('run_1', 'reply', 'by way of the other', null);
    await clock.advance(2 * poll);
    expect(await one.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    const definition = { id: 'test', name: 'Test', steps: [look] };
    await one.orchestrator.start({ runId: 'run_2', definition, version: 1, input: {} });
    await clock.advance(poll);
    expect(await other.orchestrator.get('run_2')).toMatchObject({ status: 'succeeded' });
    expect(one.called.map(({ key }) => key)).toEqual(['run_2/look']);
  });

  test('leaves signals that it had not taken in to the next one', async () => {
    const { one, other, clock, open } = await twoProcesses();
    await one.run([reply, look]);
    await other.orchestrator.signal('run_1', 'reply', 'yes', null);
    await one.runs.close();
    await other.runs.close();
    const third = await open();
    await clock.advance(0);
    expect(await third.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
    expect(third.called).toHaveLength(1);
  });
});

test('a process that closes gives its runs up at once', async () => {
  const { one, other, clock } = await twoProcesses();
  await one.run([reply, look]);
  await one.orchestrator.close();
  await one.runs.close();
  await clock.advance(poll);
  await other.orchestrator.signal('run_1', 'reply', null, null);
  await clock.advance(0);
  expect(other.called.map(({ key }) => key)).toEqual(['run_1/look']);
  expect(one.called).toEqual([]);
});

test('a process that closes claims nothing any more, but shows that it lives until its handlers have ended', async () => {
  const { script, answer } = held();
  const { one, other, clock } = await twoProcesses({ one: { look: script } });
  await one.run([look]);
  const closed = one.orchestrator.close(10_000);
  await other.orchestrator.close();
  await other.runs.close();
  await clock.advance(4 * poll);
  answer('done');
  await clock.advance(0);
  await closed;
  expect(await one.runs.journal('run_1')).toMatchObject([{ kind: 'result', output: 'done' }]);
});
