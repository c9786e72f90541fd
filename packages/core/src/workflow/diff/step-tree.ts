import { WorkflowError } from '../../errors.js';
import { doubleId } from '../apply-edits-shape.js';
import type { Definition, Step } from '../definition.js';
import { definitionLimits } from '../limits.js';

/** The fields of a step that hold its lists. `cases` and `branches` hold several. */
type ListField = 'cases' | 'branches' | 'otherwise' | 'steps' | 'onError';

/** A list of steps. Which steps are in it now is what their `at` says: a step that left stays in `steps`. */
export interface ListNode {
  /** Undefined for the top list. */
  readonly owner: StepNode | undefined;
  readonly field: ListField;
  /** What a case or a branch has besides its steps. */
  fields: Readonly<Record<string, unknown>>;
  steps: StepNode[];
  /** No longer in the document, with all that is in it. */
  gone: boolean;
}

/** A step taken apart: its own fields, and its lists. */
export interface StepNode {
  readonly id: string;
  fields: Readonly<Record<string, unknown>>;
  lists: ListNode[];
  at: ListNode;
}

/** The steps of a definition, taken apart. */
export interface StepTree {
  readonly top: ListNode;
  /** In reading order. */
  readonly byId: ReadonlyMap<string, StepNode>;
}

/** A list without steps. */
export const emptyList = (
  owner: StepNode | undefined,
  field: ListField,
  fields: Readonly<Record<string, unknown>> = {},
): ListNode => ({ owner, field, fields, steps: [], gone: false });

/** Takes a definition apart. Throws `invalid_request` for a double step id and for steps nested deeper than is valid. */
export const stepTree = (definition: Definition): StepTree => {
  const byId = new Map<string, StepNode>();
  const top = emptyList(undefined, 'steps');
  addSteps(top, definition.steps, byId, 0);
  const double = doubleId(definition);
  if (double !== undefined) {
    throw new WorkflowError('invalid_request', `Two steps have the id "${double}". Give one another id.`);
  }
  return { top, byId };
};

const addSteps = (
  list: ListNode,
  steps: readonly Step[],
  byId: Map<string, StepNode>,
  depth: number,
): void => {
  if (depth > definitionLimits.stepDepth && steps.length > 0) {
    throw new WorkflowError(
      'invalid_request',
      `Steps are nested more than ${definitionLimits.stepDepth} deep. Move the inner ones out.`,
    );
  }
  for (const step of steps) {
    const { fields, lists } = takeApart(step);
    const node: StepNode = { id: step.id, fields, lists: [], at: list };
    byId.set(step.id, node);
    list.steps.push(node);
    for (const [field, own, inner] of lists) {
      const child = emptyList(node, field, own);
      node.lists.push(child);
      addSteps(child, inner, byId, depth + 1);
    }
  }
};

type Part = readonly [field: ListField, fields: Record<string, unknown>, steps: readonly Step[]];

const takeApart = (
  step: Step,
): { readonly fields: Record<string, unknown>; readonly lists: readonly Part[] } => {
  switch (step.kind) {
    case 'branch': {
      const { cases, otherwise, ...fields } = step;
      const lists = cases.map(({ steps, ...own }): Part => ['cases', own, steps]);
      return { fields, lists: otherwise ? [...lists, ['otherwise', {}, otherwise]] : lists };
    }
    case 'parallel': {
      const { branches, ...fields } = step;
      return { fields, lists: branches.map(({ steps, ...own }): Part => ['branches', own, steps]) };
    }
    case 'forEach':
    case 'repeat': {
      const { steps, ...fields } = step;
      return { fields, lists: [['steps', {}, steps]] };
    }
    case 'action':
    case 'workflow': {
      const { onError, ...fields } = step;
      return typeof onError === 'object'
        ? { fields, lists: [['onError', {}, onError.steps]] }
        : { fields: { ...step }, lists: [] };
    }
    default:
      return { fields: { ...step }, lists: [] };
  }
};

/** What {@link putTogether} needs of a list. */
interface ListContent {
  readonly field: ListField;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

/** The reverse of taking apart. */
export const putTogether = (
  fields: Readonly<Record<string, unknown>>,
  lists: readonly ListContent[],
): Step => {
  const entries = (field: ListField) =>
    lists.filter((list) => list.field === field).map(({ fields: own, steps }) => ({ ...own, steps }));
  const steps = (field: ListField) => lists.find((list) => list.field === field)?.steps;
  const parts: Record<string, unknown> = { ...fields };
  const [otherwise, onError] = [steps('otherwise'), steps('onError')];
  if (fields.kind === 'branch') parts.cases = entries('cases');
  if (fields.kind === 'parallel') parts.branches = entries('branches');
  if (fields.kind === 'forEach' || fields.kind === 'repeat') parts.steps = steps('steps') ?? [];
  if (otherwise) parts.otherwise = otherwise;
  if (onError) parts.onError = { steps: onError };
  // Edge: the parts come from steps, so they make one.
  return parts as unknown as Step;
};

/** The steps that are in a list now. */
export const stepsIn = (list: ListNode): readonly StepNode[] => list.steps.filter(({ at }) => at === list);

/** A step as it is now, with all that is in it now. */
export const stepOf = (node: StepNode): Step =>
  putTogether(
    node.fields,
    node.lists.map((list) => ({ field: list.field, fields: list.fields, steps: stepsIn(list).map(stepOf) })),
  );

/** The name of a list in edits, see `ListRef`. */
export const listName = (list: ListNode): string => {
  if (list.field !== 'cases' && list.field !== 'branches') return list.field;
  const siblings = list.owner?.lists.filter(({ field }) => field === list.field) ?? [];
  return `${list.field}/${siblings.indexOf(list)}`;
};
