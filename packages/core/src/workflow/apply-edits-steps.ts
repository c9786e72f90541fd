import { WorkflowError } from '../errors.js';
import { nearestName } from '../expressions/nearest-name.js';
import { isRecord } from '../json.js';
import { containsId, isStepShaped, stepShapeProblem } from './apply-edits-shape.js';
import type { Definition, Step } from './definition.js';
import type { At, Edit, EditResult, ListRef } from './edit.js';
import { changeAt, PointerError, pointerTokens } from './immutable-json.js';
import { childLists, listPointer, type PlacedStep, walkSteps } from './walk.js';

type EditOf<Op extends Edit['op']> = Extract<Edit, { readonly op: Op }>;

/** A list of steps and a position in it. */
interface Place {
  /** Tokens of the list in the definition. */
  readonly list: readonly string[];
  readonly index: number;
}

/** Refuses an edit. The sentence says what to do. */
export const refuse = (sentence: string): never => {
  throw new WorkflowError('invalid_request', sentence);
};

/** Puts a step at a place; makes an `otherwise` or recovery list that is not there yet. */
export const insertStep = (definition: Definition, { step, at }: EditOf<'insert'>): EditResult => {
  checkAt(at);
  const checked = checkStep(step);
  const opened = openList(definition, at);
  return {
    definition: spliceAt(opened.definition, resolve(opened.definition, at), 0, [checked]),
    inverse: [{ op: 'remove', id: checked.id }, ...opened.inverse],
  };
};

/** Takes a step away, with the steps inside it. */
export const removeStep = (definition: Definition, { id }: EditOf<'remove'>): EditResult => {
  const placed = place(definition, id);
  return {
    definition: spliceAt(definition, placeOf(placed), 1, []),
    inverse: [{ op: 'insert', step: placed.step, at: whereIs(definition, placed) }],
  };
};

/** Puts another step in the place of one; it may have another id. */
export const replaceStep = (definition: Definition, { id, step }: EditOf<'replace'>): EditResult => {
  const placed = place(definition, id);
  const checked = checkStep(step);
  return {
    definition: spliceAt(definition, placeOf(placed), 1, [checked]),
    inverse: [{ op: 'replace', id: checked.id, step: placed.step }],
  };
};

/** Sets and removes fields of a step. The inverse is the whole old step: setting fields back one by one could change the order of the keys. */
export const updateStep = (definition: Definition, edit: EditOf<'update'>): EditResult => {
  const { step } = place(definition, edit.id);
  const unset = edit.unset ?? [];
  if (!isRecord(edit.set) || !Array.isArray(unset)) {
    refuse('set is an object of JSON Pointers and values, unset a list of JSON Pointers.');
  }
  let changed: unknown = step;
  for (const pointer of unset) changed = change(changed, pointer, () => undefined);
  for (const [pointer, value] of Object.entries(edit.set)) changed = change(changed, pointer, () => value);
  return replaceStep(definition, { op: 'replace', id: edit.id, step: checkStep(changed) });
};

const change = (step: unknown, pointer: unknown, to: () => unknown): unknown => {
  const tokens = typeof pointer === 'string' ? pointerTokens(pointer) : undefined;
  if (!tokens || tokens.length === 0) {
    return refuse(`"${String(pointer)}" is no JSON Pointer into the step. Write it as /input/since_hours.`);
  }
  if (tokens.length === 1 && (tokens[0] === 'id' || tokens[0] === 'kind')) {
    refuse(`An update cannot change the ${tokens[0]} of a step. Use replace.`);
  }
  try {
    return changeAt(step, tokens, to);
  } catch (error) {
    if (!(error instanceof PointerError)) throw error;
    return refuse(`${pointer}: ${error.message}`);
  }
};

/** Takes a step to another place, with the steps inside it. */
export const moveStep = (definition: Definition, { id, at }: EditOf<'move'>): EditResult => {
  checkAt(at);
  const placed = place(definition, id);
  const anchor = anchorOf(at);
  if (anchor !== undefined && containsId(placed.step, anchor)) {
    refuse(`The step "${id}" cannot be moved beside or into itself.`);
  }
  const opened = openList(definition, at);
  const without = spliceAt(opened.definition, placeOf(place(opened.definition, id)), 1, []);
  return {
    definition: spliceAt(without, resolve(without, at), 0, [placed.step]),
    inverse: [{ op: 'move', id, at: whereIs(definition, placed) }, ...opened.inverse],
  };
};

/** Puts neighbours into a list of a container. The inverse moves the steps out and removes the container: right also when its list held steps already. */
export const wrapSteps = (definition: Definition, { ids, in: into, list }: EditOf<'wrap'>): EditResult => {
  const container = checkStep(into);
  if (!Array.isArray(ids)) refuse('ids is a list of step ids.');
  const placed = ids.map((id) => place(definition, id));
  const [first] = placed;
  if (!first) return refuse('Name at least one step to wrap.');
  const start = placeOf(first);
  placed.forEach((each, offset) => {
    const { list: own, index } = placeOf(each);
    if (own.join('/') !== start.list.join('/') || index !== start.index + offset) {
      refuse('The steps to wrap must stand next to each other in one list, named in their order.');
    }
  });
  const steps = placed.map(({ step }) => step);
  const filled = changeList(container, listOf(container, list), (old) => [...old, ...steps]);
  return {
    definition: spliceAt(definition, start, steps.length, [filled]),
    inverse: [
      ...ids.map((id) => ({ op: 'move', id, at: { before: container.id } }) as const),
      { op: 'remove', id: container.id },
    ],
  };
};

