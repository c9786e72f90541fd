import type { Json, JsonObject } from '../../../json.js';
import type { Step } from '../../../workflow/definition.js';
import type { Edit } from '../../../workflow/edit.js';
import { walkSteps } from '../../../workflow/walk.js';
import { asText, findLiterals } from '../language/literals.js';
import { withoutLiterals } from '../language/mask.js';
import { capitalize, words } from '../language/tokens.js';
import { isSpoken, isText } from '../matching/field-kinds.js';
import { literalInput } from '../matching/literal-input.js';
import { chooseAction } from '../matching/match-actions.js';
import { itemSchema, type Property, properties } from '../matching/schema.js';
import { ask, doEdits, type EditContext, type EditPlan, type EditReader, whichStep } from './edit-plan.js';
import { numbered } from './edit-target.js';
import { findTarget } from './find-step.js';

/** Changes values of a step: "make the escalation level 2", "send it to a@b.example". */
export const changeValue: EditReader = (text, context) => {
  if (!/^(?:make|set|change|use|send|mail|put|update|let|address|cc|escalate it|notify)\b/i.test(text))
    return undefined;
  if (
    /^(?:send|mail|notify|let|put)\b/i.test(text) &&
    !/^(?:send|mail|notify|let|put)\s+(?:it|this|that|them|the|everything)\b/i.test(text)
  )
    return undefined;
  const target = findTarget(
    /\bto\b/.test(text) ? (text.split(/\bto\b/)[0] ?? text) : text,
    context.definition,
    context.index.lookup,
  );
  const steps = [...walkSteps(context.definition.steps)].map(({ step }) => step);
  const pool = target.kind === 'one' ? [target.step] : target.kind === 'many' ? target.steps : steps;
  const changes = narrowed(
    pool.flatMap((step) => newValues(text, step, target.kind === 'one', context)),
    text,
  );
  const [only, ...others] = changes;
  if (!only) {
    if (!/^(?:make|set|change|update)\b/i.test(text)) return undefined;
    if (target.kind === 'many') return whichStep(text, target.steps, (step) => numbered(step, context));
    return target.kind === 'one' && target.step.kind === 'action'
      ? whatValue(target.step, context)
      : undefined;
  }
  if (others.length > 0 && !/\b(?:all|every|both|each|everything)\b/i.test(text)) {
    return whichStep(
      text,
      changes.map(({ step }) => step),
      (step) => numbered(step, context),
    );
  }
  return doEdits(
    ...withSame(changes, context).map(({ step, set }): Edit => ({ op: 'update', id: step.id, set })),
  );
};

/**
 * "escalate to boss@example.com" while the one escalation still asks for its address, or "notify a@b.example instead": changes
 * the step that is there rather than adding one.
 */
export const changeRecipient: EditReader = (text, context) => {
  const instead = /\binstead\b/i.test(text);
  if (
    findLiterals(text).emails.length === 0 ||
    /\b(?:also|too|another|add|as well|before|after|at the end|then|if)\b/i.test(text)
  )
    return undefined;
  const choice = chooseAction(withoutLiterals(text).replace(/\binstead\b/gi, ''), context.index);
  if (choice.kind !== 'found') return undefined;
  const same = [...walkSteps(context.definition.steps)].flatMap(({ step }) =>
    step.kind === 'action' && step.action === choice.action.id ? [step] : [],
  );
  const [step, ...others] = same;
  const [change] = step && others.length === 0 ? newValues(text, step, true, context) : [];
  if (!step || !change)
    return instead && same.length > 1 ? whichStep(text, same, (each) => numbered(each, context)) : undefined;
  const isOpen = Object.keys(change.set).every((pointer) => {
    const old = step.input?.[pointer.replace('/input/', '')];
    return old === undefined || (typeof old === 'string' && old.startsWith('${{ inputs.'));
  });
  return instead || isOpen
    ? doEdits(
        ...withSame([change], context).map(({ step: { id }, set }): Edit => ({ op: 'update', id, set })),
      )
    : undefined;
};

