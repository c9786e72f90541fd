import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../../src/errors.js';
import type { ArchivedRun, RunArchive } from '../../../src/ports/run-archive.js';
import type { EndedRuns } from '../../../src/runtimes/temporal/client/ended-runs.js';
import type { VisibleQuery } from '../../../src/runtimes/temporal/client/read-visible.js';
import type { Described } from '../../../src/runtimes/temporal/client/run-rows.js';
import { createSweep } from '../../../src/runtimes/temporal/client/sweep-runs.js';
import { memoryRunArchive } from '../../../src/stores/memory-run-archive.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import { sampleEnded } from '../../../src/testing/samples.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { described, visibleRuns } from './support/visible-runs.js';

const minuteMs = 60_000;
const longAgo = Date.UTC(2029, 0, 1);

/** A sweep over made-up runs. */
const createWorld = (changes: { archive?: Partial<RunArchive>; learn?: EndedRuns['learn'] } = {}) => {
  const clock = manualClock();
  const logger = recordingLogger();
  const runs: Described[] = [];
  const queries: VisibleQuery[] = [];
  const archive = { ...memoryRunArchive(), ...changes.archive };
  /** Runs whose events no worker gives now. */
  const silent = new Set<string>();
  const list = visibleRuns(() => runs);
  const learn = async ({ workflowId, closeTime }: Described): Promise<ArchivedRun> => {
    const { events: _, ...bare } = sampleEnded(workflowId, 'wf', closeTime?.getTime());
    await archive.put(bare);
    return bare;
  };
  const sweep = createSweep({
    async visible(query) {
      queries.push(query);
      return list(query);
    },
    archive,
    endedRuns: {
      learn: changes.learn ?? learn,
      async eventsOf({ run: { runId }, closedAt }) {
        if (silent.has(runId)) throw new WorkflowError('worker_unavailable', 'Nobody answers.');
        const ended = sampleEnded(runId, 'wf', closedAt);
        await archive.put(ended);
        return ended.events;
      },
    },
    clock,
    logger,
  });
  return {
    clock,
    logger,
    runs,
    queries,
    silent,
    archive,
    sweep,
    end: (runId: string, closedAt: number) => runs.push(described(runId, { closedAt })),
    kept: async () => (await archive.kept(runs.map(({ workflowId }) => workflowId))).length,
  };
};

describe('the sweep', () => {
  test('keeps what it finds at the start, page by page, and every minute what has ended since', async () => {
    const world = createWorld();
    for (let n = 0; n < 250; n += 1) world.end(`run_${n}`, longAgo + n * 1000);
    world.runs.push(described('run_open', {}));
    world.sweep.start();
    expect(world.queries).toEqual([]);
    await world.clock.advance(0);
    await expect.poll(world.kept).toBe(250);
    expect(world.queries).toHaveLength(3);
    expect(world.queries[0]?.since).toBeUndefined();

    world.end('run_new', longAgo + 300_000);
    await world.clock.advance(minuteMs);
    await expect.poll(world.kept).toBe(251);
    // From ten minutes before the newest that it had seen: Temporal's list may be late.
    expect(world.queries[3]?.since).toBe(longAgo + 249_000 - 10 * minuteMs);
    await world.sweep.close();
  });

  test('leaves alone what is kept already', async () => {
    const learned: string[] = [];
    const world = createWorld({
      learn: async ({ workflowId }) => {
        learned.push(workflowId);
        return undefined;
      },
    });
    world.end('run_kept', longAgo);
    world.end('run_bare', longAgo + 1);
    const { events: _, ...bare } = sampleEnded('run_bare');
    await world.archive.put(sampleEnded('run_kept'));
    await world.archive.put(bare);
    world.sweep.start();
    await world.clock.advance(0);
    expect(learned).toEqual(['run_bare']);
    await world.sweep.close();
  });

  test('asks again for events that no worker gave, each hour, also when the run ended long ago', async () => {
    const world = createWorld();
    world.silent.add('run_old');
    world.end('run_old', longAgo);
    world.end('run_new', longAgo + 24 * 60 * minuteMs);
    world.sweep.start();
    await world.clock.advance(0);
    expect(await world.kept()).toBe(2);
    expect((await world.archive.get('run_old'))?.events).toBeUndefined();
    expect(world.logger.lines).toEqual(['warn: An ended run could not be archived whole now.']);

    world.silent.clear();
    await world.clock.advance(59 * minuteMs);
    expect((await world.archive.get('run_old'))?.events).toBeUndefined();
    await world.clock.advance(2 * minuteMs);
    expect((await world.archive.get('run_old'))?.events).toBeDefined();
    await world.sweep.close();
  });

  test('logs a store or a server that is away, and looks at all of it again', async () => {
    let away = true;
    const archive = memoryRunArchive();
    const world = createWorld({
      archive: {
        ...archive,
        kept: async (ids) => {
          if (away) throw new WorkflowError('store_unavailable', 'It is away.');
          return archive.kept(ids);
        },
      },
    });
    world.end('run_1', longAgo);
    world.sweep.start();
    await world.clock.advance(minuteMs);
    expect(world.logger.lines).toEqual([
      'warn: Ended runs cannot be looked for now: the next sweep tries again.',
      'warn: Ended runs cannot be looked for now: the next sweep tries again.',
    ]);
    away = false;
    await world.clock.advance(minuteMs);
    expect(await world.archive.get('run_1')).toBeDefined();
    expect(world.queries.map(({ since }) => since)).toEqual([undefined, undefined, undefined]);
    await world.sweep.close();
  });

  test('goes on past a run that cannot be read, and stops where Temporal is away', async () => {
    const failures = new Map([['run_2', new Error('It cannot be decoded.')]]);
    const learned: string[] = [];
    const world = createWorld({
      learn: async ({ workflowId }) => {
        learned.push(workflowId);
        const failure = failures.get(workflowId);
        if (failure) throw failure;
        return undefined;
      },
    });
    for (let n = 1; n <= 20; n += 1) world.end(`run_${n}`, longAgo - n);
    world.sweep.start();
    await world.clock.advance(0);
    expect(learned).toHaveLength(20);
    failures.set('run_3', new WorkflowError('store_unavailable', 'Temporal is away.'));
    await world.clock.advance(minuteMs);
    // Those that were read at the same time, no more.
    expect(learned).toHaveLength(25);
    await world.sweep.close();
  });

  test('is one at a time, and none after close', async () => {
    let release = (): void => undefined;
    const world = createWorld({
      learn: () =>
        new Promise((resolve) => {
          release = () => resolve(undefined);
        }),
    });
    world.end('run_1', longAgo);
    world.sweep.start();
    await world.clock.advance(10 * minuteMs);
    expect(world.queries).toHaveLength(1);
    const closed = world.sweep.close();
    release();
    await closed;
    expect(world.clock.pending).toBe(0);
  });
});
