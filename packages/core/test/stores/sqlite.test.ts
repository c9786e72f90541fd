import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite, type SqliteStores } from '../../src/stores/sqlite/open-sqlite.js';
import { runArchiveConformance } from '../../src/testing/run-archive-conformance.js';
import { runStoreConformance } from '../../src/testing/run-store-conformance.js';
import { sampleDefinition, sampleEnded, sampleEntry, sampleRun } from '../../src/testing/samples.js';
import { workflowStoreConformance } from '../../src/testing/workflow-store-conformance.js';
import { recordingLogger } from './support/recording-logger.js';
import { runCases } from './support/run-cases.js';

const logger = recordingLogger();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fkw-sqlite-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const pathOf = (name: string): string => join(folder, name);

const leaseMs = 500;

let shared: SqliteStores;
beforeAll(async () => {
  shared = await openSqlite(pathOf('shared.db'), { logger });
});
afterAll(() => shared.close());

runCases('sqlite workflows', workflowStoreConformance({ open: () => shared.workflows }));
runCases('sqlite archive', runArchiveConformance({ open: () => shared.archive }));
runCases(
  'sqlite runs',
  runStoreConformance({
    async open() {
      const { runs, close } = await openSqlite(pathOf('runs.db'), { logger, leaseMs });
      return { ...runs, close };
    },
    expire({ owner }) {
      const database = new Libsql(pathOf('runs.db'), { timeout: 2000 });
      database.exec(`UPDATE runs SET owner = NULL WHERE owner = '${owner}'`);
      database.exec(`DELETE FROM owners WHERE id = '${owner}'`);
      database.close();
    },
  }),
);

describe('the file', () => {
  test('is made with its folder and keeps what it has over a restart', async () => {
    const path = join(folder, 'deep', 'er', 'data.db');
    const first = await openSqlite(path, { logger });
    await first.workflows.create(sampleDefinition('wf'));
    await first.archive.put(sampleEnded('run_0'));
    const lease = await first.runs.create(sampleRun('run_1'));
    // Not awaited: close waits for it.
    const appended = first.runs.append(lease, [sampleEntry(1)]);
    await first.close();
    await appended;
    const second = await openSqlite(path, { logger });
    expect(await second.runs.journal('run_1')).toEqual([sampleEntry(1)]);
    expect((await second.workflows.get('wf'))?.version).toBe(1);
    expect(await second.archive.get('run_0')).toEqual(sampleEnded('run_0'));
    await second.close();
  });

  test('answers store_unavailable after it was closed', async () => {
    const { runs, workflows, archive, close } = await openSqlite(pathOf('closed.db'), { logger });
    await close();
    await close();
    await expect(runs.create(sampleRun('run_1'))).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(runs.get('run_1')).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(workflows.get('wf')).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(archive.get('run_1')).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(archive.put(sampleEnded('run_1'))).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  test('that is no database is refused, and left alone', async () => {
    const path = pathOf('letter.db');
    await writeFile(path, 'Dear reader, '.repeat(1000));
    await expect(openSqlite(path, { logger })).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  test('of an earlier version is brought up to date, once, by any number of processes that start at once', async () => {
    const path = pathOf('earlier.db');
    const first = await openSqlite(path, { logger });
    const lease = await first.runs.create(sampleRun('run_1'));
    await first.runs.append(lease, [sampleEntry(1)], { status: 'waiting' });
    await first.close();
    const database = new Libsql(path);
    // As the first migration left it.
    database.exec(`
      DROP TABLE archive; DROP INDEX runs_posted; DROP INDEX runs_open; DROP TABLE owners;
      ALTER TABLE runs DROP COLUMN owner; ALTER TABLE runs DROP COLUMN fence;
      ALTER TABLE runs DROP COLUMN wake_at; ALTER TABLE runs DROP COLUMN posted;
      CREATE INDEX runs_open ON runs (place) WHERE status IN ('running', 'waiting');
      DELETE FROM fkw_migrations WHERE id > 1;`);
    database.close();

    const stores = await Promise.all([1, 2, 3].map(() => openSqlite(path, { logger })));
    const claims = await Promise.all(stores.map(({ runs }) => runs.open()));
    // Whoever gets it looks at it at once: an earlier version did not say when to wake it.
    expect(claims.flat()).toEqual([{ runId: 'run_1', fence: 1, wakeAt: 0 }]);
    expect(await stores[2]?.runs.journal('run_1')).toEqual([sampleEntry(1)]);
    for (const { close } of stores) await close();
  });

  test('of a newer version is refused', async () => {
    const path = pathOf('newer.db');
    await (await openSqlite(path, { logger })).close();
    const database = new Libsql(path);
    database.exec('INSERT INTO fkw_migrations (id) VALUES (999)');
    database.close();
    await expect(openSqlite(path, { logger })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('newer version'),
    });
  });

  test('has to be a file', async () => {
    await expect(openSqlite(':memory:', { logger })).rejects.toMatchObject({ code: 'configuration' });
    expect(existsSync(':memory:')).toBe(false);
  });

  test('that cannot be written refuses a batch as a whole, and serves again as soon as it can', async () => {
    const path = pathOf('full.db');
    const { runs, close } = await openSqlite(path, { logger });
    const lease = await runs.create(sampleRun('run_1'));
    const big = { ...sampleEntry(1), output: 'x'.repeat(100_000) };
    // A lock held by somebody else for longer than the busy timeout stands in for a disk that does not answer.
    const blocker = new Libsql(path);
    blocker.exec('BEGIN IMMEDIATE');
    const appends = await Promise.allSettled([
      runs.append(lease, [big]),
      runs.append(lease, [sampleEntry(2)]),
    ]);
    expect(appends).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'store_unavailable', retryable: true }) },
      { status: 'rejected', reason: expect.objectContaining({ code: 'store_unavailable' }) },
    ]);
    blocker.exec('ROLLBACK');
    blocker.close();
    expect(await runs.journal('run_1')).toEqual([]);
    await runs.append(lease, [sampleEntry(3)]);
    expect(await runs.journal('run_1')).toEqual([sampleEntry(3)]);
    await close();
  });
});

describe('kill -9', () => {
  const script = fileURLToPath(new URL('./support/crash-writer.ts', import.meta.url));
  const tsx = createRequire(import.meta.url).resolve('tsx');

  test('loses nothing that was acknowledged, and another process gets the run', {
    timeout: 20_000,
  }, async () => {
    const path = pathOf('crash.db');
    const child = spawn(process.execPath, ['--import', tsx, script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = 0;
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        acknowledged = Number(line);
        if (acknowledged === 200) resolve();
      });
    });
    const [exited, read] = [once(child, 'exit'), once(lines, 'close')];
    child.kill('SIGKILL');
    await Promise.all([exited, read]);

    const { runs, close } = await openSqlite(path, { logger, leaseMs });
    const journal = await runs.journal('run_1');
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    expect(journal.length).toBeGreaterThanOrEqual(acknowledged);
    expect(journal.length).toBeLessThanOrEqual(acknowledged + 1);
    expect(journal).toEqual(journal.map((_, n) => sampleEntry(n + 1)));
    expect((await runs.get('run_1'))?.run.status).toBe(journal.length % 2 ? 'waiting' : 'running');
    // The dead process has to be still for as long as the lease before its run is taken.
    expect(await runs.open()).toEqual([]);
    await expect
      .poll(async () => (await runs.poll({ claim: true })).claimed, { timeout: 5000 })
      .toEqual([{ runId: 'run_1', fence: 2, wakeAt: 0 }]);
    await close();
  });
});
