/** `npm run demo`, `npm run demo:fastify`: builds what is older than its sources, then runs the example in this process. */
import { buildPackage } from './lib/build-package.js';
import { isStale } from './lib/stale.js';

/** What the demo loads from `dist`, and what each is built from. The widget's page build holds parts of core. */
const packages = [
  { folder: 'packages/core', sources: ['packages/core'], built: ['dist/index.js'] },
  { folder: 'packages/server-adapter', sources: ['packages/server-adapter'], built: ['dist/index.js'] },
  { folder: 'packages/fourkites-actions', sources: ['packages/fourkites-actions'], built: ['dist/index.js'] },
  {
    folder: 'packages/widget',
    sources: ['packages/widget', 'packages/core'],
    built: ['dist/fk-workflow-builder.js', 'dist/standalone/fk-workflow-builder.js'],
  },
];

const main = async (): Promise<void> => {
  const [example] = process.argv.slice(2);
  if (example !== 'express' && example !== 'fastify') {
    throw new Error('Name the example: npm run demo, or npm run demo:fastify.');
  }
  const stale = packages.filter(isStale);
  if (stale.length > 0) {
    console.log(`Building ${stale.map(({ folder }) => folder).join(', ')} …`);
    await Promise.all(stale.map(({ folder }) => buildPackage(folder)));
  }
  await import(new URL(`../examples/${example}/src/main.ts`, import.meta.url).href);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
