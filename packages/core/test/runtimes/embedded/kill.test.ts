import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('./support/crash-process.ts', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx');

/** Runs the process until it prints `until`, kills it with SIGKILL, and gives what it printed. */
const runUntil = async (until: string, ...args: readonly string[]): Promise<readonly string[]> => {
  const child = spawn(process.execPath, ['--import', tsx, script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    if (line === until) child.kill('SIGKILL');
  }
  await exited;
  return printed;
};

const temporaryFile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'runs.db');
};

test('a run in SQLite survives SIGKILL during a wait', { timeout: 30_000 }, async () => {
  const file = await temporaryFile();
  expect(await runUntil('run.waiting', file, 'chase', 'start')).toEqual(['mail run_1/send', 'run.waiting']);
  expect(await runUntil('run.succeeded', file, 'chase')).toEqual([
    'run.waiting',
    'put run_1/note',
    'run.succeeded',
  ]);
  // The log of an ended run comes from its journal.
  expect(await runUntil('run.succeeded', file, 'chase')).toEqual(['run.waiting', 'run.succeeded']);
});

test('so do a sub-workflow and the run that waits for it', { timeout: 30_000 }, async () => {
  const file = await temporaryFile();
  const first = await runUntil('sub-run.waiting', file, 'parent', 'start');
  expect(first).toEqual(['mail run_1.sub/send', 'sub-run.waiting']);
  const second = await runUntil('run.succeeded', file, 'parent');
  expect(second).not.toContain('mail run_1.sub/send');
  expect(second.filter((line) => line.startsWith('put'))).toEqual(['put run_1.sub/note', 'put run_1/file']);
  expect(second.at(-1)).toBe('run.succeeded');
});
