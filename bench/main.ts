/**
 * `npm run bench -- engine [part …]`: measures a suite over the built packages and prints its table. The whole suite is also
 * written to `bench/results/<suite>.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parts as engineParts } from './engine/parts.js';
import { bundle } from './lib/bundle.js';
import { inChild } from './lib/child.js';
import type { Row } from './lib/row.js';
import { table } from './lib/table.js';

const [suite, ...named] = process.argv.slice(2);
if (suite !== 'engine') throw new Error('Name the suite: npm run bench -- engine');

const script = await bundle(suite);
const rows: Row[] = [];
for (const part of named.length > 0 ? named : engineParts) {
  console.error(`Measuring ${part} …`);
  rows.push(...(await inChild<readonly Row[]>(script, [part])));
}
console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}\n`);
console.log(table(rows));

if (named.length === 0) {
  const results = new URL('./results/', import.meta.url);
  await mkdir(results, { recursive: true });
  await writeFile(new URL(`${suite}.json`, results), `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`\nWritten to ${fileURLToPath(new URL(`${suite}.json`, results))}`);
}
