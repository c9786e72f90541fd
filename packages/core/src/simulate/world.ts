import type {
  ActionAnswer,
  ActionCall,
  Runtime,
  SignalAnswer,
  SignalRequest,
  SubRunCall,
} from '../interpreter/runtime.js';
import type { Json, JsonSchema } from '../json.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import type { RunError } from '../workflow/run.js';
import type { Answers, GivenAnswer } from './answers.js';
import type { Budget } from './budget.js';
import type { Choices } from './choices.js';
import { createDecide } from './decide.js';
import type { Knowledge, Sources } from './knowledge.js';
import type { Origins } from './origins.js';
import { stepIdOf } from './run-path.js';
import { sampleFrom, sampleOf } from './sample.js';
import type { SimulateOptions, Unknown } from './simulation.js';
import type { Trace } from './trace.js';

/** What answers a simulated run instead of the world. */
export interface World extends Required<Pick<Runtime, 'decide'>> {
  action(call: ActionCall): ActionAnswer;
  subRun(call: SubRunCall): ActionAnswer;
  /** Undefined: nobody answers in time. */
  signal(request: SignalRequest): SignalAnswer | undefined;
}

/** What the world of a run is made of. */
export interface WorldParts {
  readonly actions: ActionLookup;
  readonly simulator: SimulateOptions['simulator'];
  readonly answers: Answers;
  readonly sources: Sources;
  /** See `assuming`. */
  readonly assume: (sample: Json, origin: string) => Json;
  readonly choices: Choices;
  readonly origins: Origins;
  readonly knowledge: Knowledge;
  readonly trace: Trace;
  readonly budget: Budget;
  /** Whether a run above takes the failure of this one. */
  readonly failureIsTaken: boolean;
}

/**
 * Makes the {@link World} of a run: what is answered is as answered; where nothing says how something comes out, it is a
 * choice; what nothing says the value of is a sample. No handler is called.
 */
export const createWorld = (parts: WorldParts): World => {
  const { actions, simulator, answers, sources, assume, choices, origins, knowledge, trace, failureIsTaken } =
    parts;

  /** The outcome of a step whose failure is taken somewhere, so that the path after it counts. */
  const mayFail = (path: string): RunError | undefined => {
    const step = sources.steps.get(stepIdOf(path));
    const onError = step && 'onError' in step ? (step.onError ?? 'fail') : 'fail';
    if (onError === 'fail' && !failureIsTaken) return undefined;
    const outcome = choices.choose(['succeeds', 'fails']);
    trace.unknown({ path, what: 'outcome', assumed: outcome });
    if (outcome === 'succeeds') return undefined;
    const error = { code: 'action_failed', message: 'It fails on this path of the simulation.' };
    knowledge.madeUp(stepIdOf(path), 'sample');
    trace.answer(path, { error });
    return error;
  };

  /** A sample as the answer of a step. */
  const madeUp = (
    path: string,
    sample: Json,
    schema: JsonSchema | undefined,
    from: Pick<Unknown, 'what' | 'assumed'>,
  ): Json => {
    const value = assume(sample, path);
    origins.add(value, path, schema);
    knowledge.madeUp(stepIdOf(path), typeof value !== 'object' || value === null ? 'scalar' : 'sample');
    trace.unknown({ path, ...from });
    return value;
  };

  const outputOf = (call: ActionCall): Json => {
    const { path, action, effect } = call;
    const known = effect === 'read' ? simulator?.(call) : undefined;
    if (known !== undefined) {
      trace.answer(path, known);
      return known;
    }
    const spec = actions.get(action);
    const schema = spec?.outputSchema ?? {};
    const example = spec?.example?.output;
    const output =
      example === undefined
        ? madeUp(path, sampleOf(schema), schema, { what: 'output', assumed: 'schema' })
        : madeUp(path, sampleFrom(example), schema, { what: 'output', assumed: 'example' });
    trace.answer(path, output);
    return output;
  };

  const answerTo = (path: string, output: () => Json): ActionAnswer => {
    const answer = answers.of(path);
    if (answer) return answerAs(path, answer);
    const error = mayFail(path);
    return error ? failed(error) : succeeded(output());
  };

  const answerAs = (key: string, answer: GivenAnswer): ActionAnswer => {
    trace.answer(key, answer.given);
    return answer.kind === 'error'
      ? failed(answer.error)
      : succeeded(answer.kind === 'output' ? answer.output : null);
  };

  const decisionOf = (path: string, canTimeOut: boolean): SignalAnswer | undefined => {
    const decision = choices.choose(
      canTimeOut ? ['approved', 'rejected', 'timeout'] : ['approved', 'rejected'],
    );
    trace.unknown({ path, what: 'decision', assumed: decision });
    trace.answer(path, decision === 'timeout' ? { timeout: true } : { decision });
    if (decision === 'timeout') return undefined;
    knowledge.madeUp(stepIdOf(path), 'sample');
    return { payload: { decision, comment: null }, by: null };
  };

  const payloadOf = (path: string, canTimeOut: boolean): SignalAnswer | undefined => {
    const outcome = canTimeOut ? choices.choose(['received', 'timeout']) : 'received';
    if (canTimeOut) trace.unknown({ path, what: 'outcome', assumed: outcome });
    if (outcome === 'timeout') {
      trace.answer(path, { timeout: true });
      return undefined;
    }
    const payload = madeUp(path, {}, undefined, { what: 'payload', assumed: 'nothing' });
    trace.answer(path, { payload });
    return { payload, by: null };
  };

  return {
    action(call) {
      const { path, undo } = call;
      if (!undo) return answerTo(path, () => outputOf(call));
      const answer = answers.ofUndo(path);
      // What a compensation gives is read by nobody.
      return answer ? answerAs(`${path}#undo`, answer) : succeeded(null);
    },
    subRun: ({ path }) =>
      answerTo(path, () => {
        const output = madeUp(path, {}, undefined, { what: 'output', assumed: 'nothing' });
        trace.answer(path, output);
        return output;
      }),
    signal: ({ path, name }: SignalRequest) => {
      const answer = answers.of(path);
      if (answer) trace.answer(path, answer.given);
      if (answer?.kind === 'signal') return { payload: answer.payload, by: answer.by };
      if (answer?.kind === 'timeout') return undefined;
      const step = sources.steps.get(stepIdOf(path));
      const canTimeOut = step !== undefined && 'timeout' in step && step.timeout !== undefined;
      return name === undefined ? decisionOf(path, canTimeOut) : payloadOf(path, canTimeOut);
    },
    decide: createDecide(parts),
  };
};

const succeeded = (output: Json): ActionAnswer => ({ ok: true, output });

const failed = (error: RunError): ActionAnswer => ({ ok: false, error, retryable: false });
