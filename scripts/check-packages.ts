/** `npm run check:packages`: what npm would publish, looked at by publint and are-the-types-wrong. Needs a build. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const run = promisify(execFile);
const packages = ['core', 'server-adapter', 'fourkites-actions', 'widget'];

/** Messages of publint, suggestions included. */
const disliked = async (folder: string): Promise<string[]> => {
  const { messages, pkg } = await publint({ pkgDir: folder, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`);
};

/** What are-the-types-wrong finds for consumers with ES modules, the only ones there are. */
const wrongTypes = async (folder: string): Promise<string[]> => {
  // The standalone build is for script tags: it has no types.
  const args = [
    '--pack',
    folder,
    '--profile',
    'esm-only',
    '--no-emoji',
    '--exclude-entrypoints',
    'standalone',
  ];
  try {
    await run('node_modules/.bin/attw', args);
    return [];
  } catch (error) {
    return [error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)];
  }
};

for (const name of packages) {
  const folder = `packages/${name}`;
  const problems = [...(await disliked(folder)), ...(await wrongTypes(folder))];
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${folder}`);
  if (problems.length === 0) continue;
  process.exitCode = 1;
  console.error(problems.join('\n'));
}
