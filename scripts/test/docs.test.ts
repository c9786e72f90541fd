import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const markdown = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));

const documents = (
  await Promise.all([
    ...['.', 'docs', 'docs/guides', 'docs/adr'].map(markdown),
    ...(await readdir('packages')).map((name) => markdown(join('packages', name))),
  ])
).flat();

describe.each(documents)('%s', (document) => {
  test('links only to what exists', async () => {
    const text = await readFile(document, 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(join(dirname(document), target)))).toEqual([]);
  });

  test('names only files that exist', async () => {
    const text = await readFile(document, 'utf8');
    const named = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|cjs|json|md))`/g)].map(
      ([, path = '']) => path,
    );
    const roots = ['.', dirname(document), 'packages/core/src'];
    expect(named.filter((path) => !roots.some((root) => existsSync(join(root, path))))).toEqual([]);
  });
});

test('the commands of the README exist', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
  for (const document of ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md']) {
    const text = await readFile(document, 'utf8');
    const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  }
});
