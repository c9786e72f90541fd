import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createCatalog } from '../../src/catalog/catalog.js';
import { createWorkflowBuilder } from '../../src/create-workflow-builder.js';
import { openSqlite } from '../../src/stores/sqlite/open-sqlite.js';
import { manualClock } from '../../src/testing/manual-clock.js';
import { recordingLogger } from '../stores/support/recording-logger.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const patience = { id: 'go', kind: 'wait', signal: 'go' };
const late = { id: 'late', name: 'Late', trigger: { kind: 'event', event: 'late' }, steps: [patience] };
const often = { ...late, id: 'often', trigger: { kind: 'schedule', cron: '* * * * *' } };

test('servers on one SQLite file start an event and a time once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-triggers-'));
  closing.push(() => rm(folder, { recursive: true }));
  const clock = manualClock();
  const open = async () => {
    const logger = recordingLogger();
    const { close, runs, workflows } = await openSqlite(join(folder, 'shared.db'), { logger });
    const builder = createWorkflowBuilder({ catalog: createCatalog([]), clock, logger, runs, workflows });
    closing.push(close, () => builder.close(0));
    await builder.start();
    return builder;
  };
  const servers = [await open(), await open(), await open()];
  const [first] = servers;
  await first!.workflows.create(late);
  const event = { event: 'late', payload: null, id: '1' };
  const told = await Promise.all(servers.map(({ triggers }) => triggers.event(event)));
  expect(new Set(told.map(({ runs }) => runs[0]?.runId)).size).toBe(1);

  await first!.workflows.create(often);
  const started = async () => (await first!.runs.list({ limit: 10, workflowId: 'often' })).items;
  const soon = { timeout: 4000, interval: 20 };
  // The file answers in its own time, so the clock goes on in small steps until every server has seen the minute.
  await expect
    .poll(async () => {
      await clock.advance(10_000);
      return (await started()).length;
    }, soon)
    .toBeGreaterThan(0);
  await clock.advance(30_000);
  expect((await started()).map(({ trigger }) => trigger)).toHaveLength(1);
});
