import { numberedSteps } from '../agent/numbered-steps.js';
import type { Json, JsonObject } from '../json.js';
import type { ChatAnswer, Draft } from '../protocol/chat.js';
import type { ActionLookup } from '../workflow/action-spec.js';

/** What the first version's page reads from the draft to build its node list. */
export const detectedFrom = (
  draft: Draft | null,
  actions: ActionLookup,
): Pick<ChatAnswer, 'detected_actions' | 'collected_params'> => {
  if (!draft) return { detected_actions: null };
  const collected = new Map<string, JsonObject>();
  for (const { actionId, params } of numberedSteps(draft.definition, actions)) {
    if (!collected.has(actionId)) collected.set(actionId, knownValues(params));
  }
  return { detected_actions: [...collected.keys()], collected_params: Object.fromEntries(collected) };
};

/** The values that are known now: a template is not known before the run. */
const knownValues = (params: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => !hasTemplate(value)));

const hasTemplate = (value: Json): boolean => JSON.stringify(value).includes('${{');

/** Whether the draft could be saved and run as it is. */
export const isComplete = (draft: Draft | null): draft is Draft =>
  draft !== null &&
  draft.definition.steps.length > 0 &&
  !draft.problems.some(({ severity }) => severity === 'error');
