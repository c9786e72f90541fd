/**
 * A host with client and worker in one process, which starts a run and dies in its first handler. Arguments: address, task
 * queue, id of the run.
 */
import { createTemporalWorld } from './temporal-world.js';

const [address = '', taskQueue = '', runId = ''] = process.argv.slice(2);

const world = await createTemporalWorld({
  address,
  taskQueue,
  scripts: {
    look: () => {
      process.kill(process.pid, 'SIGKILL');
      return null;
    },
  },
});
const steps = [
  { id: 'a', kind: 'action', action: 'look' },
  { id: 'b', kind: 'action', action: 'put', input: { n: 1 } },
] as const;
await world.orchestrator.start({
  runId,
  definition: { id: 'test', name: 'Test', steps },
  version: 1,
  input: {},
});