/** Puts the steps of one list of a container in its place; the other lists go with the container. */
export const unwrapStep = (definition: Definition, { id, list }: EditOf<'unwrap'>): EditResult => {
  const placed = place(definition, id);
  const name = listOf(placed.step, list);
  const steps = childLists(placed.step).find((child) => child.list === name)?.steps ?? [];
  return {
    definition: spliceAt(definition, placeOf(placed), 1, steps),
    inverse:
      steps.length === 0
        ? [{ op: 'insert', step: placed.step, at: whereIs(definition, placed) }]
        : [
            {
              op: 'wrap',
              ids: steps.map((step) => step.id),
              in: changeList(placed.step, name, () => []),
              list: name,
            },
          ],
  };
};

const checkStep = (value: unknown): Step =>
  isStepShaped(value) ? value : refuse(stepShapeProblem(value) ?? 'This is no step.');

const place = (definition: Definition, id: unknown): PlacedStep => {
  const ids: string[] = [];
  for (const placed of walkSteps(definition.steps)) {
    if (placed.step.id === id) return placed;
    ids.push(placed.step.id);
  }
  const nearest = nearestName(String(id), ids);
  return refuse(
    `There is no step "${String(id)}".${nearest ? ` Did you mean "${nearest}"?` : ` Steps: ${ids.slice(0, 20).join(', ') || 'none'}.`}`,
  );
};

const placeOf = ({ path }: PlacedStep): Place => {
  const tokens = path.slice(1).split('/');
  return { list: tokens.slice(0, -1), index: Number(tokens.at(-1)) };
};

/** Where a step stands, as an `at` that brings it back once it is gone. */
const whereIs = (definition: Definition, placed: PlacedStep): At => {
  const siblings = placed.parent
    ? (childLists(placed.parent.step).find(({ list }) => list === placed.parent?.list)?.steps ?? [])
    : definition.steps;
  const { index } = placeOf(placed);
  const before = siblings[index - 1];
  if (before) return { after: before.id };
  const after = siblings[index + 1];
  if (after) return { before: after.id };
  const { parent } = placed;
  return parent ? { first: true, in: { id: parent.step.id, list: parent.list } } : { first: true };
};

/** Refuses what is no `at`; the ids in it are looked up later. */
const checkAt = (at: unknown): void => {
  if (isRecord(at) && ['after', 'before', 'first', 'last'].some((key) => key in at)) return;
  refuse('at is {"after": id}, {"before": id}, {"first": true} or {"last": true}.');
};

const anchorOf = (at: At): string | undefined => {
  if ('after' in at) return at.after;
  return 'before' in at ? at.before : at.in?.id;
};

const resolve = (definition: Definition, at: At): Place => {
  if ('after' in at) {
    const { list, index } = placeOf(place(definition, at.after));
    return { list, index: index + 1 };
  }
  if ('before' in at) return placeOf(place(definition, at.before));
  if (!at.in) return { list: ['steps'], index: 'first' in at ? 0 : definition.steps.length };
  const { step, path } = place(definition, at.in.id);
  const name = listOf(step, at.in.list);
  const steps = childLists(step).find(({ list }) => list === name)?.steps ?? [];
  const list = `${path}${listPointer(name)}`.slice(1).split('/');
  return { list, index: 'first' in at ? 0 : steps.length };
};

/** The list of a step by its name, or its first one. */
const listOf = (step: Step, name: string | undefined): string => {
  const names = childLists(step).map(({ list }) => list);
  const chosen = name ?? names[0];
  if (chosen !== undefined && names.includes(chosen)) return chosen;
  return refuse(
    `The step "${step.id}" has no list "${name ?? ''}". ${names.length > 0 ? `It has: ${names.join(', ')}.` : 'It holds no steps.'}`,
  );
};

/** Makes the list an `at` names if it may exist and does not yet: `otherwise` of a branch, `onError` of a call. */
const openList = (definition: Definition, at: At): EditResult => {
  const target = 'after' in at || 'before' in at ? undefined : at.in;
  if (!target) return { definition, inverse: [] };
  const { step } = place(definition, target.id);
  const opened = withList(step, target);
  if (opened === step) return { definition, inverse: [] };
  return replaceStep(definition, { op: 'replace', id: step.id, step: opened });
};

const withList = (step: Step, { list }: ListRef): Step => {
  if (step.kind === 'branch' && list === 'otherwise' && !step.otherwise) return { ...step, otherwise: [] };
  const calls = step.kind === 'action' || step.kind === 'workflow';
  if (calls && list === 'onError' && typeof step.onError !== 'object')
    return { ...step, onError: { steps: [] } };
  return step;
};

const changeList = (step: Step, name: string, to: (old: readonly unknown[]) => readonly unknown[]): Step => {
  const tokens = listPointer(name).slice(1).split('/');
  return checkStep(changeAt(step, tokens, (old) => to(Array.isArray(old) ? old : [])));
};

/** Edge: the tokens lead to a list of steps and steps are put there, so a definition stays one. */
const spliceAt = (
  definition: Definition,
  { list, index }: Place,
  remove: number,
  steps: readonly Step[],
): Definition =>
  changeAt(definition, list, (old) =>
    Array.isArray(old) ? old.toSpliced(index, remove, ...steps) : old,
  ) as Definition;
