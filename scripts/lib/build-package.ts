import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Builds a package without its types: they take most of a build and nothing loads them. Throws what tsup says when it fails. */
export const buildPackage = async (folder: string): Promise<void> => {
  let output = '';
  const tsup = spawn(process.execPath, ['../../node_modules/tsup/dist/cli-default.js'], {
    cwd: folder,
    env: { ...process.env, FKW_NO_DTS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  tsup.stdout.on('data', keep);
  tsup.stderr.on('data', keep);
  const [code] = await once(tsup, 'close');
  if (code !== 0) throw new Error(`${folder} could not be built:\n${output}`);
};
