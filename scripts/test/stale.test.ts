import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale } from '../lib/stale.js';

let folder: string;
const at = async (path: string, second: number): Promise<void> => {
  await writeFile(join(folder, path), '', { flag: 'a' });
  await utimes(join(folder, path), second, second);
};
const stale = (): boolean => isStale({ folder, sources: [folder], built: ['dist/a.js', 'dist/b.js'] });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fk-workflow-stale-'));
  await mkdir(join(folder, 'src/deep'), { recursive: true });
  await mkdir(join(folder, 'dist'));
  for (const path of ['package.json', 'tsup.config.ts', 'src/deep/one.ts']) await at(path, 100);
  for (const path of ['dist/a.js', 'dist/b.js']) await at(path, 300);
  for (const path of ['src/deep', 'src']) await utimes(join(folder, path), 100, 100);
});
afterEach(() => rm(folder, { recursive: true }));

test('a build newer than its sources is kept', () => {
  expect(stale()).toBe(false);
});

test.each(['src/deep/one.ts', 'package.json', 'tsup.config.ts'])(
  'a change of %s calls for a build',
  async (path) => {
    await at(path, 400);
    expect(stale()).toBe(true);
  },
);

test('so does a removed source, and a missing file of the build', async () => {
  await utimes(join(folder, 'src/deep'), 400, 400);
  expect(stale()).toBe(true);
  await utimes(join(folder, 'src/deep'), 100, 100);
  await rm(join(folder, 'dist/b.js'));
  expect(stale()).toBe(true);
});
