import { join } from 'node:path';
import { openSqlite } from '@fk-workflow/core/sqlite';
import { elapsed } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import { inTemporaryFolder } from '../lib/temporary-folder.js';
import { relayBuilder, silentLogger } from './relay-builder.js';
import { relayDefinition } from './relay-definition.js';
import { runsAre, startRun } from './runs.js';
import { smallTask } from './task.js';

const steps = 1000;
const resumes = 20;

/** Going on with one run that waits behind a thousand journaled steps: read, parsed and interpreted again. */
export const resume = (): Promise<readonly Row[]> =>
  inTemporaryFolder(async (folder) => {
    const sqlite = await openSqlite(join(folder, 'runs.db'), { logger: silentLogger });
    const first = relayBuilder(sqlite.runs);
    await first.start();
    const relay = relayDefinition(steps);
    const definition = {
      ...relay,
      steps: [...relay.steps, { id: 'rest', kind: 'wait', signal: 'go' } as const],
    };
    const { id, document } = smallTask;
    const runId = await startRun(first, definition, { id, document });
    await runsAre(first, [runId], 'waiting');
    await first.close();

    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < resumes; round += 1) {
      const builder = relayBuilder(sqlite.runs);
      const ms = await elapsed(async () => {
        await builder.start();
        const { waitingFor } = await builder.runs.get(runId);
        if (waitingFor?.[0]?.signal !== 'go') throw new Error('The run was not resumed.');
      });
      best = Math.min(best, ms);
      await builder.close();
    }
    await sqlite.close();
    return [row('resume of a run with 1,000 journaled steps, warm', 'ms', best, { atMost: 30 })];
  });
