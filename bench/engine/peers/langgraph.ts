import type { Json } from '@fk-workflow/core/workflow';
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import type { Contender } from '../../lib/best-of-rounds.js';
import { stepCount, type Task } from '../task.js';

/** LangGraph.js; the graph is compiled once. It has no expressions: nodes read the two values of the state. */
export const langGraph = ({ id, document }: Task): Contender => {
  let events: unknown[] = [];
  const State = Annotation.Root({ id: Annotation<string>(), document: Annotation<Json>() });
  const names = Array.from({ length: stepCount }, (_, index) => `s${index}`);
  const graph = new StateGraph(State).addSequence(
    names.map((name) => [
      name,
      (state: typeof State.State) => {
        events.push({ type: 'started', id: name });
        const output = { id: state.id, document: state.document };
        events.push({ type: 'succeeded', id: name, output });
        return output;
      },
    ]),
  );
  const compiled = graph
    .addEdge(START, 's0')
    .addEdge(`s${stepCount - 1}`, END)
    .compile();
  return async (times) => {
    for (let run = 0; run < times; run += 1) {
      events = [];
      await compiled.invoke({ id, document });
      if (events.length !== 2 * stepCount) throw new Error('It did not do its work.');
    }
  };
};
