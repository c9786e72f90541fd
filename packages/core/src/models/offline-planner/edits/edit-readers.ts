import { parseDuration } from '../../../workflow/duration.js';
import type { At, Edit } from '../../../workflow/edit.js';
import { walkSteps } from '../../../workflow/walk.js';
import { findDurations } from '../language/durations.js';
import { findLiterals } from '../language/literals.js';
import { findTrigger } from '../language/schedule.js';
import { planAt } from './add-steps.js';
import { addOtherwise, changeNumber, onlyIf } from './edit-branches.js';
import { ask, doEdits, type EditContext, type EditPlan, type EditReader, whichStep } from './edit-plan.js';
import { numbered, ordinary, withTarget } from './edit-target.js';
import { changeRecipient, changeValue } from './edit-values.js';
import { findTarget } from './find-step.js';

const rename: EditReader = (text, context) => {
  const match =
    /^(?:please )?(?:re-?name|re-?title)\s+(.{1,80}?)\s+(?:to|as|into)\s+(.{1,100})$/i.exec(text) ??
    /^(?:call|name) (it|the (?:work)?flow)\s+()?(.{1,100})$/i.exec(text);
  if (!match) return undefined;
  const name = (match[3] ?? match[2] ?? '').replace(/^["“'”]+|["”'“.]+$/g, '').trim();
  const what = match[1] ?? 'it';
  if (/^(?:it|this|the (?:work)?flow|the draft)$/i.test(what))
    return doEdits({ op: 'setMeta', set: { name } });
  return withTarget(what, context, (step) => doEdits({ op: 'update', id: step.id, set: { '/title': name } }));
};

const remove: EditReader = (text, context) => {
  const what = /^(?:remove|delete|drop|skip|omit|take out|get rid of|cut|without)\s+(.{1,200})$/i.exec(
    text,
  )?.[1];
  if (what === undefined) return undefined;
  if (/\b(?:schedule|trigger)\b/i.test(what)) return doEdits({ op: 'setTrigger', trigger: null });
  if (/^(?:everything|all|all (?:the )?steps)$/i.test(what)) {
    return doEdits(...context.definition.steps.map(({ id }) => ({ op: 'remove', id }) as const));
  }
  const numbers = /^steps\b/i.test(what)
    ? [...what.matchAll(/\d{1,4}/g)].map(([number]) => `step ${number}`)
    : [];
  if (numbers.length > 1) {
    const plans = numbers.map((each) =>
      withTarget(each, context, (step) => doEdits({ op: 'remove', id: step.id })),
    );
    return {
      edits: plans.flatMap(({ edits }) => edits),
      questions: plans.flatMap(({ questions }) => questions),
    };
  }
  return withTarget(what, context, (step) => doEdits({ op: 'remove', id: step.id }));
};

const replace: EditReader = (text, context) => {
  const [, what = '', by = ''] =
    /^(?:replace|exchange|substitute)\s+(.{1,100}?)\s+(?:with|by)\s+(.{1,300})$/i.exec(text) ??
    /^(?:remove|delete|drop)\s+(.{1,100}?),?\s+and\s+(.{1,300}?)\s+instead$/i.exec(text) ??
    [];
  if (by === '') return undefined;
  return withTarget(what, context, (step) => {
    const added = planAt(by.replace(/^(?:an?|the)\s+/i, ''), { before: step.id }, context);
    return added.questions.length > 0
      ? added
      : { ...added, edits: [...added.edits, { op: 'remove', id: step.id }] };
  });
};

const swap: EditReader = (text, context) => {
  const match = /^(?:swap|exchange|switch)\s+(?:steps? )?(.{1,100}?)\s+(?:and|with)\s+(.{1,100})$/i.exec(
    text,
  );
  if (!match) return undefined;
  const as = (part: string): string => (/^\d+$/.test(part.trim()) ? `step ${part.trim()}` : part);
  return withTarget(as(match[1] ?? ''), context, (a) =>
    withTarget(as(match[2] ?? ''), context, (b) => {
      const siblings = siblingsOf(a.id, context);
      const [from, to] = [siblings.indexOf(a.id), siblings.indexOf(b.id)];
      if (from < 0 || to < 0)
        return ask(
          `${numbered(a, context)} and ${numbered(b, context)} stand in different lists. Where should each go?`,
        );
      const [first, second, firstAt, secondAt] = from < to ? [a.id, b.id, from, to] : [b.id, a.id, to, from];
      const follower = siblings[firstAt + 1];
      const edits: Edit[] = [{ op: 'move', id: first, at: { after: second } }];
      // Neighbours are swapped by one move.
      if (secondAt - firstAt > 1 && follower !== undefined)
        edits.push({ op: 'move', id: second, at: { before: follower } });
      return doEdits(...edits);
    }),
  );
};

const siblingsOf = (id: string, { definition }: EditContext): readonly string[] => {
  const placed = [...walkSteps(definition.steps)];
  const own = placed.find(({ step }) => step.id === id);
  return placed
    .filter(({ parent }) => parent?.step.id === own?.parent?.step.id && parent?.list === own?.parent?.list)
    .map(({ step }) => step.id);
};

const move: EditReader = (text, context) => {
  const match =
    /^(?:move|put|shift|bring)\s+(.{1,100}?)\s+(?:to |right |directly )*(before|after|in front of|behind|(?:the )?(?:very )?(?:start|beginning|top|front|end|bottom)|up|down)\b\s*(.{0,100})$/i.exec(
      text,
    );
  if (!match) return undefined;
  const [, what = '', where = '', anchor = ''] = match;
  if (findLiterals(what).emails.length > 0) return undefined;
  return withTarget(ordinary(what, context), context, (step) => {
    const at = (place: At): EditPlan => doEdits({ op: 'move', id: step.id, at: place });
    if (/start|beginning|top|front$/i.test(where) && anchor === '') return at({ first: true });
    if (/end|bottom/i.test(where)) return at({ last: true });
    if (/^(?:up|down)$/i.test(where)) {
      const siblings = siblingsOf(step.id, context);
      const other = siblings[siblings.indexOf(step.id) + (/up/i.test(where) ? -1 : 1)];
      if (other === undefined) return ask(`${numbered(step, context)} is already there.`);
      return at(/up/i.test(where) ? { before: other } : { after: other });
    }
    return withTarget(ordinary(anchor, context), context, (other) =>
      at(/before|front/i.test(where) ? { before: other.id } : { after: other.id }),
    );
  });
};

const changeWait: EditReader = (text, context) => {
  const instruction =
    /^(?:wait|pause|change|make|set|use|let|reduce|increase|extend|shorten|only wait)\b/i.test(text);
  const [wanted, old] = findDurations(
    text.replace(/\b(?:instead of|rather than|not)\s+(\d{1,4})\s*$/i, 'instead of $1 hours'),
  );
  const isChange =
    /\b(?:instead|rather than|only|not|to|change|make|set|use|reduce|increase|extend|shorten)\b/i.test(text);
  if (!wanted && /^(?:make|let|don['’]?t|change|set)\b.{0,20}\bwait\b.{0,20}$/i.test(text))
    return ask('How long should it wait? Say for example “wait 24 hours instead of 48”.');
  if (!instruction || !wanted || !isChange || /^wait\b(?!.*\b(?:instead|rather|only|not)\b)/i.test(text))
    return undefined;
  const waits = [...walkSteps(context.definition.steps)].flatMap(({ step }) =>
    step.kind === 'wait' && step.duration !== undefined ? [step] : [],
  );
  if (waits.length === 0) return undefined;
  // "from 48 to 24 hours" and "24 instead of 48 hours" name the old one too.
  const [value, before] = /\bfrom\b.*\bto\b/i.test(text) && old ? [old, wanted] : [wanted, old];
  const same = before ? waits.filter(({ duration = '' }) => parseDuration(duration) === before.ms) : [];
  const target = /\b(?:first|second|third|last|step \d+)\b/i.test(text)
    ? findTarget(/step/i.test(text) ? text : `${text} wait`, context.definition, context.index.lookup)
    : undefined;
  const chosen = target?.kind === 'one' ? [target.step] : same.length > 0 ? same : waits;
  const [only, ...others] = chosen;
  if (!only) return undefined;
  if (others.length > 0 && !/\b(?:all|every|both|each)\b/i.test(text) && same.length !== chosen.length)
    return whichStep('the wait', chosen, (step) => numbered(step, context));
  return doEdits(
    ...chosen.map((step): Edit => ({ op: 'update', id: step.id, set: { '/duration': value.duration } })),
  );
};

const schedule: EditReader = (text) => {
  if (/\b(?:run|start) it (?:only )?(?:manually|by hand)\b/i.test(text))
    return doEdits({ op: 'setTrigger', trigger: null });
  const found = findTrigger(text);
  if (
    !found ||
    !/^(?:(?:also )?(?:run|start|schedule|trigger|launch|execute|do|make|let|have|change|set)\b|every\b|each\b|daily|weekly|hourly|on )/i.test(
      text,
    )
  )
    return undefined;
  const rest = found.rest
    .replace(
      /\b(?:run|start|schedule|trigger|launch|execute|do|make|let|have|change|set|also|it|this|the|workflow|to|for|schedule)\b/gi,
      ' ',
    )
    .replace(/[\s,.]/g, '');
  return rest === '' ? doEdits({ op: 'setTrigger', trigger: found.trigger }) : undefined;
};

/** The kinds of instruction, in the order they are tried; what none takes is something to add. */
export const editReaders: readonly EditReader[] = [
  rename,
  changeNumber,
  replace,
  remove,
  swap,
  move,
  onlyIf,
  addOtherwise,
  changeWait,
  schedule,
  changeRecipient,
  changeValue,
];
