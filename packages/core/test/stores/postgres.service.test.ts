import { describe, expect, test } from 'vitest';
import { openPostgres } from '../../src/stores/postgres/open-postgres.js';
import { runArchiveConformance } from '../../src/testing/run-archive-conformance.js';
import { runStoreConformance } from '../../src/testing/run-store-conformance.js';
import { sampleDefinition, sampleEnded, sampleEntry, sampleRun } from '../../src/testing/samples.js';
import { workflowStoreConformance } from '../../src/testing/workflow-store-conformance.js';
import { execute, makeDatabase } from './support/make-database.js';
import { recordingLogger } from './support/recording-logger.js';
import { runCases } from './support/run-cases.js';
import { tcpProxy } from './support/tcp-proxy.js';

const logger = recordingLogger();
const url = await makeDatabase();
const leaseMs = 500;

runCases(
  'the runs of PostgreSQL',
  runStoreConformance({
    async open() {
      const { runs, close } = await openPostgres(url, { logger, leaseMs });
      return { ...runs, close };
    },
    expire: ({ owner }) =>
      execute(
        url,
        `UPDATE fkw_runs SET owner = NULL WHERE owner = '${owner}'`,
        `DELETE FROM fkw_owners WHERE id = '${owner}'`,
      ),
  }),
);

/** These ports have no close: the database is opened once for both suites. */
const shared = await openPostgres(await makeDatabase(), { logger });
runCases('the workflows of PostgreSQL', workflowStoreConformance({ open: () => shared.workflows }));
runCases('the archive of PostgreSQL', runArchiveConformance({ open: () => shared.archive }));

describe('openPostgres', () => {
  test('what is acknowledged is there after a restart', async () => {
    const own = await makeDatabase();
    const first = await openPostgres(own, { logger });
    const lease = await first.runs.create(sampleRun('run_1'));
    await first.runs.append(lease, [sampleEntry(1)]);
    await first.workflows.create(sampleDefinition('chase'));
    await first.archive.put(sampleEnded('run_0'));
    await first.close();

    const second = await openPostgres(own, { logger });
    expect(await second.runs.open()).toEqual([{ runId: 'run_1', fence: 2, wakeAt: 0 }]);
    expect(await second.runs.journal('run_1')).toEqual([sampleEntry(1)]);
    expect((await second.workflows.get('chase'))?.version).toBe(1);
    expect(await second.archive.get('run_0')).toEqual(sampleEnded('run_0'));
    await second.close();
  });

  test('tables of an earlier version are brought up to date, once, by servers that start at once', async () => {
    const own = await makeDatabase();
    const first = await openPostgres(own, { logger });
    await first.runs.create(sampleRun('run_1'));
    await first.close();
    // As the first migration left them.
    await execute(
      own,
      'DROP INDEX fkw_runs_open, fkw_runs_posted',
      'DROP TABLE fkw_owners, fkw_archive',
      'ALTER TABLE fkw_runs DROP COLUMN owner, DROP COLUMN fence, DROP COLUMN wake_at, DROP COLUMN posted',
      `CREATE INDEX fkw_runs_open ON fkw_runs (place) WHERE status IN ('running', 'waiting')`,
      'CREATE TABLE fkw_owner (epoch bigint NOT NULL)',
      'DELETE FROM fkw_migrations WHERE id > 1',
    );
    const stores = await Promise.all([1, 2, 3].map(() => openPostgres(own, { logger })));
    const claims = await Promise.all(stores.map(({ runs }) => runs.open()));
    expect(claims.flat()).toEqual([{ runId: 'run_1', fence: 1, wakeAt: 0 }]);
    for (const { close } of stores) await close();
  });

  test('servers that start at once on an empty database make the tables once', async () => {
    const own = await makeDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openPostgres(own, { logger })));
    for (const { close } of stores) await close();
  });

  test('while the database is away calls say so, and it is used again when it is back', async () => {
    const own = new URL(await makeDatabase());
    const proxy = await tcpProxy(own.hostname, Number(own.port || 5432));
    own.port = String(proxy.port);
    own.hostname = '127.0.0.1';
    const stores = await openPostgres(own.href, { logger });
    const lease = await stores.runs.create(sampleRun('run_1'));

    await proxy.kill();
    await expect(stores.runs.append(lease, [sampleEntry(1)])).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    await expect(stores.workflows.get('chase')).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(stores.archive.get('run_0')).rejects.toMatchObject({ code: 'store_unavailable' });

    await proxy.restart();
    await expect
      .poll(
        () =>
          stores.runs.append(lease, [sampleEntry(2)]).then(
            () => 'written',
            () => 'away',
          ),
        {
          timeout: 10_000,
        },
      )
      .toBe('written');
    expect(await stores.runs.journal('run_1')).toEqual([sampleEntry(2)]);
    await stores.close();
    await proxy.close();
  });

  test.each(['mysql://localhost/x', 'localhost:5432', ''])('refuses the address "%s"', async (bad) => {
    await expect(openPostgres(bad, { logger })).rejects.toMatchObject({ code: 'configuration' });
  });
});
