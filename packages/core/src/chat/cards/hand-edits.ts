import { newStep } from '../../agent/new-step.js';
import { stepIds } from '../../agent/step-ids.js';
import { paramsEdit } from '../../agent/step-params.js';
import type { StepCard } from '../../protocol/chat.js';
import type { ActionLookup } from '../../workflow/action-spec.js';
import type { Definition, Step } from '../../workflow/definition.js';
import type { At, Edit } from '../../workflow/edit.js';
import { walkSteps } from '../../workflow/walk.js';
import { longestGrowing, matchCards } from './match-cards.js';
import type { GivenCard } from './read-cards.js';

/**
 * What a person changed in the first version's page, as edits: cards whose parameters or title differ update their step,
 * a missing card removes it, a card in another place moves it, a new one inserts it.
 *
 * A card between two others goes into the list of the one after it; the last one goes to the end of the workflow.
 * `sent` are the cards of `definition`, in reading order.
 */
export const handEdits = (
  given: readonly GivenCard[],
  sent: readonly StepCard[],
  definition: Definition,
  actions: ActionLookup,
): readonly Edit[] => {
  const placed = [...walkSteps(definition.steps)];
  const matches = matchCards(given, sent);
  const present = new Set(matches);
  const removed = new Set(placed.flatMap(({ step }, index) => (present.has(index) ? [] : [step.id])));
  /** The step each step is inside, kept up to date as steps are put elsewhere. */
  const parents = new Map(placed.map(({ step, parent }) => [step.id, parent?.step.id]));
  const isInside = (id: string, outer: (up: string) => boolean): boolean => {
    for (let up = parents.get(id); up !== undefined; up = parents.get(up)) if (outer(up)) return true;
    return false;
  };
  const leaving = new Set([...parents.keys()].filter((id) => isInside(id, (up) => removed.has(up))));

  const stays = longestGrowing(
    matches.flatMap((at) => {
      const step = at === undefined ? undefined : placed[at]?.step;
      return at === undefined || !step || leaving.has(step.id) ? [] : [at];
    }),
  );

  const updates: Edit[] = [];
  const moves: Edit[] = [];
  const taken = stepIds(definition);
  /** The steps of the cards after the present one, in order. */
  const following: string[] = [];
  const place = (id: string, next: string | undefined): At => {
    parents.set(id, next === undefined ? undefined : parents.get(next));
    return next === undefined ? { last: true } : { before: next };
  };
  for (const [index, card] of [...given.entries()].reverse()) {
    const at = matches[index];
    const step = at === undefined ? undefined : placed[at]?.step;
    if (at === undefined || !step) {
      const inserted = newStep(newStepOf(card), actions, taken);
      moves.push({ op: 'insert', step: inserted, at: place(inserted.id, following[0]) });
      following.unshift(inserted.id);
      continue;
    }
    updates.push(...updatesOf(step, card, sent[at]));
    if (!stays.has(at)) {
      // A step cannot go before one that is inside it: those move along with it.
      const next = following.find((id) => !isInside(id, (up) => up === step.id));
      moves.push({ op: 'move', id: step.id, at: place(step.id, next) });
    }
    following.unshift(step.id);
  }
  const removals = [...removed].filter((id) => !leaving.has(id)).map((id): Edit => ({ op: 'remove', id }));
  return [...updates, ...moves, ...removals];
};

/** The steps of cards that no draft stands behind. */
export const stepsOfCards = (given: readonly GivenCard[], actions: ActionLookup): readonly Step[] => {
  const taken = new Set<string>();
  return given.map((card) => newStep(newStepOf(card), actions, taken));
};

const newStepOf = ({ actionId, params = {}, title }: GivenCard) => ({
  actionId,
  params,
  ...(title === undefined ? {} : { title }),
});

const updatesOf = (step: Step, card: GivenCard, sent: StepCard | undefined): readonly Edit[] => {
  const params = card.params && paramsEdit(step, card.params, 'exact');
  const { title } = card;
  return [
    ...(params ? [params] : []),
    ...(title === undefined || title === sent?.title
      ? []
      : [{ op: 'update', id: step.id, set: { '/title': title } } as const]),
  ];
};
