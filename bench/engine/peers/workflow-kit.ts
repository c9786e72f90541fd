import { Engine } from '@inngest/workflow-kit';
import type { Contender } from '../../lib/best-of-rounds.js';
import { stepCount, type Task } from '../task.js';

/** `@inngest/workflow-kit`. Its graph is checked once: the state of a first run is executed again and again. */
export const workflowKit = async ({ id, document }: Task): Promise<Contender> => {
  let events: unknown[] = [];
  const engine = new Engine({
    actions: [
      {
        kind: 'relay',
        name: 'Relay',
        handler: async ({ workflowAction }) => {
          events.push({ type: 'started', id: workflowAction.id });
          const output = workflowAction.inputs;
          events.push({ type: 'succeeded', id: workflowAction.id, output });
          return output;
        },
      },
    ],
  });
  const before = (index: number): string => (index === 0 ? 'event.data' : `state.s${index - 1}`);
  const workflow = {
    actions: Array.from({ length: stepCount }, (_, index) => ({
      id: `s${index}`,
      kind: 'relay',
      inputs: { id: `!ref($.${before(index)}.id)`, document: `!ref($.${before(index)}.document)` },
    })),
    edges: Array.from({ length: stepCount }, (_, index) => ({
      from: index === 0 ? '$source' : `s${index - 1}`,
      to: `s${index}`,
    })),
  };
  const event = { name: 'start', data: { id, document } };
  const state = await engine.run({ event, step: {}, workflow });
  return async (times) => {
    for (let run = 0; run < times; run += 1) {
      events = [];
      await state.execute();
      if (events.length !== 2 * stepCount) throw new Error('It did not do its work.');
    }
  };
};
