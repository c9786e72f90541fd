import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Definition, RunStore } from '@fk-workflow/core';
import { openSqlite } from '@fk-workflow/core/sqlite';
import { elapsed } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import { inTemporaryFolder } from '../lib/temporary-folder.js';
import { relayBuilder, silentLogger } from './relay-builder.js';
import { relayDefinition } from './relay-definition.js';
import { runsAre, startRun } from './runs.js';
import { smallTask, stepCount } from './task.js';

const runsAtOnce = 100;
const loopRounds = 50;
const stepsOfAll = runsAtOnce * loopRounds * stepCount;
const measuredRounds = 4;

/** A loop over ten steps: so that checking the definition at each start does not count for much. */
const relay = relayDefinition(stepCount);
const items = Array.from({ length: loopRounds }, (_, index) => index);
const definition: Definition = {
  ...relay,
  steps: [{ id: 'each', kind: 'forEach', items, steps: relay.steps }],
};

interface Load {
  readonly stepsPerSecond: number;
  readonly delayP99Ms: number;
  readonly runIds: readonly string[];
}

/** A hundred runs at once whose handlers do nothing, on SQLite as it is opened for hosts, and on no journal. */
export const durableSteps = (): Promise<readonly Row[]> =>
  inTemporaryFolder(async (folder) => {
    const sqlite = await openSqlite(join(folder, 'runs.db'), { logger: silentLogger });
    const durable: Load[] = [];
    const inMemory: Load[] = [];
    let rows = 0;
    // The first round warms up.
    for (let round = 0; round <= measuredRounds; round += 1) {
      const memory = await load(undefined);
      const journaled = await load(sqlite.runs);
      if (round === 0) continue;
      inMemory.push(memory);
      durable.push(journaled);
    }
    for (const runId of durable[0]?.runIds ?? []) rows += (await sqlite.runs.journal(runId)).length;
    await sqlite.close();

    const delay = (loads: readonly Load[]): number => Math.min(...loads.map(({ delayP99Ms }) => delayP99Ms));
    const [withJournal, without] = [delay(durable), delay(inMemory)];
    const pace = Math.max(...durable.map(({ stepsPerSecond }) => stepsPerSecond));
    console.error(
      `event-loop p99: ${withJournal.toFixed(1)} ms with the journal, ${without.toFixed(1)} ms without; ` +
        `without it ${Math.round(Math.max(...inMemory.map(({ stepsPerSecond }) => stepsPerSecond)))} steps/s`,
    );
    return [
      row('durable on SQLite: journal rows of a read step', 'rows', rows / stepsOfAll, { atMost: 1 }),
      row('durable on SQLite: 100 runs at once', 'steps/s', pace, { atLeast: 10_000 }),
      row('durable on SQLite: event-loop p99 over that without a journal', '×', withJournal / without, {
        atMost: 2,
      }),
    ];
  });

const load = async (store: RunStore | undefined): Promise<Load> => {
  const builder = relayBuilder(store);
  await builder.start();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let runIds: readonly string[] = [];
  const { id, document } = smallTask;
  const ms = await elapsed(async () => {
    const starts = Array.from({ length: runsAtOnce }, () => startRun(builder, definition, { id, document }));
    runIds = await Promise.all(starts);
    await runsAre(builder, runIds, 'succeeded');
  });
  delays.disable();
  await builder.close();
  return { stepsPerSecond: (stepsOfAll * 1000) / ms, delayP99Ms: delays.percentile(99) / 1e6, runIds };
};
