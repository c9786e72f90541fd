/**
 * A process that goes on with the runs in a SQLite file. Prints a line for every call of a handler and when a run waits
 * or ends. Arguments: the file, `chase` or `parent` (which runs `chase`), and `start` to start the run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineAction } from '../../../../src/catalog/action.js';
import { createCatalog } from '../../../../src/catalog/catalog.js';
import { systemClock } from '../../../../src/clock.js';
import { createEmbeddedOrchestrator } from '../../../../src/runtimes/embedded/create-embedded-orchestrator.js';
import { openSqlite } from '../../../../src/stores/sqlite/open-sqlite.js';

const [file = '', workflow = '', mode] = process.argv.slice(2);
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

const action = (id: string, effect: 'write' | 'irreversible') =>
  defineAction({
    id,
    name: id,
    description: id,
    category: 'Test',
    effect,
    input: z.object({}),
    output: z.object({ sent: z.boolean() }),
    handler(_input, { key }) {
      print(`${id} ${key}`);
      return { sent: true };
    },
  });

const chase = {
  id: 'chase',
  name: 'Chase',
  steps: [
    { id: 'send', kind: 'action', action: 'mail' },
    { id: 'nap', kind: 'wait', duration: 'PT1S' },
    { id: 'note', kind: 'action', action: 'put' },
  ],
} as const;
const parent = {
  id: 'parent',
  name: 'Parent',
  steps: [
    { id: 'sub', kind: 'workflow', workflow: 'chase', version: 1 },
    { id: 'file', kind: 'action', action: 'put' },
  ],
} as const;

const { runs } = await openSqlite(file, { logger, leaseMs: 1000 });
const orchestrator = createEmbeddedOrchestrator({
  runs,
  catalog: createCatalog([action('mail', 'irreversible'), action('put', 'write')]),
  clock: systemClock,
  logger,
  timeScale: 1,
  secrets: async () => undefined,
  definitionOf: async () => chase,
});
await orchestrator.recover();
if (mode === 'start') {
  const definition = workflow === 'parent' ? parent : chase;
  await orchestrator.start({ runId: 'run_1', definition, version: 1, input: {} });
}
// The clock's timers do not keep a process alive; a server's socket would.
setInterval(() => undefined, 1000);
const show = async (runId: string, name: string): Promise<void> => {
  while (!(await orchestrator.get(runId))) await pause(10);
  for await (const { type } of orchestrator.observe(runId, 0, new AbortController().signal)) {
    if (type === 'run.waiting' || type === 'run.succeeded') print(`${name}${type}`);
  }
};
if (workflow === 'parent') await show('run_1.sub', 'sub-');
await show('run_1', '');
process.exit(0);
