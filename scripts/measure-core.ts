/** `npm run measure`: how long a bare import of the built core takes, and how large it is installed. Needs a build. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Milliseconds that importing core may add to an empty script (median). */
const importBudgetMs = 120;
/** Megabytes that core with its dependencies may take, without optional peers. */
const sizeBudgetMb = 40;
const rounds = 9;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const timed = async (script: string): Promise<number> => {
  const started = performance.now();
  await run(process.execPath, [script]);
  return performance.now() - started;
};

/** Both scripts in turn, so that other load on the machine meets them alike. */
const importCost = async (folder: string): Promise<number> => {
  const empty = join(folder, 'empty.mjs');
  const imports = join(folder, 'imports.mjs');
  await Promise.all([writeFile(empty, ''), writeFile(imports, "import '@fk-workflow/core';\n")]);
  const costs: number[] = [];
  for (let round = 0; round < rounds; round += 1) costs.push(-(await timed(empty)) + (await timed(imports)));
  return median(costs);
};

/** Packs core as it is published and installs it, as a host without any optional peer does. */
const install = async (folder: string): Promise<void> => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: 'packages/core',
  });
  const [packed]: readonly { filename: string }[] = JSON.parse(stdout);
  if (!packed) throw new Error('npm pack made no file.');
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--omit=peer', '--omit=optional', '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', ['install', ...flags, resolve(folder, packed.filename)], { cwd: folder });
};

const sizeMb = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000_000;
};

const report = (what: string, value: number, budget: number, unit: string): void => {
  const holds = value < budget;
  if (!holds) process.exitCode = 1;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${value.toFixed(1)} ${unit} (budget ${budget} ${unit})`);
};

const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-measure-'));
try {
  await install(folder);
  report('import of core over an empty script', await importCost(folder), importBudgetMs, 'ms');
  report(
    'core installed without optional peers',
    await sizeMb(join(folder, 'node_modules')),
    sizeBudgetMb,
    'MB',
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
