import { copyFile, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { bundleWorkflow } from './bundle-workflow.js';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    protocol: 'src/entries/protocol.ts',
    workflow: 'src/entries/workflow.ts',
    testing: 'src/entries/testing.ts',
    anthropic: 'src/entries/anthropic.ts',
    redis: 'src/entries/redis.ts',
    sqlite: 'src/entries/sqlite.ts',
    postgres: 'src/entries/postgres.ts',
    temporal: 'src/entries/temporal.ts',
    'temporal-worker': 'src/entries/temporal-worker.ts',
  },
  format: ['esm'],
  dts: process.env.FKW_NO_DTS ? false : { compilerOptions: { composite: false, emitDeclarationOnly: false } },
  target: 'node20',
  splitting: true,
  clean: true,
  sourcemap: false,
  // What is read as a file: a thread starts from one of its own, and a Temporal worker hands its workflow's to a sandbox.
  onSuccess: async () => {
    await copyFile('src/stores/sqlite/writer-thread.js', 'dist/writer-thread.js');
    await writeFile('dist/temporal-workflow.cjs', await bundleWorkflow());
  },
});
