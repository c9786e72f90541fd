import { WorkflowError } from '../errors.js';
import type { LanguageModel, ModelEvent, ModelRequest } from '../ports/language-model.js';

/** A model that plays back prepared answers and records what it was asked. */
export interface ScriptedModel extends LanguageModel {
  /** Every request so far, as it was when it came. */
  readonly requests: readonly ModelRequest[];
}

/**
 * A language model for tests: the nth call streams the nth list of events. A call past the end of the script throws
 * `model_failed`, an aborted one throws the signal's reason before its next event.
 *
 * @example
 * const model = scriptedModel([
 *   [{ type: 'text', delta: 'Hello.' }, { type: 'finish', reason: 'stop', usage: { inputTokens: 1, outputTokens: 1 } }],
 * ]);
 */
export const scriptedModel = (turns: readonly (readonly ModelEvent[])[]): ScriptedModel => {
  const requests: ModelRequest[] = [];
  return {
    name: 'scripted',
    requests,
    async *stream(request, signal) {
      const turn = turns[requests.length];
      requests.push({
        ...structuredClone({ ...request, context: undefined }),
        context: { actions: request.context.actions, draft: structuredClone(request.context.draft) },
      });
      if (!turn) {
        throw new WorkflowError(
          'model_failed',
          `The script has ${turns.length} answers, and this is call ${requests.length}. Add an answer to the script.`,
        );
      }
      for (const event of turn) {
        signal.throwIfAborted();
        yield structuredClone(event);
      }
    },
  };
};
