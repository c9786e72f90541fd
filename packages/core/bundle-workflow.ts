import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const workflow = fileURLToPath(new URL('src/runtimes/temporal/workflow/workflow-run.ts', import.meta.url));

/**
 * From the workflow: evaluated once a worker, not again with every run. The interpreter is pure, and most of the code; what
 * definitions are known is the worker's.
 */
const preloaded = [
  '../no-stack-traces.ts',
  '../known-definitions.ts',
  '../../../../interpreter/interpret.ts',
];

/**
 * The workflow of the Temporal runtime as one script for its sandbox, so that a host needs no bundler.
 * Rejects when something in it needs a module of Node.
 */
export const bundleWorkflow = async (workflowsPath = workflow): Promise<string> => {
  const shared = preloaded.map((module) => resolve(workflowsPath, module));
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    preloadModules: shared,
    // The package has no side effects: a module that is only loaded would be left out.
    webpackConfigHook: (config) => ({
      ...config,
      mode: 'production',
      devtool: false,
      module: { ...config.module, rules: [typescript, { resource: shared, sideEffects: true }] },
    }),
    logger: silent,
  });
  // Workers refuse code without a map; the real one is larger than the code.
  return `${code}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${emptyMap}`;
};

const emptyMap = Buffer.from(
  '{"version":3,"file":"temporal-workflow.cjs","sources":[],"names":[],"mappings":""}',
).toString('base64');

const own = createRequire(import.meta.url);
const worker = createRequire(own.resolve('@temporalio/worker'));

/** In place of the SDK's rule, which writes code for 2017. */
const typescript = {
  test: /\.ts$/,
  exclude: /node_modules/,
  use: {
    loader: worker.resolve('swc-loader'),
    options: { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
  },
};

const nothing = (): void => undefined;
const silent = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
