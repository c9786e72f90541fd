/** Appends to a run as fast as it can and prints the number of every acknowledged entry, until it is killed. */
import { openSqlite } from '../../../src/stores/sqlite/open-sqlite.js';
import { sampleEntry, sampleRun } from '../../../src/testing/samples.js';

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const { runs } = await openSqlite(process.argv[2] ?? '', { logger });
const lease = await runs.create(sampleRun('run_1'));
for (let n = 1; ; n += 1) {
  await runs.append(lease, [sampleEntry(n)], { status: n % 2 ? 'waiting' : 'running' });
  process.stdout.write(`${n}\n`);
}
