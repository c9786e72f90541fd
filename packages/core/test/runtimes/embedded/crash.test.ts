import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalEntry, StoredRun } from '../../../src/ports/run-store.js';
import { memoryRunStore } from '../../../src/stores/memory-run-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import { randomSteps } from '../../interpreter/support/random-steps.js';
import { drive, type OrderedWorld, orderedWorld } from './support/ordered-world.js';
import { createWorld } from './support/world.js';

/** The next process after a crash that left so much of the journal. */
const crashedAfter = async (stored: StoredRun, entries: readonly JournalEntry[]): Promise<OrderedWorld> => {
  const runs = memoryRunStore();
  const lease = await runs.create({ ...stored, run: { ...stored.run, status: 'running' } });
  await runs.append(lease, entries);
  const at = entries.at(-1)?.at ?? Date.parse(stored.run.startedAt);
  const world = orderedWorld({ runs, clock: manualClock(at) });
  await world.orchestrator.recover();
  await world.clock.advance(0);
  return world;
};

const open = ({
  run: { output: _output, error: _error, endedAt: _endedAt, ...run },
  definition,
}: StoredRun): StoredRun => ({
  run,
  definition,
});

const callOf = ({ key, attempt }: { readonly key: string; readonly attempt: number }): string =>
  `${key} ${attempt}`;

const journaledCalls = (entries: readonly JournalEntry[], kinds: readonly string[]): Set<string> =>
  new Set(
    entries.flatMap((entry) =>
      kinds.includes(entry.kind) && 'attempt' in entry
        ? callOf({ key: `run_1/${entry.path}${entry.undo ? '#undo' : ''}`, attempt: entry.attempt })
        : [],
    ),
  );

describe('a crash after any journal write', () => {
  test('changes nothing but an irreversible call under way', { timeout: 120_000 }, async () => {
    let crashes = 0;
    await fc.assert(
      fc.asyncProperty(randomSteps, async (steps) => {
        const world = orderedWorld();
        await world.run(steps);
        await drive(world);
        const stored = await world.runs.get('run_1');
        if (!stored) throw new Error('The run is gone.');
        const journal = await world.runs.journal('run_1');
        const events = await world.orchestrator.events('run_1');

        for (let length = 0; length <= journal.length; length += 1) {
          crashes += 1;
          const prefix = journal.slice(0, length);
          const next = await crashedAfter(open(stored), prefix);
          await drive(next);

          // What the first process showed stays as it was.
          const answered = journaledCalls(prefix, ['result', 'error']);
          const begun = journaledCalls(prefix, ['intent']);
          for (const call of next.called) {
            expect(answered).not.toContain(callOf(call));
            if (call.action === 'mail') expect(begun).not.toContain(callOf(call));
          }
          expect(next.called.filter(({ action }) => action === 'mail').map(callOf)).toEqual([
            ...new Set(next.called.filter(({ action }) => action === 'mail').map(callOf)),
          ]);
          const inDoubt = [...begun].some((call) => !answered.has(call));
          if (!inDoubt) expect(await next.orchestrator.events('run_1')).toEqual(events);

          // The journal alone gives the same log, times included.
          const third = await next.restart();
          expect(await third.orchestrator.events('run_1')).toEqual(await next.orchestrator.events('run_1'));
        }
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      }),
      { numRuns: 40, seed: 20300101 },
    );
    expect(crashes).toBeGreaterThan(200);
  });
});

describe('an irreversible call under way at the crash', () => {
  const steps = [
    { id: 'send', kind: 'action', action: 'mail', retry: { maxAttempts: 5 } },
    { id: 'after', kind: 'action', action: 'look' },
  ] as const;

  test('is not made again: its outcome is unknown', async () => {
    const world = createWorld({ scripts: { mail: () => new Promise(() => {}) } });
    await world.run(steps);
    expect(world.called).toHaveLength(1);
    const next = await world.restart({});
    expect(next.called).toEqual([]);
    expect(await next.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'outcome_unknown', path: 'send' },
    });
  });

  test('is made again with the same key where the far side drops repeats', async () => {
    const world = createWorld({ scripts: { pay: () => new Promise(() => {}) } });
    await world.run([{ ...steps[0], action: 'pay' }]);
    const next = await world.restart({});
    expect(next.called.map(({ key }) => key)).toEqual(world.called.map(({ key }) => key));
    expect(await next.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });
});
