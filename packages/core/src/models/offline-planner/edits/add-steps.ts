import { isRecord } from '../../../json.js';
import type { Definition, Step } from '../../../workflow/definition.js';
import type { At, Edit } from '../../../workflow/edit.js';
import { childLists, walkSteps } from '../../../workflow/walk.js';
import { type BuildPlace, buildIn, planQuestions } from '../build/plan-requirement.js';
import { itemSchema, properties } from '../matching/schema.js';
import { itemSource, type Source, stepSource } from '../matching/sources.js';
import { ask, type EditContext, type EditPlan } from './edit-plan.js';
import { ordinary, withTarget } from './edit-target.js';
import { findTarget } from './find-step.js';

/** Plans steps that are added to a draft, at the place the text names, else at the end. */
export const addSteps = (text: string, context: EditContext): EditPlan => {
  const { what, where } = splitPlace(text, context);
  if (where === undefined || where.side === 'end') return planAt(what, { last: true }, context);
  if (where.side === 'start') return planAt(what, { first: true }, context);
  const { side, anchor } = where;
  return withTarget(ordinary(anchor, context), context, (step) =>
    planAt(what, side === 'before' ? { before: step.id } : { after: step.id }, context),
  );
};

type Place =
  | { readonly side: 'end' }
  | { readonly side: 'start' }
  | { readonly side: 'before'; readonly anchor: string }
  | { readonly side: 'after'; readonly anchor: string };

const splitPlace = (raw: string, context: EditContext): { what: string; where?: Place } => {
  const text = raw
    .replace(
      /^(?:please |also |and |then |can you |could you )*(?:add|insert|include|append|put in|put)\s+(?:(?:another|a|an|one more|the)\s+)?(?:(?:step|action)s?\s+(?:that|to|which|for)?\s*)?/i,
      '',
    )
    .trim();
  const end =
    /^(.*?)[\s,]+(?:at|to) the (?:very )?(end|start|beginning|top)\b[\s,]*(.*)$/i.exec(text) ??
    /^()at the (?:very )?(end|start|beginning|top)\b[\s,]*(.*)$/i.exec(text);
  if (end)
    return {
      what: `${end[1] ?? ''} ${end[3] ?? ''}`.trim(),
      where: { side: /end/i.test(end[2] ?? '') ? 'end' : 'start' },
    };
  const infix = /^(before|after)\s+(.{1,100}?),\s*(.+)$/i.exec(text);
  const postfix = /^(.+?)[\s,]+(?:right |directly |just )?(before|after)\s+([^,]{1,100})$/i.exec(text);
  const [side, anchor, what] = infix
    ? [infix[1], infix[2], infix[3]]
    : [postfix?.[2], postfix?.[3], postfix?.[1]];
  if (!side || !anchor || !what) return { what: text };
  // "log it after 2 hours" names a time, not a place; "before noon" no step either.
  if (
    findTarget(anchor, context.definition, context.index.lookup).kind === 'none' &&
    !/^(?:the )?step\b/i.test(anchor)
  )
    return { what: text };
  return { what: what.trim(), where: { side: side.toLowerCase() === 'before' ? 'before' : 'after', anchor } };
};

/** Plans the steps of a text at a place. */
export const planAt = (what: string, at: At, context: EditContext): EditPlan => {
  const built = buildIn(what, placeIn(context, visibleAt(context.definition, at, context)));
  const questions = planQuestions(built, context.index);
  if (built.steps.length === 0)
    return ask(
      ...(questions.length > 0
        ? questions
        : [`I do not see what “${what}” should change. Say which step to add, change, move or remove.`]),
    );
  let place = at;
  const edits = built.steps.map((step): Edit => {
    const edit: Edit = { op: 'insert', step, at: place };
    place = { after: step.id };
    return edit;
  });
  return { edits, questions };
};

/** Where steps of a draft are built. */
export const placeIn = (
  { index, preferred, newId, inputs, definition }: EditContext,
  visible: readonly Source[],
): BuildPlace => ({
  index,
  preferred,
  newId,
  inputs,
  visible,
  used: [...walkSteps(definition.steps)].flatMap(({ step }) => (step.kind === 'action' ? [step.action] : [])),
});

/** What a step at a place may read: the steps before it in its list and in the lists around it. */
export const visibleAt = (definition: Definition, at: At, { index }: EditContext): readonly Source[] => {
  if ('first' in at) return [];
  const anchor = 'after' in at ? at.after : 'before' in at ? at.before : undefined;
  const path = anchor === undefined ? undefined : pathTo(definition.steps, anchor);
  const sources: Source[] = [];
  const add = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.kind === 'action') {
        const action = index.lookup.get(step.action);
        if (action) sources.push(stepSource(step.id, action));
      } else if (step.kind === 'repeat') add(step.steps);
      else if (step.kind === 'parallel') for (const branch of step.branches) add(branch.steps);
    }
  };
  if (!path) {
    add(definition.steps);
    return sources;
  }
  for (const [depth, { steps, position }] of path.entries()) {
    const innermost = depth === path.length - 1;
    add(steps.slice(0, innermost && 'after' in at ? position + 1 : position));
    const around = steps[position];
    if (!innermost && around?.kind === 'forEach') sources.push(loopItem(around, sources));
  }
  return sources;
};

/** The lists from the outermost to the one a step stands in, with the position in each. */
const pathTo = (
  steps: readonly Step[],
  id: string,
): readonly { steps: readonly Step[]; position: number }[] | undefined => {
  for (const [position, step] of steps.entries()) {
    if (step.id === id) return [{ steps, position }];
    for (const { steps: inner } of childLists(step)) {
      const rest = pathTo(inner, id);
      if (rest) return [{ steps, position }, ...rest];
    }
  }
  return undefined;
};

const loopItem = (step: Extract<Step, { kind: 'forEach' }>, sources: readonly Source[]): Source => {
  const items = typeof step.items === 'string' ? step.items : '';
  const source = sources.find(({ expression }) => items.includes(`${expression}.`));
  const list = source ? properties(source.schema).find(({ name }) => items.includes(`.${name} `)) : undefined;
  return itemSource(step.as ?? 'item', list && isRecord(list.schema) ? itemSchema(list.schema) : {});
};
