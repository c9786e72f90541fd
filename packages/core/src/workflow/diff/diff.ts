import { WorkflowError } from '../../errors.js';
import type { Definition } from '../definition.js';
import type { Edit } from '../edit.js';
import { sameJson } from '../same-json.js';
import type { FieldChanges } from './field-changes.js';
import type { Plan } from './plan.js';
import { planList } from './plan-list.js';
import { closeList, dropList } from './plan-step.js';
import { listName, type StepNode, stepTree } from './step-tree.js';

/**
 * The edits that turn one definition into another, by step id: `applyEdits(from, diff(from, to)).definition` equals `to`. They
 * read as a person would say it: a step that keeps id and kind is updated field by field, one that changed its place is moved
 * (as few as can be), containers put around steps or taken away are `wrap` and `unwrap`, and `replace` stands only where the
 * kind changed. Equal definitions give no edits; the order of keys does not count.
 * Both are definitions as `validateDefinition` accepts them. Takes O(n log n) for n steps.
 * Throws `invalid_request` when the ids of the definitions differ (no edit changes that), for a double step id and for steps
 * nested deeper than `definitionLimits.stepDepth`.
 *
 * @example
 * diff(saved, draft); // [{ op: 'update', id: 'inbox', set: { '/input/since_hours': 24 } }]
 */
export const diff = (from: Definition, to: Definition): readonly Edit[] => {
  if (from.id !== to.id) {
    throw new WorkflowError(
      'invalid_request',
      `These are two workflows, "${from.id}" and "${to.id}". Compare two states of one.`,
    );
  }
  if (from === to) return [];
  const start = stepTree(from);
  const target = stepTree(to);
  const plan: Plan = { edits: [...fieldEdits(from, to)], now: new Map(start.byId), target, leaving: [] };
  planList(plan, start.top, target.top);
  removeSteps(plan, [...start.byId.values()]);
  closeLists(plan);
  return plan.edits;
};

const fieldEdits = (from: Definition, to: Definition): readonly Edit[] => {
  const edits: Edit[] = [];
  const unset = (['description', 'output'] as const).filter(
    (field) => from[field] !== undefined && to[field] === undefined,
  );
  const set = {
    ...(from.name === to.name ? {} : { name: to.name }),
    ...(to.description === undefined || from.description === to.description
      ? {}
      : { description: to.description }),
    ...(to.output === undefined || sameJson(from.output, to.output) ? {} : { output: to.output }),
  };
  if (Object.keys(set).length + unset.length > 0) {
    edits.push({ op: 'setMeta', set, ...(unset.length > 0 ? { unset } : {}) });
  }
  if (!sameJson(from.trigger, to.trigger)) edits.push({ op: 'setTrigger', trigger: to.trigger ?? null });
  if (!sameJson(from.inputs, to.inputs)) edits.push({ op: 'setInputs', inputs: to.inputs ?? null });
  if (!sameJson(from.config, to.config)) edits.push({ op: 'setConfig', config: to.config ?? null });
  return edits;
};

/** Removes the steps that are not in the target and have not gone with what they were in. */
const removeSteps = (plan: Plan, steps: readonly StepNode[]): void => {
  for (const { id, at } of steps) {
    if (plan.target.byId.has(id) || at.gone || plan.leaving.includes(at)) continue;
    if (!at.owner || plan.target.byId.has(at.owner.id)) plan.edits.push({ op: 'remove', id });
  }
};

/** Takes away the lists that could not go before the steps in them had moved. */
const closeLists = (plan: Plan): void => {
  const owners = new Set(plan.leaving.flatMap(({ owner }) => owner ?? []));
  for (const owner of owners) {
    const target = plan.target.byId.get(owner.id);
    if (!target) continue;
    const changes: FieldChanges = { set: {}, unset: [] };
    // From the last one on, so that the names of the others hold.
    for (const list of owner.lists.filter((each) => plan.leaving.includes(each)).reverse()) {
      if (list.field === 'otherwise' || list.field === 'onError') closeList(list.field, target, changes);
      else changes.unset.push(`/${listName(list)}`);
      dropList(owner, list);
    }
    const { set, unset } = changes;
    plan.edits.push({ op: 'update', id: owner.id, set, ...(unset.length > 0 ? { unset } : {}) });
  }
};
