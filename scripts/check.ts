/** `npm run check`: everything that needs no test and no build, at once. Prints a line a check, and the output of failures. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { registryHostProblems } from './checks/registry-hosts.js';

interface Check {
  readonly name: string;
  /** Its output when it fails, else undefined. */
  run(): Promise<string | undefined>;
}

/** A command of node_modules/.bin. */
const command = (name: string, ...args: readonly string[]): Check => ({
  name,
  async run() {
    const [binary = '', ...rest] = args;
    const child = spawn(`node_modules/.bin/${binary}`, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const [code] = await once(child, 'close');
    return code === 0 ? undefined : output;
  },
});

const checks: readonly Check[] = [
  command('types', 'tsc', '-b', '--pretty', 'false'),
  command('format and lint', 'biome', 'ci', '--colors=off', '.'),
  command(
    'import rules',
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    'packages',
    'examples',
    'scripts',
    'bench',
  ),
  command('unused code', 'knip', '--no-progress'),
  {
    name: 'registry hosts',
    async run() {
      const problems = await registryHostProblems(process.cwd());
      return problems.length === 0 ? undefined : `${problems.join('\n')}\n`;
    },
  },
];

const results = await Promise.all(
  checks.map(async ({ name, run }) => {
    const started = performance.now();
    const output = await run();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${output === undefined ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
    return { name, output };
  }),
);
for (const { name, output } of results) {
  if (output === undefined) continue;
  process.exitCode = 1;
  console.error(`\n--- ${name} ---\n${output}`);
}
