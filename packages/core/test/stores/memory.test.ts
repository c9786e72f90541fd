import { describe, expect, test, vi } from 'vitest';
import { memoryRunArchive } from '../../src/stores/memory-run-archive.js';
import { memoryRunStore, runMemory } from '../../src/stores/memory-run-store.js';
import { memorySessionStore } from '../../src/stores/memory-session-store.js';
import { memoryWorkflowStore } from '../../src/stores/memory-workflow-store.js';
import { runArchiveConformance } from '../../src/testing/run-archive-conformance.js';
import { runStoreConformance } from '../../src/testing/run-store-conformance.js';
import { sampleEnded, sampleRun, sampleSession } from '../../src/testing/samples.js';
import { sessionStoreConformance } from '../../src/testing/session-store-conformance.js';
import { workflowStoreConformance } from '../../src/testing/workflow-store-conformance.js';
import { manualTime, runCases } from './support/run-cases.js';

const time = manualTime();
runCases(
  'memorySessionStore',
  sessionStoreConformance({
    open: ({ ttlMs }) => memorySessionStore({ ttlMs, now: time.now }),
    wait: time.wait,
  }),
);
runCases('memoryWorkflowStore', workflowStoreConformance({ open: memoryWorkflowStore }));
runCases('memoryRunArchive', runArchiveConformance({ open: memoryRunArchive }));
const memory = runMemory();
runCases(
  'memoryRunStore',
  runStoreConformance({
    open: () => memoryRunStore({ memory }),
    expire: ({ owner }) => {
      memory.owners.delete(owner);
    },
  }),
);

describe('bounds', () => {
  test('the least recently used session goes first', async () => {
    const store = memorySessionStore({ max: 2 });
    await store.save(sampleSession('a'), 0, 1);
    await store.save(sampleSession('b'), 0, 1);
    await store.load('a');
    await store.save(sampleSession('c'), 0, 1);
    expect(await store.load('b')).toBeUndefined();
    expect(await store.load('a')).toBeDefined();
  });

  test('a jump of the wall clock changes nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const store = memorySessionStore({ ttlMs: 60_000 });
      await store.save(sampleSession('a'), 0, 1);
      vi.setSystemTime(Date.now() + 3_600_000);
      expect(await store.load('a')).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test('of too many runs the oldest ended one goes, never an open one', async () => {
    const store = memoryRunStore({ max: 2 });
    await store.create(sampleRun('run_1'));
    const ended = await store.create(sampleRun('run_2'));
    await store.append(ended, [], { status: 'succeeded', output: null });
    await store.create(sampleRun('run_3'));
    expect((await store.open()).map(({ runId }) => runId)).toEqual(['run_1', 'run_3']);
    expect(await store.get('run_2')).toBeUndefined();
  });

  test('of too many archived runs the one that closed first goes', async () => {
    const archive = memoryRunArchive({ max: 2 });
    await archive.put(sampleEnded('run_1', 'wf', 200));
    await archive.put(sampleEnded('run_2', 'wf', 100));
    await archive.put(sampleEnded('run_3', 'wf', 300));
    expect((await archive.list({ limit: 10 })).map(({ run }) => run.runId)).toEqual(['run_3', 'run_1']);
    expect(await archive.get('run_2')).toBeUndefined();
  });
});
