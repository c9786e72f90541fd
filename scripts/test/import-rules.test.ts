import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A repository in which each file breaks the rule it is listed with, or none. */
const files: readonly (readonly [path: string, text: string, rule: string | undefined])[] = [
  ['packages/core/src/errors.ts', "import './json.js';", 'core-errors'],
  ['packages/core/src/json.ts', 'export type Json = unknown;', undefined],
  ['packages/core/src/index.ts', "export * from './errors.js';", undefined],
  ['packages/core/src/entries/protocol.ts', "export * from '../protocol/wire.js';", undefined],
  ['packages/core/src/protocol/wire.ts', "import '../chat/pipeline.js';", 'core-protocol'],
  ['packages/core/src/chat/pipeline.ts', "import '../ports/clock.js';", undefined],
  ['packages/core/src/ports/clock.ts', "import { Json } from '../json.js';", 'core-ports-types-only'],
  ['packages/core/src/ports/store.ts', "import type { Json } from '../json.js';", undefined],
  ['packages/core/src/workflow/edit.ts', "import '../agent/loop.js';", 'core-workflow'],
  ['packages/core/src/workflow/time.ts', "import 'node:timers';", 'core-pure-no-node'],
  ['packages/core/src/interpreter/step.ts', "import '../catalog/catalog.js';", 'core-interpreter'],
  ['packages/core/src/catalog/catalog.ts', 'export const catalog = 1;', undefined],
  ['packages/core/src/agent/loop.ts', "import '../stores/redis/client.js';", 'core-agent'],
  ['packages/core/src/stores/redis/client.ts', "import 'ioredis';", undefined],
  ['packages/core/src/stores/memory.ts', "import 'ioredis';", 'vendor-ioredis'],
  ['packages/core/src/stores/own.ts', "import '../chat/pipeline.js';", 'core-stores'],
  ['packages/core/src/runs/start.ts', "import '@anthropic-ai/sdk';", 'vendor-anthropic'],
  ['packages/core/src/triggers/start.ts', "import '../stores/memory.js';", 'core-triggers'],
  ['packages/core/src/cycle-a.ts', "import './cycle-b.js';", 'no-cycle'],
  ['packages/core/src/cycle-b.ts', "import './cycle-a.js';", undefined],
  ['packages/core/src/missing.ts', "import './not-there.js';", 'no-unresolved'],
  ['packages/widget/src/element.ts', "import '@fk-workflow/core';", 'widget-imports-wire-and-pure-parts'],
  ['packages/widget/src/files.ts', "import 'node:fs';", 'core-pure-no-node'],
  ['packages/widget/src/wire.ts', "import '@fk-workflow/core/protocol';", undefined],
  ['packages/server-adapter/src/deep.ts', "import '../../core/src/json.js';", 'packages-use-public-entries'],
  ['packages/server-adapter/src/fine.ts', "import '@fk-workflow/core';", undefined],
  ['packages/server-adapter/src/tested.ts', "import '../test/fake.js';", 'sources-import-no-tests'],
  ['packages/server-adapter/test/fake.ts', 'export const fake = 1;', undefined],
];

let broken: readonly { readonly from: string; readonly rule: string }[];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fk-workflow-rules-'));
  await copyFile('tsconfig.base.json', join(folder, 'tsconfig.base.json'));
  await copyFile('.dependency-cruiser.cjs', join(folder, '.dependency-cruiser.cjs'));
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${text}\nexport {};\n`);
  }
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'packages'];
  // It exits with the number of violations: its report is what counts.
  const { stdout } = await promisify(execFile)(resolve('node_modules/.bin/depcruise'), args, {
    cwd: folder,
    maxBuffer: 2 ** 26,
  }).catch((error: { stdout: string }) => error);
  const { summary }: { summary: { violations: { from: string; rule: { name: string } }[] } } =
    JSON.parse(stdout);
  broken = summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}, 30_000);
afterAll(() => rm(folder, { recursive: true }));

describe('the import rules', () => {
  const breaking = files.flatMap(([path, text, rule]) =>
    rule === undefined ? [] : [[path, text, rule] as const],
  );
  test.each(breaking)('%s may not: %s', (path, _text, rule) => {
    expect(broken).toContainEqual({ from: path, rule });
  });

  const fine = files.flatMap(([path, text, rule]) => (rule === undefined ? [[path, text] as const] : []));
  test.each(fine)('%s may: %s', (path) => {
    // Vendor packages are not installed in the fixture, so they do not resolve there.
    const rules = broken.filter(({ from, rule }) => from === path && rule !== 'no-unresolved');
    expect(rules).toEqual([]);
  });
});
