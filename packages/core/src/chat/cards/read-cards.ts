import { knownActionId } from '../../agent/step-kind-ids.js';
import { WorkflowError } from '../../errors.js';
import { isRecord, type Json, type JsonObject } from '../../json.js';
import type { ActionLookup } from '../../workflow/action-spec.js';

/** What counts of a card that a page sends: the rest of it is made by us. */
export interface GivenCard {
  readonly stepNumber: number | undefined;
  readonly title: string | undefined;
  readonly actionId: string;
  /** Undefined when the card says nothing of them. */
  readonly params: JsonObject | undefined;
}

/** Reads `current_workflow`. Throws `invalid_request` when it is not a JSON list of at most `max` cards with known ids. */
export const readCards = (text: string, actions: ActionLookup, max: number): readonly GivenCard[] => {
  const cards = parse(text);
  if (isDeep(cards)) throw invalid(`is nested more than ${maxDepth} levels deep.`);
  if (!isList(cards)) throw invalid('must be a JSON list of step cards.');
  if (cards.length > max) throw invalid(`has ${cards.length} cards: at most ${max} are taken.`);
  return cards.map((card, index) => readCard(card, index, actions));
};

const parse = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('is not JSON: send the list of step cards as a JSON string, or null.', cause);
  }
};

/** How deep cards may nest: this JSON comes inside a string, past the check of the body around it. */
const maxDepth = 64;

/** Level by level, not by recursion, so that the depth itself is no danger. */
const isDeep = (value: Json): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
};

const readCard = (card: Json, index: number, actions: ActionLookup): GivenCard => {
  if (!isObject(card)) throw invalid(`[${index}] must be a step card, an object.`);
  const { stepNumber, title, actionId } = card;
  const params = card.params ?? undefined;
  if (typeof actionId !== 'string') throw invalid(`[${index}].actionId must be a string.`);
  const known = knownActionId(actionId, actions);
  if (known === undefined) {
    throw invalid(`[${index}].actionId "${actionId}" is no action of the catalog: see GET /api/actions.`);
  }
  if (params !== undefined && !isObject(params)) throw invalid(`[${index}].params must be an object.`);
  return {
    stepNumber: typeof stepNumber === 'number' ? stepNumber : undefined,
    title: typeof title === 'string' && title.trim() !== '' ? title : undefined,
    actionId: known,
    params,
  };
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is JsonObject => isRecord(value);

const invalid = (what: string, cause?: unknown): WorkflowError =>
  new WorkflowError('invalid_request', `current_workflow${what.startsWith('[') ? '' : ' '}${what}`, {
    ...(cause === undefined ? {} : { cause }),
  });
