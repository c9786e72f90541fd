import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    express: 'src/express.ts',
    fastify: 'src/fastify.ts',
    node: 'src/node.ts',
  },
  format: ['esm'],
  dts: process.env.FKW_NO_DTS ? false : { compilerOptions: { composite: false, emitDeclarationOnly: false } },
  define: { PACKAGE_VERSION: JSON.stringify(version) },
  target: 'node20',
  splitting: true,
  clean: true,
  sourcemap: false,
});
