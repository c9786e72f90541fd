/**
 * `npm run bench -- engine|temporal [part …]`: measures a suite over the built packages and prints its table. The whole suite
 * is also written to `bench/results/<suite>.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Service } from '../scripts/services/service.js';
import { temporal } from '../scripts/services/temporal.js';
import { parts as engineParts } from './engine/parts.js';
import { bundle } from './lib/bundle.js';
import { inChild } from './lib/child.js';
import type { Row } from './lib/row.js';
import { table } from './lib/table.js';
import { withService } from './lib/with-service.js';
import { parts as temporalParts } from './temporal/parts.js';

interface Suite {
  readonly parts: readonly string[];
  /** What it runs on. */
  readonly service?: Service;
}

const suites = new Map<string, Suite>([
  ['engine', { parts: engineParts }],
  ['temporal', { parts: temporalParts, service: temporal }],
]);

const [name = '', ...named] = process.argv.slice(2);
const suite = suites.get(name);
if (!suite) throw new Error(`Name the suite: npm run bench -- ${[...suites.keys()].join('|')}`);

const script = await bundle(name);

const measure = async (parts: readonly string[]): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const part of parts) {
    console.error(`Measuring ${part} …`);
    rows.push(...(await inChild<readonly Row[]>(script, [part])));
  }
  return rows;
};

const { service } = suite;
const measureAll = (): Promise<readonly Row[]> => measure(named.length > 0 ? named : suite.parts);
const rows = await (service ? withService(service, measureAll) : measureAll());
console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}\n`);
console.log(table(rows));

if (named.length === 0) {
  const results = new URL('./results/', import.meta.url);
  await mkdir(results, { recursive: true });
  await writeFile(new URL(`${name}.json`, results), `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`\nWritten to ${fileURLToPath(new URL(`${name}.json`, results))}`);
}
