import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildPackage } from '../../scripts/lib/build-package.js';
import { isStale } from '../../scripts/lib/stale.js';

const core = {
  folder: 'packages/core',
  sources: ['packages/core'],
  built: ['dist/index.js', 'dist/temporal-workflow.cjs'],
};

/**
 * Bundles a suite into `bench/dist`; answers the bundle's path. Packages stay outside and are loaded as installed, core as built,
 * which is done here when its sources are newer. (tsx wraps every function for its name, which costs more than a step.)
 */
export const bundle = async (suite: string): Promise<string> => {
  if (isStale(core)) {
    console.error(`Building ${core.folder} …`);
    await buildPackage(core.folder);
  }
  const outfile = fileURLToPath(new URL(`../dist/${suite}.js`, import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(`../${suite}/suite.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // Without the path mappings, which lead to core's sources.
    tsconfigRaw: {},
  });
  return outfile;
};
