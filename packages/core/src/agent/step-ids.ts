import { isRecord, type Json } from '../json.js';
import type { Definition } from '../workflow/definition.js';
import { walkSteps } from '../workflow/walk.js';

/** The ids of every step of a definition. */
export const stepIds = (definition: Definition | undefined): Set<string> =>
  new Set(definition ? [...walkSteps(definition.steps)].map(({ step }) => step.id) : []);

/** An id made from `name` (an action's id or a step's kind) that is not in `taken`; adds it there. */
export const newStepId = (name: string, taken: Set<string>): string => {
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^[^a-z]+|_+$/g, '')
      .slice(0, 56) || 'step';
  let id = base;
  for (let n = 2; taken.has(id) || reserved.has(id); n++) id = `${base}_${n}`;
  taken.add(id);
  return id;
};

const reserved = new Set(['in', 'true', 'false', 'null']);

/**
 * Gives every step in a value that has none an id, made from its action or kind. Looks wherever steps can stand; ids
 * that are there stay as they are, whatever they are.
 */
export const withStepIds = (value: Json, taken: Set<string>): Json => {
  noteIds(value, taken);
  return fill(value, taken);
};

const noteIds = (value: Json, taken: Set<string>): void => {
  if (Array.isArray(value)) for (const item of value) noteIds(item, taken);
  else if (isRecord(value)) {
    if (isStepLike(value) && typeof value.id === 'string') taken.add(value.id);
    for (const name of Object.keys(value)) if (mayHoldSteps(name)) noteIds(value[name] ?? null, taken);
  }
};

const fill = (value: Json, taken: Set<string>): Json => {
  if (isList(value)) return value.map((item) => fill(item, taken));
  if (!isRecord(value)) return value;
  const filled = Object.entries(value).map(([name, inner]) => [
    name,
    mayHoldSteps(name) ? fill(inner, taken) : inner,
  ]);
  const id =
    isStepLike(value) && value.id === undefined
      ? { id: newStepId(typeof value.action === 'string' ? value.action : String(value.kind), taken) }
      : {};
  return { ...id, ...Object.fromEntries(filled) };
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const isStepLike = (value: Record<string, unknown>): boolean => typeof value.kind === 'string';

/** Members that hold steps or what holds steps; everything else (inputs, templates) is the person's data. */
const mayHoldSteps = (name: string): boolean =>
  ['steps', 'cases', 'otherwise', 'branches', 'onError', 'step', 'in'].includes(name);
