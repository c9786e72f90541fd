/**
 * Records what a release leaves behind: histories of runs, and their events. Argument: the release, e.g. 0.1.0.
 * `npm run services -- npx tsx packages/core/test/runtimes/temporal/support/record-histories.ts 0.1.0`
 */
import { writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import fc from 'fast-check';
import { randomSteps } from '../../../interpreter/support/random-steps.js';
import { onTemporal, scripts } from './same-events.js';
import { createTemporalWorld } from './temporal-world.js';

const count = 8;

/** What tells of the machine it was recorded on. */
const withoutMachine = (key: string, value: unknown): unknown =>
  key === 'stackTrace' || key === 'identity' ? '' : value;

const [release = ''] = process.argv.slice(2);
const world = await createTemporalWorld({ scripts, timeScale: 1_000_000 });
const recorded: object[] = [];
for (const steps of fc.sample(randomSteps, { numRuns: count, seed: 7 })) {
  const { runId, events } = await onTemporal(world, steps);
  const history = await world.connection.client.workflow.getHandle(runId).fetchHistory();
  recorded.push({ runId, steps, events, history: JSON.parse(historyToJSON(history), withoutMachine) });
}
const file = new URL(`../histories/${release}.json`, import.meta.url);
await writeFile(file, `${JSON.stringify(recorded)}\n`);
await world.close();
