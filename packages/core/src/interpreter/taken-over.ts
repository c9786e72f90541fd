import type { TakenOverStep } from '../ports/run-store.js';
import type { StepResult } from './result.js';

/** The steps that are taken over, by path. */
export type TakenOver = ReadonlyMap<string, TakenOverStep>;

/** How a step ended in the earlier run; undefined when it is to run. */
export const takenOverResult = (takenOver: TakenOver, path: string): StepResult | undefined => {
  const ended = takenOver.get(path)?.ended;
  if (!ended) return undefined;
  return 'output' in ended
    ? { kind: 'succeeded', output: ended.output }
    : { kind: 'failed', error: ended.error, path };
};
