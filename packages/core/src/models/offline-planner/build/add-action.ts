import type { Json, JsonObject } from '../../../json.js';
import type { ActionSpec } from '../../../workflow/action-spec.js';
import { findLiterals } from '../language/literals.js';
import { withoutLiterals } from '../language/mask.js';
import { capitalize, words } from '../language/tokens.js';
import { isFreeText } from '../matching/field-kinds.js';
import { fillInput } from '../matching/fill-input.js';
import { chooseAction, rankActions } from '../matching/match-actions.js';
import { findReference } from '../matching/references.js';
import { compatible, type Property, properties } from '../matching/schema.js';
import { stepSource } from '../matching/sources.js';
import { type BuildState, current, guards, visible } from './build-state.js';
import { wishFor } from './step-ids.js';

/** What a clause does, without the words it sends: "notify ops that …". */
const doing = (text: string): string => {
  const plain = withoutLiterals(text);
  const said = /^(.{4,}?)\b(?:that|saying|says)\b/i.exec(plain)?.[1];
  return said !== undefined && words(said).length > 0 ? said : plain;
};

/** "parse it": of the actions that fit nearly as well, the one that takes what is there. */
const fedBy = (text: string, state: BuildState): ActionSpec | undefined => {
  if (!/\b(?:it|them|this|these|those)\b/i.test(text)) return undefined;
  const [best, ...rest] = rankActions(text, state.index);
  if (!best) return undefined;
  const near = [best, ...rest.filter(({ score }) => score >= best.score * 0.6)];
  return near.find(({ action }) => takesEarlier(action, state))?.action;
};

const takesEarlier = (action: ActionSpec, state: BuildState): boolean =>
  properties(action.inputSchema).some(
    (property) => findReference(property, visible(state), []) !== undefined,
  );

/** Finds the action of a clause; notes what is ambiguous or unknown. */
export const actionFor = (text: string, state: BuildState): ActionSpec | undefined => {
  const choice = chooseAction(doing(text), state.index, state.preferred);
  if (choice.kind !== 'none') {
    const fed = fedBy(doing(text), state);
    if (fed) return fed;
  }
  if (choice.kind === 'found') return choice.action;
  if (choice.kind === 'ambiguous') state.ambiguous.push({ text, actions: choice.actions });
  else state.unmatched.push({ text, nearest: choice.nearest, what: 'action' });
  return undefined;
};

/** Adds a step that calls an action; answers its id. */
export const addAction = (action: ActionSpec, text: string, state: BuildState): string => {
  const frame = current(state);
  const id = state.newId(wishFor(action));
  const label = state.frames.findLast((open) => open.label !== undefined)?.label;
  const filled = fillInput(action, {
    text,
    subject:
      capitalize(
        label ??
          doing(text)
            .replace(/\s+/g, ' ')
            .replace(/\s(?:to|at|for|of|by|and)\s*$/i, ''),
      ) || action.name,
    visible: visible(state),
    guards: guards(state),
  });
  const input: JsonObject = {
    ...filled.input,
    ...Object.fromEntries(
      filled.unknown.map((property) => [
        property.name,
        givenBefore(property, state) ?? state.inputs.ask(property, id),
      ]),
    ),
  };
  reportUnused(text, input, action, state);
  const title = titleFrom(text);
  frame.steps.push({
    id,
    kind: 'action',
    action: action.id,
    ...(title ? { title } : {}),
    ...(Object.keys(input).length > 0 ? { input } : {}),
  });
  frame.sources.push(stepSource(id, action));
  state.actions.push(action.id);
  return id;
};

/** Names the addresses, URLs and record numbers of a clause that found no field: nothing said is dropped in silence. */
const reportUnused = (text: string, input: JsonObject, action: ActionSpec, state: BuildState): void => {
  const { emails, urls, ids } = findLiterals(text);
  const used = JSON.stringify(input);
  for (const value of [...emails, ...urls, ...ids]) {
    if (!used.includes(value)) state.unmatched.push({ text: value, nearest: [action], what: 'value' });
  }
};

/** The value an earlier step has for the field of that name: "send it to a@b.example … then send a follow-up". */
const givenBefore = (property: Property, state: BuildState): Json | undefined => {
  if (isFreeText(property)) return undefined;
  for (const step of state.frames.flatMap(({ steps }) => steps).reverse()) {
    if (step.kind !== 'action') continue;
    const value = step.input?.[property.name];
    const [same] = properties(state.index.lookup.get(step.action)?.inputSchema).filter(
      ({ name }) => name === property.name,
    );
    if (value !== undefined && same && compatible(same, property)) return value;
  }
  return undefined;
};

/** The person's words, where they make a short title; else the action's name stands for it. */
const titleFrom = (text: string): string | undefined => {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (withoutLiterals(plain) !== plain || plain.includes('_')) return undefined;
  const count = words(plain).length;
  return count >= 2 && plain.length <= 40 && !/\b(?:it|them|they|this|that|saying)\b/i.test(plain)
    ? capitalize(plain)
    : undefined;
};
