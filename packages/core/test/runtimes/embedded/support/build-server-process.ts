import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Bundles the server process as the package is bundled, so that it starts within a fraction of a second. Gives its path, below
 * `node_modules`, from where it finds what it needs.
 */
export const buildServerProcess = async (): Promise<string> => {
  const outDir = at(`../../../../../../node_modules/.cache/fk-workflow-test-${process.pid}`);
  await build({
    config: false,
    silent: true,
    clean: true,
    entry: {
      'server-process': at('./server-process.ts'),
      'writer-thread': at('../../../../src/stores/sqlite/writer-thread.js'),
    },
    outDir,
    format: ['esm'],
    target: 'node20',
    external: ['libsql', 'pg'],
    tsconfig: at('../../../../tsconfig.json'),
  });
  return `${outDir}/server-process.js`;
};
