/** Two real processes on one database, either of which is killed again and again while they work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/clock.js';
import type { RunStore } from '../../../src/ports/run-store.js';
import { createEmbeddedOrchestrator } from '../../../src/runtimes/embedded/create-embedded-orchestrator.js';
import { openPostgres } from '../../../src/stores/postgres/open-postgres.js';
import { openSqlite } from '../../../src/stores/sqlite/open-sqlite.js';
import { makeDatabase } from '../../stores/support/make-database.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { buildServerProcess } from './support/build-server-process.js';
import { roundPaths, roundsCatalog } from './support/rounds.js';

/** `KILLS=200 npx vitest …` for more. */
const kills = Number(process.env.KILLS ?? 30);
const runCount = 50;
/** So many that the runs are under way until the last kill. */
const roundCount = 8 + Math.ceil(kills / 8);
const timeout = 60_000 + kills * 500;

let script = '';
beforeAll(async () => {
  script = await buildServerProcess();
});
afterAll(() => rm(dirname(script), { recursive: true, force: true }));

/** One of the servers: started again whenever it is killed. */
const server = (args: readonly string[]) => {
  const start = () => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const lines = createInterface({ input: child.stdout });
    const ready = Promise.race([
      once(lines, 'line'),
      exited.then(() => Promise.reject(new Error('A server has ended by itself.'))),
    ]);
    // Only who waits for it is told.
    ready.catch(() => undefined);
    return { child, exited, ready };
  };
  let running = start();
  const stop = async (): Promise<void> => {
    running.child.kill('SIGKILL');
    await running.exited;
  };
  return {
    /** Lets it work for a while, and replaces it. */
    async killAfter(ms: number): Promise<void> {
      await running.ready;
      await new Promise((resolve) => setTimeout(resolve, ms));
      await stop();
      running = start();
    },
    stop,
  };
};

const killed = async (
  kind: 'sqlite' | 'postgres',
  at: string,
  folder: string,
): Promise<readonly string[]> => {
  const args = [kind, at, join(folder, 'effects'), String(runCount), String(roundCount)];
  const servers = [server(args), server(args)];
  onTestFinished(async () => {
    await Promise.all(servers.map((one) => one.stop()));
  });
  await Promise.all(
    servers.map(async (one, index) => {
      for (let n = index; n < kills; n += servers.length) await one.killAfter((n * 37) % 200);
    }),
  );
};

const ended = async (runs: RunStore): Promise<number> =>
  (await runs.list({ limit: 100 })).items.filter((run) => run.endedAt !== undefined).length;

/** What has to be so of every run, whatever was killed when. */
const check = async (runs: RunStore, effects: readonly string[]): Promise<void> => {
  const { events } = createEmbeddedOrchestrator({
    runs,
    catalog: roundsCatalog(() => undefined),
    clock: systemClock,
    logger: recordingLogger(),
    timeScale: 1,
    secrets: async () => undefined,
    definitionOf: async () => undefined,
  });
  const mails = effects.filter((line) => line.startsWith('mail '));
  expect(mails).toEqual([...new Set(mails)]);
  const happened = new Set(effects);

  for (let n = 0; n < runCount; n += 1) {
    const runId = `run_${n}`;
    expect(await runs.get(runId)).toMatchObject({ run: { status: 'succeeded' } });
    const journal = await runs.journal(runId);
    const answers = journal.flatMap((entry) =>
      entry.kind === 'result' || entry.kind === 'error' || entry.kind === 'timer' ? entry.path : [],
    );
    // In their order, none left out, none twice.
    expect(answers).toEqual(roundPaths(roundCount));
    for (const entry of journal) {
      if (entry.kind === 'result') {
        const [, step = ''] = entry.path.split('/');
        expect(happened).toContain(`${step} ${runId}/${entry.path}`);
      } else if (entry.kind === 'error') expect(entry.error.code).toBe('outcome_unknown');
    }
    const log = await events(runId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.at(-1)?.type).toBe('run.succeeded');
  }
};

describe('two servers of which either is killed again and again lose no step, complete none twice and mail nothing twice', () => {
  const storeOf = async (kind: 'sqlite' | 'postgres', at: string): Promise<RunStore> => {
    const open = kind === 'postgres' ? openPostgres : openSqlite;
    const { runs, close } = await open(at, { logger: recordingLogger() });
    onTestFinished(close);
    return runs;
  };

  test.each(['sqlite', 'postgres'] as const)('on %s', { timeout }, async (kind) => {
    const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const at = kind === 'postgres' ? await makeDatabase() : join(folder, 'runs.db');
    await killed(kind, at, folder);
    const runs = await storeOf(kind, at);
    // The kills came while the runs were under way.
    expect(await ended(runs)).toBeLessThan(runCount);
    await expect.poll(() => ended(runs), { timeout, interval: 200 }).toBe(runCount);
    await check(runs, (await readFile(join(folder, 'effects'), 'utf8')).trim().split('\n'));
  });
});
