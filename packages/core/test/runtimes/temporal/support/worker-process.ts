/**
 * A worker in a process of its own, to be killed. Prints a line for every call of a handler, `action key`, and `ready`.
 * Arguments: address, task queue, path of the workflow's code.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createWorker } from '../../../../src/runtimes/temporal/worker/create-worker.js';
import { type Script, scriptedCatalog, until } from './temporal-world.js';

const [address = '', taskQueue = '', codePath = ''] = process.argv.slice(2);
const silent = () => undefined;
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

const script =
  (action: string): Script =>
  async (input, { key }) => {
    print(`${action} ${key}`);
    await pause(100);
    return input;
  };
const scripts = { look: script('look'), put: script('put'), mail: script('mail'), pay: script('pay') };

const worker = await createWorker({
  address,
  taskQueue,
  catalog: scriptedCatalog(scripts, []),
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  workflowBundle: { codePath },
});
await until(() => worker.ready());
print('ready');
