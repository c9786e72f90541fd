import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsup';

const core = fileURLToPath(new URL('../core/src/entries', import.meta.url));

export default defineConfig([
  // For bundlers: lit, core and the Markdown libraries stay the host's to resolve once.
  {
    entry: { 'fk-workflow-builder': 'src/index.ts', client: 'src/client/index.ts' },
    format: ['esm'],
    dts: process.env.FKW_NO_DTS
      ? false
      : { compilerOptions: { composite: false, emitDeclarationOnly: false } },
    target: 'es2022',
    platform: 'browser',
    splitting: true,
    // Both builds run at once: each cleans what is its own.
    clean: ['!standalone/**'],
  },
  // For a page without a bundler: everything inside, Markdown in a chunk of its own that the first message loads.
  {
    entry: { 'fk-workflow-builder': 'src/index.ts' },
    outDir: 'dist/standalone',
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    splitting: true,
    clean: true,
    minify: true,
    noExternal: [/.*/],
    define: { 'process.env.NODE_ENV': '"production"' },
    esbuildOptions(options) {
      options.alias = {
        '@fk-workflow/core/protocol': `${core}/protocol.ts`,
        '@fk-workflow/core/workflow': `${core}/workflow.ts`,
      };
    },
  },
]);
