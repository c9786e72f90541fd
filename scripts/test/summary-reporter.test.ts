import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const files = {
  'vitest.config.ts': `import { summaryReporter } from '${resolve('scripts/summary-reporter.ts')}';
export default { test: { reporters: ['default', summaryReporter()] } };`,
  'some.test.ts': `import { expect, test } from 'vitest';
test('one', () => undefined);
test('two', () => undefined);
test('three', () => expect(1).toBe(2));
test.skip('four', () => undefined);`,
  'broken.test.ts': "throw new Error('It cannot be loaded.');",
};

test('the last line of a test run counts what passed and failed, a broken file too', async () => {
  // Below node_modules, so that the fixture finds vitest and no other project finds the fixture.
  const folder = await mkdtemp(resolve('node_modules/.fk-workflow-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const output = await new Promise<string>((done) => {
      const args = ['run', '--root', folder, '--dir', folder];
      execFile(
        resolve('node_modules/.bin/vitest'),
        args,
        { env: { PATH: process.env.PATH } },
        (_error, stdout) => done(stdout),
      );
    });
    expect(output.trimEnd().split('\n').at(-1)).toBe('2 passed, 2 failed');
  } finally {
    await rm(folder, { recursive: true });
  }
}, 30_000);
