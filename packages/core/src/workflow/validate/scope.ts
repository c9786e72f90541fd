import type { JsonSchema } from '../../json.js';
import type { Definition } from '../definition.js';
import { madeFrom } from './made-from.js';

/** A value that expressions can read: its schema (undefined: unknown) and whether it may be absent or null. */
export interface Readable {
  readonly schema: JsonSchema | undefined;
  readonly optional: boolean;
}

/** What expressions at some place of a definition can read. */
export interface VisibleScope {
  /** `inputs`, `trigger`, `run`, the loop variables; a compensation's `input` and `output`. */
  readonly names: ReadonlyMap<string, JsonSchema | undefined>;
  /** Steps that ended before, by id: the schema of `{output, error?}`. They are added as the walk goes on. */
  readonly steps: ReadonlyMap<string, JsonSchema>;
  readonly vars: ReadonlyMap<string, Readable>;
}

/**
 * A scope that the walk adds to, see {@link addStep} and {@link addVariable}. One of an inner list shares the maps of the one
 * around it, and takes out again what was added when it is left: a copy for each list would take quadratic time.
 */
export interface GrowingScope extends VisibleScope {
  readonly steps: Map<string, JsonSchema>;
  readonly vars: Map<string, Readable>;
  /** Ids of the steps that were added. */
  readonly addedSteps: string[];
  /** Variables that were added, each with what it was before. */
  readonly varsBefore: Map<string, Readable | undefined>;
}

/** What was added to a scope that was left. */
export interface Added {
  readonly steps: readonly (readonly [id: string, schema: JsonSchema])[];
  readonly vars: readonly (readonly [name: string, variable: Readable])[];
}

/** Makes a step visible. */
export const addStep = (scope: GrowingScope, id: string, schema: JsonSchema): void => {
  scope.addedSteps.push(id);
  scope.steps.set(id, schema);
};

/** Makes a variable visible. */
export const addVariable = (scope: GrowingScope, name: string, variable: Readable): void => {
  if (!scope.varsBefore.has(name)) scope.varsBefore.set(name, scope.vars.get(name));
  scope.vars.set(name, variable);
};

const runSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    startedAt: { type: 'string', format: 'date-time' },
    version: { type: 'number' },
  },
  required: ['id', 'startedAt', 'version'],
};

const inputSchemas = new WeakMap<JsonSchema, JsonSchema>();
const noInputs: JsonSchema = {};

/** The scope of the top list before its first step. */
export const topScope = ({ inputs = noInputs }: Definition): GrowingScope => ({
  names: new Map<string, JsonSchema | undefined>([
    ['inputs', madeFrom(inputSchemas, inputs, () => ({ type: 'object', properties: {}, ...inputs }))],
    ['trigger', undefined],
    ['run', runSchema],
  ]),
  steps: new Map(),
  vars: new Map(),
  addedSteps: [],
  varsBefore: new Map(),
});

/** The scope with more names. */
export const withNames = (
  scope: VisibleScope,
  names: Readonly<Record<string, JsonSchema | undefined>>,
): VisibleScope => ({ ...scope, names: new Map([...scope.names, ...Object.entries(names)]) });

/** Enters an inner list. The scope around it is not used before {@link leaveScope}. */
export const enterScope = (
  { names, steps, vars }: GrowingScope,
  more: Readonly<Record<string, JsonSchema | undefined>> = {},
): GrowingScope => ({
  names: new Map([...names, ...Object.entries(more)]),
  steps,
  vars,
  addedSteps: [],
  varsBefore: new Map(),
});

/** Leaves an inner list: the scope around it is as it was before. Gives what was added. */
export const leaveScope = ({ steps, vars, addedSteps, varsBefore }: GrowingScope): Added => {
  const added = {
    steps: addedSteps.flatMap((id) => entryOf(steps, id)),
    vars: [...varsBefore.keys()].flatMap((name) => entryOf(vars, name)),
  };
  for (const id of addedSteps) steps.delete(id);
  for (const [name, before] of varsBefore) {
    if (before) vars.set(name, before);
    else vars.delete(name);
  }
  return added;
};

const entryOf = <T>(map: ReadonlyMap<string, T>, key: string): readonly (readonly [string, T])[] => {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
};

/** Makes the variables of a case or recovery list visible around it, where they may be absent. */
export const keepVariables = ({ vars }: Added, outer: GrowingScope): void => {
  for (const [name, { schema }] of vars) {
    const before = outer.vars.get(name);
    const same = before === undefined || isSameSchema(before.schema, schema);
    addVariable(outer, name, { schema: same ? schema : undefined, optional: before?.optional ?? true });
  }
};

/** Values that are compared to find two schemas equal: those of variables made of variables can be of any size. */
const mostCompared = 200;

const isSameSchema = (first: unknown, second: unknown): boolean => {
  let left = mostCompared;
  const isSame = (a: unknown, b: unknown): boolean => {
    left -= 1;
    if (a === b) return true;
    if (left < 0 || typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
    );
  };
  return isSame(first, second);
};

/** Makes the steps of an inner list visible around it. */
export const revealSteps = ({ steps }: Added, outer: GrowingScope): void => {
  for (const [id, schema] of steps) addStep(outer, id, schema);
};
