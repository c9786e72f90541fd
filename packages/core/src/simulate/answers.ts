import { WorkflowError } from '../errors.js';
import { isRecord, type Json, type JsonObject } from '../json.js';
import type { Step } from '../workflow/definition.js';
import type { RunError } from '../workflow/run.js';
import type { Definitions } from './definitions.js';
import { idPathOf } from './run-path.js';
import type { SimulationAnswers } from './simulation.js';

/** What an answer says. */
type Answer =
  | { readonly kind: 'output'; readonly output: Json }
  | { readonly kind: 'error'; readonly error: RunError }
  | { readonly kind: 'signal'; readonly payload: Json; readonly by: string | null }
  | { readonly kind: 'timeout' };

/** An answer, with how it was given. */
export type GivenAnswer = Answer & { readonly given: Json };

/** The given answers, read. */
export interface Answers {
  /** The answer for a step at a path: by the path, else by the step's id, see `idPathOf`. */
  of(path: string): GivenAnswer | undefined;
  /** That of a step's compensation. */
  ofUndo(path: string): GivenAnswer | undefined;
}

const undo = '#undo';

/** Reads the answers. Throws `invalid_request` for one that no step takes, or that has the wrong shape for its step. */
export const readAnswers = (definitions: Pick<Definitions, 'stepAt'>, given: SimulationAnswers): Answers => {
  const answers = new Map<string, GivenAnswer>();
  for (const [key, value] of Object.entries(given)) {
    const undone = key.endsWith(undo);
    const step = definitions.stepAt(idPathOf(undone ? key.slice(0, -undo.length) : key));
    if (!step || (undone && step.kind !== 'action')) {
      throw refused(
        key,
        'answers no step of the definition: use a step id, or a run path such as each[3]/note or, in a sub-workflow, chase/note',
      );
    }
    const answer = undone ? readOutcome(key, value) : readAnswer(key, value, step);
    answers.set(key, { ...answer, given: value });
  }
  return {
    of: (path) => answers.get(path) ?? answers.get(idPathOf(path)),
    ofUndo: (path) => answers.get(path + undo) ?? answers.get(idPathOf(path) + undo),
  };
};

const readAnswer = (key: string, value: Json, step: Step): Answer => {
  switch (step.kind) {
    case 'action':
    case 'workflow':
      return readOutcome(key, value);
    case 'approval':
      return readTimeout(key, value, step.timeout) ?? readDecision(key, value);
    case 'wait':
      if (step.signal === undefined) break;
      return readTimeout(key, value, step.timeout) ?? readPayload(key, value);
  }
  throw refused(key, `is of kind "${step.kind}", which takes no answer`);
};

const readOutcome = (key: string, value: Json): Answer => {
  if (isTimeout(value)) {
    return { kind: 'error', error: { code: 'timeout', message: `"${key}" takes longer than it may.` } };
  }
  if (!isOnly(value, ['error']) || !isRecord(value.error)) return { kind: 'output', output: value };
  const { code, message } = value.error;
  return typeof code === 'string' && typeof message === 'string' && isOnly(value.error, ['code', 'message'])
    ? { kind: 'error', error: { code, message } }
    : { kind: 'output', output: value };
};

const readTimeout = (key: string, value: Json, timeout: string | undefined): Answer | undefined => {
  if (!isTimeout(value)) return undefined;
  if (timeout === undefined) throw refused(key, 'cannot time out: the step has no timeout');
  return { kind: 'timeout' };
};

const readDecision = (key: string, value: Json): Answer => {
  const {
    decision,
    comment = null,
    by = null,
  }: JsonObject = isOnly(value, ['decision', 'comment', 'by']) ? value : {};
  const decided = decision === 'approved' || decision === 'rejected';
  if (!decided || !isTextOrNull(comment) || !isTextOrNull(by)) {
    throw refused(
      key,
      'takes {"decision": "approved" or "rejected", "comment"?, "by"?}, or {"timeout": true}',
    );
  }
  return { kind: 'signal', payload: { decision, comment }, by };
};

const readPayload = (key: string, value: Json): Answer => {
  if (!isOnly(value, ['payload']) || value.payload === undefined) {
    throw refused(key, 'takes {"payload": …}, or {"timeout": true}');
  }
  return { kind: 'signal', payload: value.payload, by: null };
};

const isTimeout = (value: Json): boolean => isOnly(value, ['timeout']) && value.timeout === true;

const isOnly = (value: unknown, keys: readonly string[]): value is JsonObject =>
  isRecord(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => keys.includes(key));

const isTextOrNull = (value: Json | undefined): value is string | null =>
  value === null || typeof value === 'string';

const refused = (key: string, why: string): WorkflowError =>
  new WorkflowError('invalid_request', `The answer "${key.slice(0, 200)}" ${why}.`);
