import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { summaryReporter } from './scripts/summary-reporter.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests run on the sources, so no build has to come first. */
const alias = [
  { find: /^@fk-workflow\/core$/, replacement: at('packages/core/src/index.ts') },
  {
    find: /^@fk-workflow\/core\/temporal\/worker$/,
    replacement: at('packages/core/src/entries/temporal-worker.ts'),
  },
  { find: /^@fk-workflow\/core\/(.+)$/, replacement: `${at('packages/core/src/entries/')}$1.ts` },
  { find: /^@fk-workflow\/server-adapter$/, replacement: at('packages/server-adapter/src/index.ts') },
  { find: /^@fk-workflow\/server-adapter\/(.+)$/, replacement: `${at('packages/server-adapter/src/')}$1.ts` },
  { find: /^@fk-workflow\/widget$/, replacement: at('packages/widget/src/index.ts') },
  { find: /^@fk-workflow\/widget\/client$/, replacement: at('packages/widget/src/client/index.ts') },
  { find: /^@fk-workflow\/fourkites-actions$/, replacement: at('packages/fourkites-actions/src/index.ts') },
  {
    find: /^@fk-workflow\/fourkites-actions\/simulator$/,
    replacement: at('packages/fourkites-actions/src/simulator/index.ts'),
  },
];

const chromium = process.env.CHROMIUM_PATH;

/**
 * unit: no service, seconds. services: real Redis, Postgres, Temporal (started by `npm run services`).
 * browser: components in a real Chromium. e2e: the built demo, as a person uses it.
 */
export default defineConfig({
  test: {
    reporters: ['default', summaryReporter()],
    // By default one less than the cores: one on a small machine, where most files wait for a service and not for a core.
    maxWorkers: 3,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{packages,examples}/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
          exclude: ['**/*.service.test.ts', '**/*.browser.test.ts', '**/node_modules/**'],
          setupFiles: [at('scripts/lib/fast-check-seed.ts')],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'services',
          include: ['{packages,examples}/*/test/**/*.service.test.ts'],
          setupFiles: [at('scripts/lib/fast-check-seed.ts')],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        esbuild: {
          tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
        },
        test: {
          name: 'browser',
          include: ['packages/widget/test/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
