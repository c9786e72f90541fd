import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflow } from '../../../../bundle-workflow.js';

const core = fileURLToPath(new URL('../../../../', import.meta.url));

/** What the workflow is made of. */
const sources = [
  'src/runtimes/common',
  'src/runtimes/temporal/common',
  'src/runtimes/temporal/workflow',
  'src/interpreter',
  'src/expressions',
  'src/workflow',
  'src/errors.ts',
  'bundle-workflow.ts',
];

/** The path of the bundled workflow code, bundled from the sources once for all test files. */
export const workflowCode = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const path of sources) for (const text of await texts(join(core, path))) hash.update(text);
  const folder = join(tmpdir(), 'fk-workflow-temporal-code');
  const path = join(folder, `${hash.digest('hex').slice(0, 16)}.cjs`);
  if (await readable(path)) return path;
  const code = await bundleWorkflow();
  await mkdir(folder, { recursive: true });
  // Renamed, so that a test file beside this one never reads half of it.
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
  return path;
};

const texts = async (path: string): Promise<string[]> => {
  if (path.endsWith('.ts')) return [await readFile(path, 'utf8')];
  const files = await readdir(path, { recursive: true });
  return Promise.all(
    files
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => readFile(join(path, file), 'utf8')),
  );
};

const readable = (path: string): Promise<boolean> =>
  readFile(path).then(
    () => true,
    () => false,
  );