interface Change {
  readonly step: Step;
  readonly set: { readonly [pointer: string]: Json };
  /** Whether the text says the field's name. */
  readonly named: boolean;
  readonly acts: boolean;
}

/** Of several steps that could take the value: those whose field is named, those that act, and for "it" the first. */
const narrowed = (changes: readonly Change[], text: string): readonly Change[] => {
  const named = changes.filter((change) => change.named);
  const best = named.length > 0 ? named : changes;
  const acting = best.filter((change) => change.acts);
  const left = acting.length > 0 ? acting : best;
  return /^(?:send|mail|put|let|address)\s+(?:it|this|that)\b/i.test(text) ? left.slice(0, 1) : left;
};

/** Other steps that took the same run input for the same field mean the same by it. */
const withSame = (
  changes: readonly Change[],
  { definition }: EditContext,
): readonly Pick<Change, 'step' | 'set'>[] => {
  const [change] = changes;
  const [[pointer, value] = []] = Object.entries(change?.set ?? {});
  const field = pointer?.replace('/input/', '');
  if (changes.length !== 1 || change?.step.kind !== 'action' || !pointer || !field || value === undefined)
    return changes;
  const old = change.step.input?.[field];
  if (typeof old !== 'string' || !old.startsWith('${{ inputs.')) return changes;
  const same = [...walkSteps(definition.steps)].flatMap(({ step }) =>
    step.kind === 'action' && step.id !== change.step.id && step.input?.[field] === old
      ? [{ step, set: { [pointer]: value } }]
      : [],
  );
  return [...changes, ...same];
};

const whatValue = (step: Step, context: EditContext): EditPlan => {
  const names =
    step.kind === 'action'
      ? properties(context.index.lookup.get(step.action)?.inputSchema).map(({ name }) => name)
      : [];
  return ask(
    `What should change in ${numbered(step, context)}? It takes ${names.join(', ') || 'no values'}.`,
  );
};

/** The values a text gives for a step; none or one. An approval takes addresses only when the text means it. */
const newValues = (text: string, step: Step, meant: boolean, { index }: EditContext): readonly Change[] => {
  if (step.kind === 'approval') {
    const { emails } = findLiterals(text);
    return meant && emails.length > 0
      ? [{ step, set: { '/approvers': [...emails] }, named: true, acts: true }]
      : [];
  }
  const action = step.kind === 'action' ? index.lookup.get(step.action) : undefined;
  if (!action) return [];
  const fields = properties(action.inputSchema);
  const given = { ...wordingIn(text, fields), ...literalInput(fields, text) };
  const told = fields.filter((field) => field.name in given && isSpoken(field, text));
  const names = told.length > 0 ? told.map(({ name }) => name) : Object.keys(given);
  if (names.length === 0) return [];
  const set = Object.fromEntries(names.map((name) => [`/input/${name}`, given[name] ?? null]));
  return [{ step, set, named: told.length > 0, acts: action.effect !== 'read' }];
};

/** "set the subject to Where is it", "set the missing fields to eta and carrier": words without quotation marks. */
const wordingIn = (text: string, fields: readonly Property[]): JsonObject => {
  const [, what = '', said = ''] =
    /^(?:set|change|make|update|put)\s+(?:the\s+)?(.{2,60}?)\s+(?:to|=)\s+(.{1,300})$/i.exec(text) ?? [];
  const asked = words(what);
  const field = fields.find(({ name }) => {
    const own = words(name);
    return (
      own.every((word) => asked.includes(word)) ||
      (asked.length > 0 && asked.every((word) => own.includes(word)))
    );
  });
  const value = said.replace(/^["“']|["”'.]$/g, '').trim();
  if (!field || value === '' || field.enumValues.length > 0 || field.format !== '') return {};
  if (isText(field)) return { [field.name]: asText(capitalize(value)) };
  const entries = value
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+/)
    .filter(Boolean)
    .map(asText);
  return field.types.includes('array') && itemSchema(field.schema).type === 'string'
    ? { [field.name]: entries }
    : {};
};
