/**
 * A server that works on the runs of a database until it is killed. Arguments: `sqlite` or `postgres`, where the database
 * is, a file for the effects of its handlers (with another one beside it, `….enough`, the runs end), how many runs to start. Prints `ready` when it goes on with what it found.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { systemClock } from '../../../../src/clock.js';
import { WorkflowError } from '../../../../src/errors.js';
import { createEmbeddedOrchestrator } from '../../../../src/runtimes/embedded/create-embedded-orchestrator.js';
import { openPostgres } from '../../../../src/stores/postgres/open-postgres.js';
import { openSqlite } from '../../../../src/stores/sqlite/open-sqlite.js';
import { rounds, roundsCatalog } from './rounds.js';

const [kind, at = '', effectsFile = '', count = '0'] = process.argv.slice(2);
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const effects = openSync(effectsFile, 'a');

/** An effect of the world: it has happened when its line is on the disk. */
const happen = (action: string, key: string): void => {
  appendFileSync(effects, `${action} ${key}\n`);
  fsyncSync(effects);
};

const open = kind === 'postgres' ? openPostgres : openSqlite;
const { runs } = await open(at, { logger, leaseMs: 300 });
const orchestrator = createEmbeddedOrchestrator({
  runs,
  catalog: roundsCatalog(happen, () => existsSync(`${effectsFile}.enough`)),
  clock: systemClock,
  logger,
  timeScale: 1,
  secrets: async () => undefined,
  definitionOf: async () => undefined,
});
await orchestrator.recover();
const start = async (runId: string): Promise<void> => {
  try {
    await orchestrator.start({ runId, definition: rounds, version: 1, input: {} });
  } catch (error) {
    // The other process, or an earlier one, has started it.
    if (!WorkflowError.is(error) || error.code !== 'already_exists') throw error;
  }
};
await Promise.all(Array.from({ length: Number(count) }, (_, n) => start(`run_${n}`)));
process.stdout.write('ready\n');
// The clock's timers do not keep a process alive; a server's socket would.
setInterval(() => undefined, 1000);
process.on('exit', () => closeSync(effects));
