import {
  createActivitySet,
  createAtomActivity,
  createWorkflowMachineBuilder,
} from 'sequential-workflow-machine';
import type { Step } from 'sequential-workflow-model';
import type { Contender } from '../../lib/best-of-rounds.js';
import { stepCount, type Task } from '../task.js';

interface State {
  readonly outputs: Record<string, Task>;
  readonly events: unknown[];
}

/** `sequential-workflow-machine`; the machine is built once. It has no expressions: handlers read the two values. */
export const sequentialMachine = ({ id, document }: Task): Contender => {
  const relay = createAtomActivity<Step, State>('relay', {
    init: () => ({}),
    handler: async (step, { outputs, events }) => {
      events.push({ type: 'started', id: step.id });
      const before = outputs[String(step.properties.before)];
      if (!before) throw new Error('A step before is missing.');
      const output = { id: before.id, document: before.document };
      outputs[step.id] = output;
      events.push({ type: 'succeeded', id: step.id, output });
    },
  });
  const sequence = Array.from({ length: stepCount }, (_, index) => ({
    id: `s${index}`,
    componentType: 'task',
    type: 'relay',
    name: 'Relay',
    properties: { before: index === 0 ? 'input' : `s${index - 1}` },
  }));
  const machine = createWorkflowMachineBuilder(createActivitySet<State>([relay])).build({
    properties: {},
    sequence,
  });
  const runOnce = (): Promise<State> =>
    new Promise((resolve) => {
      const interpreter = machine.create({
        init: () => ({ outputs: { input: { id, document } }, events: [] }),
      });
      interpreter.onDone(() => resolve(interpreter.getSnapshot().globalState));
      interpreter.start();
    });
  return async (times) => {
    for (let run = 0; run < times; run += 1) {
      const { events } = await runOnce();
      if (events.length !== 2 * stepCount) throw new Error('It did not do its work.');
    }
  };
};
