import type { Json } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import { applyEdits } from '../apply-edits.js';
import type { Definition, Step } from '../definition.js';
import type { At, Edit, ListRef } from '../edit.js';
import { plain, triggerText } from '../outline.js';
import { titleOf } from '../title.js';
import { childLists, findStep } from '../walk.js';
import { describeUpdate } from './describe-update.js';

/**
 * What edits do to a definition, a plain sentence each, for chat and proposals. Steps have the titles they have when their
 * edit comes. Throws `invalid_request`, like `applyEdits`, when the edits cannot be applied to the definition.
 *
 * @example
 * describeEdits(edits, draft, actions);
 * // ['Adds “Wait 2 hours” after “Ask the facility”.', 'Changes since_hours of “Check inbox” from 48 to 24.']
 */
export const describeEdits = (
  edits: readonly Edit[],
  definition: Definition,
  actions: ActionLookup,
): readonly string[] => {
  let current = definition;
  return edits.map((edit) => {
    const before = current;
    current = applyEdits(before, [edit]).definition;
    return describeEdit(edit, before, actions);
  });
};

const describeEdit = (edit: Edit, before: Definition, actions: ActionLookup): string => {
  const title = (step: Step): string => `“${plain(titleOf(step, actions))}”`;
  const name = (id: string): string => {
    const step = findStep(before, id);
    return step ? title(step) : `“${plain(id)}”`;
  };
  const list = ({ id, list: inner }: ListRef): string => `${listText(inner)}${name(id)}`;
  const place = (at: At): string => {
    if ('after' in at) return `after ${name(at.after)}`;
    if ('before' in at) return `before ${name(at.before)}`;
    const end = 'first' in at ? 'at the start' : 'at the end';
    if (!at.in) return end;
    return isEmpty(before, at.in) ? `in ${list(at.in)}` : `${end} of ${list(at.in)}`;
  };

  switch (edit.op) {
    case 'insert':
      return `Adds ${title(edit.step)} ${place(edit.at)}.`;
    case 'remove':
      return `Removes ${name(edit.id)}.`;
    case 'replace':
      return `Replaces ${name(edit.id)} by ${title(edit.step)}.`;
    case 'update':
      return describeUpdate(edit, findStep(before, edit.id), name(edit.id));
    case 'move':
      return `Moves ${name(edit.id)} ${place(edit.at)}.`;
    case 'wrap':
      return `Puts ${edit.ids.map(name).join(', ')} into the new ${title(edit.in)}.`;
    case 'unwrap':
      return `Takes the steps out of ${name(edit.id)} and removes it.`;
    case 'setTrigger':
      return edit.trigger ? `Sets the trigger: ${triggerText(edit.trigger)}.` : 'Removes the trigger.';
    case 'setInputs':
      return `${edit.inputs ? 'Changes' : 'Removes'} the inputs of the workflow.`;
    case 'setConfig':
      return `${edit.config ? 'Changes' : 'Removes'} the settings of the workflow.`;
    case 'setMeta':
      return describeMeta(edit);
  }
};

const isEmpty = (definition: Definition, { id, list }: ListRef): boolean => {
  const step = findStep(definition, id);
  return !step || !childLists(step).some((child) => child.list === list && child.steps.length > 0);
};

/** A list of a step, in front of the name of the step. */
const listText = (list: string): string => {
  const [field, index] = list.split('/');
  if (field === 'cases') return `case ${Number(index) + 1} of `;
  if (field === 'branches') return `branch ${Number(index) + 1} of `;
  if (field === 'otherwise') return 'the otherwise of ';
  return field === 'onError' ? 'the recovery of ' : '';
};

const describeMeta = ({ set, unset = [] }: Extract<Edit, { readonly op: 'setMeta' }>): string => {
  const fields = [...new Set([...Object.entries(set).flatMap(given), ...unset])];
  if (fields.length === 1 && set.name !== undefined) return `Renames the workflow to “${plain(set.name)}”.`;
  return `Changes the ${fields.join(' and ') || 'description'} of the workflow.`;
};

const given = ([field, value]: readonly [string, Json | undefined]): readonly string[] =>
  value === undefined ? [] : [field];
