import { bestOfRounds } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import { langGraph } from './peers/langgraph.js';
import { ourInterpreter } from './peers/ours.js';
import { sequentialMachine } from './peers/sequential-machine.js';
import { workflowKit } from './peers/workflow-kit.js';
import { largeTask, smallTask, stepCount, type Task } from './task.js';

/** What a step costs when its handler does nothing, ten steps a run, two expressions and two events a step. */
export const noOpSteps = async (): Promise<readonly Row[]> => {
  const small = await microseconds(smallTask);
  const large = await microseconds(largeTask);
  return [
    row('no-op step, small data', 'µs/step', small.ours, { atMost: 3 }, small.peers),
    row('no-op step, 3 KB outputs', 'µs/step', large.ours, { atMost: 20 }, large.peers),
    row('the same, every output serialised once', 'µs/step', large.serialised, { atMost: 20 }),
  ];
};

const microseconds = async (task: Task) => {
  const best = await bestOfRounds({
    ours: ourInterpreter(task),
    serialised: ourInterpreter(task, JSON.stringify),
    '@inngest/workflow-kit': await workflowKit(task),
    'sequential-workflow-machine': sequentialMachine(task),
    '@langchain/langgraph': langGraph(task),
  });
  const perStep = (ms: number): number => (ms * 1000) / stepCount;
  const { ours, serialised, ...peers } = best;
  return {
    ours: perStep(ours),
    serialised: perStep(serialised),
    peers: Object.fromEntries(Object.entries(peers).map(([name, ms]) => [name, perStep(ms)])),
  };
};
