import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalEntry, RunLease, RunPatch, RunStore, StoredRun } from '../../../src/ports/run-store.js';
import { memoryRunStore } from '../../../src/stores/memory-run-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import type { Definition, Step } from '../../../src/workflow/definition.js';
import { randomSteps } from '../../interpreter/support/random-steps.js';
import { drive, type OrderedWorld, orderedWorld } from './support/ordered-world.js';

type Write =
  | { readonly stored: StoredRun }
  | { readonly runId: string; readonly entries: readonly JournalEntry[]; readonly patch?: RunPatch };

/** A store that tells its writes, those of all runs in one order. */
const recorded = (writes: Write[]): RunStore => {
  const runs = memoryRunStore();
  return {
    ...runs,
    async create(stored) {
      const lease = await runs.create(stored);
      writes.push(structuredClone({ stored }));
      return lease;
    },
    async append(lease, entries, patch) {
      const length = await runs.append(lease, entries, patch);
      writes.push(structuredClone({ runId: lease.runId, entries, ...(patch ? { patch } : {}) }));
      return length;
    },
  };
};

/** The next process after a crash that left these writes. */
const crashedAfter = async (
  writes: readonly Write[],
  workflows: readonly Definition[],
): Promise<OrderedWorld> => {
  const runs = memoryRunStore();
  const leases = new Map<string, RunLease>();
  let at = 0;
  for (const write of writes) {
    if ('stored' in write) {
      leases.set(write.stored.run.runId, await runs.create(write.stored));
      at = Math.max(at, Date.parse(write.stored.run.startedAt));
      continue;
    }
    const lease = leases.get(write.runId);
    if (!lease) throw new Error(`The run ${write.runId} was never created.`);
    await runs.append(lease, write.entries, write.patch);
    at = Math.max(at, ...write.entries.map((entry) => entry.at));
  }
  const world = orderedWorld({ runs, workflows, clock: manualClock(at) });
  await world.orchestrator.recover();
  await world.clock.advance(0);
  return world;
};

const logsOf = async ({ orchestrator }: OrderedWorld): Promise<Record<string, readonly object[]>> => {
  const { items } = await orchestrator.list({ limit: 100 });
  const logs = items.map(async ({ runId }) => [runId, await orchestrator.events(runId)] as const);
  return Object.fromEntries(await Promise.all(logs));
};

const callOf = ({ key, attempt }: { readonly key: string; readonly attempt: number }): string =>
  `${key} ${attempt}`;

const callsIn = (writes: readonly Write[], ...kinds: readonly string[]): Set<string> =>
  new Set(
    writes.flatMap((write) =>
      'stored' in write
        ? []
        : write.entries.flatMap((entry) =>
            kinds.includes(entry.kind) && 'attempt' in entry
              ? [
                  callOf({
                    key: `${write.runId}/${entry.path}${entry.undo ? '#undo' : ''}`,
                    attempt: entry.attempt,
                  }),
                ]
              : [],
          ),
    ),
  );

const withIds = (steps: readonly Step[], prefix: string): readonly Step[] =>
  JSON.parse(JSON.stringify(steps).replaceAll(/"id":"(s\d+)"/g, `"id":"${prefix}_$1"`));

const call = (id: string, workflow: string, onError: 'fail' | 'continue'): Step => ({
  id,
  kind: 'workflow',
  workflow,
  version: 1,
  onError,
});

/** Two workflows, the outer of which runs the inner, and steps that run both: in line, in a loop and in a list of their own. */
const families = fc
  .record({
    inner: randomSteps,
    outer: randomSteps,
    main: randomSteps,
    onError: fc.constantFrom('fail' as const, 'continue' as const),
    shape: fc.constantFrom('line', 'loop', 'retry', 'timeout'),
    cancelled: fc.boolean(),
  })
  .map(({ inner, outer, main, onError, shape, cancelled }) => {
    const workflows: readonly Definition[] = [
      { id: 'inner', name: 'Inner', steps: inner, output: 'in' },
      { id: 'outer', name: 'Outer', steps: [...outer, call('deeper', 'inner', onError)] },
    ];
    const step = call('sub', 'outer', onError);
    const shapes: Readonly<Record<string, Step>> = {
      line: step,
      loop: { id: 'each', kind: 'forEach', items: [1, 2], steps: [step] },
      retry: { ...step, retry: { maxAttempts: 2 } } as Step,
      timeout: { ...step, timeout: 'PT90M' } as Step,
    };
    return { workflows, steps: [shapes[shape] ?? step, ...withIds(main, 'main')], cancelled };
  });

test('a crash after any write of a family of runs changes nothing but an irreversible call under way', {
  timeout: 180_000,
}, async () => {
  let crashes = 0;
  await fc.assert(
    fc.asyncProperty(families, async ({ workflows, steps, cancelled }) => {
      const writes: Write[] = [];
      const world = orderedWorld({ runs: recorded(writes), workflows });
      await world.run(steps);
      if (cancelled) {
        world.answerOne();
        await world.clock.advance(0);
        const { endedAt } = (await world.orchestrator.get('run_1')) ?? {};
        if (endedAt === undefined) await world.orchestrator.cancel('run_1', 'Enough');
      }
      await drive(world);
      const logs = await logsOf(world);
      // The cancel comes from outside: a crash before it is another story.
      const first = writes.findIndex(
        (write) => 'entries' in write && write.entries.some(({ kind }) => kind === 'cancel'),
      );

      for (let length = Math.max(1, first + 1); length <= writes.length; length += 1) {
        crashes += 1;
        const prefix = writes.slice(0, length);
        const next = await crashedAfter(prefix, workflows);
        await drive(next);

        const answered = callsIn(prefix, 'result', 'error');
        const begun = callsIn(prefix, 'intent');
        for (const called of next.called) {
          expect(answered).not.toContain(callOf(called));
          if (called.action === 'mail') expect(begun).not.toContain(callOf(called));
        }
        const inDoubt = [...begun].some((one) => !answered.has(one));
        if (!inDoubt) expect(await logsOf(next)).toEqual(logs);

        const third = await next.restart();
        expect(await logsOf({ ...third, answerOne: () => false })).toEqual(await logsOf(next));
      }
    }),
    { numRuns: 25, seed: 20300101 },
  );
  expect(crashes).toBeGreaterThan(200);
});
