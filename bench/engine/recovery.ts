import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqlite } from '@fk-workflow/core/sqlite';
import { elapsed } from '../lib/best-of-rounds.js';
import { inChild } from '../lib/child.js';
import { residentMegabytes } from '../lib/heap.js';
import { type Row, row } from '../lib/row.js';
import { inTemporaryFolder } from '../lib/temporary-folder.js';
import { relayBuilder, silentLogger } from './relay-builder.js';
import { relayDefinition } from './relay-definition.js';
import { runsAre, startRun } from './runs.js';
import { smallTask } from './task.js';

const openRuns = 10_000;
const startsAtOnce = 500;
const rounds = 3;

/** What a process found that started with the open runs of another. */
interface Recovery {
  readonly ms: number;
  readonly megabytes: number;
}

/** A server that starts and finds ten thousand runs that wait for a signal, each behind a step; in a process of its own. */
export const recovery = (): Promise<readonly Row[]> =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, 'runs.db');
    await fill(path);
    const recoveries: Recovery[] = [];
    for (let round = 0; round < rounds; round += 1) {
      recoveries.push(await inChild<Recovery>(fileURLToPath(import.meta.url), ['recover-all', path]));
    }
    const least = (of: (one: Recovery) => number): number => Math.min(...recoveries.map(of));
    return [
      row(
        'recovery of 10,000 waiting runs, to ready',
        's',
        least(({ ms }) => ms / 1000),
        { atMost: 2 },
      ),
      row(
        'recovery of 10,000 waiting runs, memory above an empty server',
        'MB',
        least(({ megabytes }) => megabytes),
        { atMost: 100 },
      ),
    ];
  });

const fill = async (path: string): Promise<void> => {
  const sqlite = await openSqlite(path, { logger: silentLogger });
  const builder = relayBuilder(sqlite.runs);
  await builder.start();
  const relay = relayDefinition(1);
  const definition = {
    ...relay,
    steps: [...relay.steps, { id: 'rest', kind: 'wait', signal: 'go' } as const],
  };
  const { id, document } = smallTask;
  for (let started = 0; started < openRuns; started += startsAtOnce) {
    const starts = Array.from({ length: startsAtOnce }, () =>
      startRun(builder, definition, { id, document }),
    );
    await runsAre(builder, await Promise.all(starts), 'waiting');
  }
  await builder.close();
  await sqlite.close();
};

/** The part in the child process. */
export const recoverAll = async (path: string): Promise<Recovery> => {
  const sqlite = await openSqlite(path, { logger: silentLogger });
  const builder = relayBuilder(sqlite.runs);
  const before = residentMegabytes();
  const ms = await elapsed(() => builder.start());
  const megabytes = residentMegabytes() - before;
  const { items } = await builder.runs.list({ limit: 1 });
  if (items[0]?.waitingFor?.length !== 1) throw new Error('The runs were not recovered.');
  await builder.close();
  await sqlite.close();
  return { ms, megabytes };
};
