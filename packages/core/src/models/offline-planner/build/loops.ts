import type { JsonSchema } from '../../../json.js';
import { stopWords } from '../language/lexicon.js';
import { concept, concepts, slug, words } from '../language/tokens.js';
import { resolveCondition } from '../matching/conditions.js';
import { rankActions } from '../matching/match-actions.js';
import { itemSchema, properties } from '../matching/schema.js';
import { type Field, fieldsOf, itemSource, type Source, stepSource } from '../matching/sources.js';
import { addAction } from './add-action.js';
import { openCase } from './branches.js';
import { type BuildState, current, visible } from './build-state.js';

/** Opens a loop over the list a text names ("late shipment"): an earlier list, one the catalog can read, else a run input. */
export const openLoop = (text: string, state: BuildState): void => {
  // "for each shipment id": the person gives the ids, nothing has to be read.
  const given = /\b(?:ids?|numbers?|address(?:es)?)\s*$/i.test(text.trim());
  const list = knownList(text, visible(state)) ?? (given ? undefined : readList(text, state));
  const noun = nounOf(text, list);
  const items = list ? `\${{ ${list.expression} }}` : state.inputs.askList(plural(noun), { type: 'string' });
  const item: JsonSchema = list ? itemSchema(list.property.schema) : { type: 'string' };
  const as = slug(noun, '_', 30) || 'item';
  const steps: BuildState['root']['steps'] = [];
  const safe =
    as === 'index' || as === 'steps' || as === 'run' || as === 'inputs' || as === 'vars' || as === 'trigger'
      ? 'item'
      : as;
  const source = itemSource(safe, item);
  current(state).steps.push({
    id: state.newId(`each ${noun}`),
    kind: 'forEach',
    title: `For each ${noun}`,
    items,
    as: safe,
    steps,
  });
  state.frames.push({ steps, sources: [source], untilEnd: true });
  if (list && !isFiltered(list, state)) keepOnly(text, noun, source, state);
};

const listsOf = (sources: readonly Source[]): readonly Field[] =>
  sources.flatMap((source) =>
    fieldsOf(source).filter(({ property, list }) => property.types.includes('array') && list === undefined),
  );

const knownList = (text: string, sources: readonly Source[]): Field | undefined => {
  const asked = new Set(concepts(text));
  const lists = [...listsOf(sources)].reverse();
  const named = lists.find(({ path }) => path.some((term) => asked.has(term)));
  return named ?? (isVague(text) ? lists[0] : undefined);
};

const isVague = (text: string): boolean =>
  /^(?:of (?:them|these|those)|one|item|result|entry|match)/i.test(text.trim());

/** Puts in the read action that gives such a list. */
const readList = (text: string, state: BuildState): Field | undefined => {
  const asked = new Set(concepts(text));
  for (const { action } of rankActions(`find ${text}`, state.index)) {
    const [list] = listsOf([stepSource('x', action)]).filter(({ path }) =>
      path.some((term) => asked.has(term)),
    );
    if (!list || action.effect !== 'read') continue;
    const id = addAction(action, `${text}`, state);
    state.notes.push(`I put in “${action.name}”, because “for each ${text}” needs a list.`);
    return knownList(text, [stepSource(id, action)]);
  }
  return undefined;
};

const nounOf = (text: string, list: Field | undefined): string => {
  const spoken = words(text.replace(/\b(?:that|which|who|in|from|of|with)\b.*$/i, '')).filter(
    (word) => !stopWords.has(word),
  );
  const named =
    spoken.find((word) => list?.path.includes(concept(word))) ??
    (list && isVague(text) ? list.property.name.toLowerCase() : undefined) ??
    spoken.at(-1) ??
    'item';
  const singular = named.length > 3 && /[^su]s$/.test(named) ? named.slice(0, -1) : named;
  return !list && spoken.length > 1 && /^(?:id|number|address)$/.test(singular)
    ? `${spoken.at(-2)} ${singular}`
    : singular;
};

const plural = (noun: string): string => {
  const name = slug(noun, '_', 30) || 'item';
  return name.endsWith('s') ? name : `${name}s`;
};

/** Whether the step that gives the list was given a filter. */
const isFiltered = (list: Field, state: BuildState): boolean =>
  state.frames
    .flatMap(({ steps }) => steps)
    .some(
      (step) =>
        step.kind === 'action' && step.id === list.source.stepId && Object.keys(step.input ?? {}).length > 0,
    );

/** "for every late shipment" over an unfiltered list: the body runs for the late ones only. */
const keepOnly = (text: string, noun: string, source: Source, state: BuildState): void => {
  const rest = words(text).filter((word) => !concepts(noun).includes(concept(word)));
  if (rest.every((word) => stopWords.has(word)) || properties(source.schema).length === 0) return;
  const condition = { text: rest.join(' '), negated: false };
  const resolved = resolveCondition(condition, [source]);
  if (resolved) openCase(condition, resolved, state, true);
};
