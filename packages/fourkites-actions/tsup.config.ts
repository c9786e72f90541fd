import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', simulator: 'src/simulator/index.ts' },
  format: ['esm'],
  dts: process.env.FKW_NO_DTS ? false : { compilerOptions: { composite: false, emitDeclarationOnly: false } },
  target: 'node20',
  splitting: true,
  clean: true,
  sourcemap: false,
});
