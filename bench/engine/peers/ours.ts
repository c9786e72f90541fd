import { interpret, type RunEventBody } from '@fk-workflow/core/workflow';
import type { Contender } from '../../lib/best-of-rounds.js';
import { relayActions } from '../actions.js';
import { instantRuntime } from '../instant-runtime.js';
import { relayDefinition } from '../relay-definition.js';
import { stepCount, type Task } from '../task.js';

/** The interpreter of this repository; the definition is compiled once. */
export const ourInterpreter = (
  { id, document }: Task,
  alsoEach: (output: unknown) => void = () => undefined,
): Contender => {
  const definition = relayDefinition(stepCount);
  const input = { id, document };
  return async (times) => {
    for (let run = 0; run < times; run += 1) {
      const events: RunEventBody[] = [];
      const runtime = instantRuntime(
        (event) => events.push(event),
        (call) => {
          alsoEach(call.input);
          return call.input;
        },
      );
      await interpret({ definition, input, actions: relayActions }, runtime);
      if (events.length !== 2 * stepCount + 2) throw new Error('It did not do its work.');
    }
  };
};
