import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { registryHostProblems } from '../checks/registry-hosts.js';

test('names of registries are found in sources, builds, manifests and the lock file', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fk-workflow-hosts-'));
  const host = ['registry', 'npmjs', 'org'].join('.');
  const files = {
    'packages/core/src/deep/a.ts': `const fine = 1;\nconst at = 'https://${host}/';\n`,
    'packages/core/dist/index.js': '// npm.artifactory.corp.example\n',
    'packages/core/package.json': '{ "homepage": "https://example.com" }\n',
    'package-lock.json': `{ "resolved": "https://${host}/zod" }\n`,
  };
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    expect(await registryHostProblems(root)).toEqual([
      `packages/core/src/deep/a.ts:2 names the registry ${host}: take it out.`,
      'packages/core/dist/index.js:1 names the registry npm.artifactory.corp.example: take it out.',
      `package-lock.json:1 names the registry ${host}: take it out.`,
    ]);
  } finally {
    await rm(root, { recursive: true });
  }
});
