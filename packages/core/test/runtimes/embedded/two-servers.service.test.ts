/** Two real processes on one database, either of which is killed or frozen again and again while they work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
const kills = Number(process.env.KILLS ?? 24);
const runCount = 50;
const timeout = 60_000 + kills * 1500;

/** Kills of each server, after which each is frozen once. */
const killsInTurn = Math.ceil(kills / 6);
/** Well above the lease of the servers. */
const frozenMs = 1000;
/** Time to write what should not be written. */
const settlingMs = 300;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
      await sleep(ms);
      await stop();
      running = start();
    },
    /** Stops it for longer than its lease, so that the other one takes its runs, and lets it go on. */
    async freeze(): Promise<void> {
      running.child.kill('SIGSTOP');
      await sleep(frozenMs);
      running.child.kill('SIGCONT');
      await sleep(settlingMs);
    },
    isReady: () => running.ready,
    stop,
  };
};

/** Lets the runs end when all the kills are over. */
const killed = async (kind: 'sqlite' | 'postgres', at: string, folder: string): Promise<void> => {
  const args = [kind, at, join(folder, 'effects'), String(runCount)];
  const servers = [server(args), server(args)];
  onTestFinished(async () => {
    await Promise.all(servers.map((one) => one.stop()));
  });
  for (let done = 0; done < kills; done += servers.length * killsInTurn) {
    await Promise.all(
      servers.map(async (one, index) => {
        for (let n = 0; n < killsInTurn; n += 1) await one.killAfter(((done + n) * 37 + index * 90) % 200);
      }),
    );
    for (const one of servers) {
      // Somebody has to be there who takes the runs over.
      await Promise.all(servers.map(({ isReady }) => isReady()));
      await one.freeze();
    }
  }
  await writeFile(join(folder, 'effects.enough'), '');
};

const ended = async (runs: RunStore): Promise<number> =>
  (await runs.list({ limit: 100 })).items.filter((run) => run.endedAt !== undefined).length;

/** What has to be so of every run, whatever was killed when. */
const check = async (runs: RunStore, effects: readonly string[]): Promise<void> => {
  const { events } = createEmbeddedOrchestrator({
    runs,
    catalog: roundsCatalog(
      () => undefined,
      () => true,
    ),
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
    expect(answers).toEqual(roundPaths(answers.length / 4));
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

describe('two servers of which either is killed or frozen again and again lose no step, complete none twice and mail nothing twice', () => {
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
    await expect.poll(() => ended(runs), { timeout, interval: 200 }).toBe(runCount);
    await check(runs, (await readFile(join(folder, 'effects'), 'utf8')).trim().split('\n'));
  });
});
