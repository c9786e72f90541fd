/**
 * `npm run demo`, `npm run demo:fastify`, `npm run worker`: builds what is older than its sources, then runs the example
 * in this process.
 */
import { buildPackage } from './lib/build-package.js';
import { isStale } from './lib/stale.js';

/** What the demo loads from `dist`, and what each is built from. The widget's page build holds parts of core. */
const packages = [
  {
    folder: 'packages/core',
    sources: ['packages/core'],
    built: ['dist/index.js', 'dist/temporal-workflow.cjs'],
  },
  { folder: 'packages/server-adapter', sources: ['packages/server-adapter'], built: ['dist/index.js'] },
  { folder: 'packages/fourkites-actions', sources: ['packages/fourkites-actions'], built: ['dist/index.js'] },
  {
    folder: 'packages/widget',
    sources: ['packages/widget', 'packages/core'],
    built: ['dist/fk-workflow-builder.js', 'dist/standalone/fk-workflow-builder.js'],
  },
];

/** What runs in this process, by name. */
const examples = new Map([
  ['express', 'express/src/main.ts'],
  ['fastify', 'fastify/src/main.ts'],
  ['worker', 'shared/src/worker.ts'],
]);

const main = async (): Promise<void> => {
  const example = examples.get(process.argv[2] ?? '');
  if (!example) throw new Error('Name the example: npm run demo, npm run demo:fastify or npm run worker.');
  const stale = packages.filter(isStale);
  if (stale.length > 0) {
    console.log(`Building ${stale.map(({ folder }) => folder).join(', ')} …`);
    await Promise.all(stale.map(({ folder }) => buildPackage(folder)));
  }
  await import(new URL(`../examples/${example}`, import.meta.url).href);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
