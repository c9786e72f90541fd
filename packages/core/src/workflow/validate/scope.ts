import type { SchemaScope } from '../../expressions/type-check.js';
import { isRecord, type JsonSchema } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import type { Definition, Step } from '../definition.js';
import type { Path } from './resolve-path.js';

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

/** A scope that the walk adds to, see {@link addStep} and {@link addVariable}. */
export interface GrowingScope extends VisibleScope {
  readonly steps: Map<string, JsonSchema>;
  readonly vars: Map<string, Readable>;
}

/** Makes a step visible. */
export const addStep = (scope: GrowingScope, id: string, schema: JsonSchema): void => {
  scope.steps.set(id, schema);
};

/** Makes a variable visible. */
export const addVariable = (scope: GrowingScope, name: string, variable: Readable): void => {
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

/** Made once for each schema, so that what was checked against it need not be checked again. */
const madeFrom = (cache: WeakMap<JsonSchema, JsonSchema>, from: JsonSchema, make: () => JsonSchema) => {
  const known = cache.get(from);
  if (known) return known;
  const made = make();
  cache.set(from, made);
  return made;
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
});

/** A scope for an inner list; what is added to it stays in it. */
export const innerScope = (
  outer: VisibleScope,
  names: Readonly<Record<string, JsonSchema | undefined>> = {},
): GrowingScope => ({
  names: new Map([...outer.names, ...Object.entries(names)]),
  steps: new Map(outer.steps),
  vars: new Map(outer.vars),
});

/** Makes the variables of a case or recovery list visible around it, where they may be absent. */
export const keepVariables = (inner: VisibleScope, outer: GrowingScope): void => {
  for (const [name, { schema }] of inner.vars) {
    const before = outer.vars.get(name);
    const same = before === undefined || JSON.stringify(before.schema) === JSON.stringify(schema);
    addVariable(outer, name, { schema: same ? schema : undefined, optional: before?.optional ?? true });
  }
};

/** Makes the steps of an inner list visible around it. */
export const revealSteps = (inner: VisibleScope, outer: GrowingScope): void => {
  for (const [id, schema] of inner.steps) addStep(outer, id, schema);
};

/**
 * What these paths read of a scope, as the type checker of expressions takes it; `{}` is a value of which nothing is known.
 * No more than that: with all steps of a long definition for each of its texts, checking would take quadratic time.
 */
export const schemaScope = ({ names, steps, vars }: VisibleScope, paths: readonly Path[]): SchemaScope => {
  const variables = readOf(vars, 'vars', paths);
  return {
    ...Object.fromEntries([...names].map(([name, schema]) => [name, schema ?? {}])),
    // Where they may be read is checked by reference.
    secrets: { type: 'object', additionalProperties: { type: 'string' } },
    steps: object(Object.fromEntries(readOf(steps, 'steps', paths))),
    vars: {
      type: 'object',
      properties: Object.fromEntries(variables.map(([name, { schema }]) => [name, schema ?? {}])),
      required: variables.flatMap(([name, { optional }]) => (optional ? [] : [name])),
    },
  };
};

/** The entries below `root` that are read; all when it is read as a whole. */
const readOf = <T>(
  entries: ReadonlyMap<string, T>,
  root: string,
  paths: readonly Path[],
): readonly (readonly [string, T])[] => {
  const read = paths.filter((path) => path[0] === root);
  if (read.some((path) => path.length === 1)) return [...entries];
  return read.flatMap((path): readonly (readonly [string, T])[] => {
    const name = String(path[1]);
    const entry = entries.get(name);
    return entry === undefined ? [] : [[name, entry]];
  });
};

const object = (properties: Record<string, unknown>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

const orNull = (schema: unknown): unknown =>
  isRecord(schema) && Object.keys(schema).length > 0 ? { anyOf: [schema, { type: 'null' }] } : {};

/** The schema of `steps.<id>` in the step's recovery list. */
export const failedStep: JsonSchema = object({
  output: { type: 'null' },
  error: object({ code: { type: 'string' }, message: { type: 'string' } }),
});

const endedSchemas = new WeakMap<JsonSchema, JsonSchema>();
const unknownOutput: JsonSchema = {};

/** The schema of `steps.<id>` once a step with this output has ended: with `onError`, either may be null. */
export const endedStep = (step: Step, output: JsonSchema | undefined): JsonSchema => {
  const recovers = 'onError' in step && step.onError !== undefined && step.onError !== 'fail';
  if (!recovers) {
    const known = output ?? unknownOutput;
    return madeFrom(endedSchemas, known, () => object({ output: known }));
  }
  return object({
    output: orNull(output),
    error: orNull(object({ code: { type: 'string' }, message: { type: 'string' } })),
  });
};

/** What a step without steps inside gives. */
export const outputSchema = (step: Step, actions: ActionLookup): JsonSchema | undefined => {
  const text = { type: 'string' };
  switch (step.kind) {
    case 'action':
      return actions.get(step.action)?.outputSchema;
    case 'branch':
      return object({ case: { anyOf: [{ type: 'number' }, { enum: ['otherwise', null] }] } });
    case 'repeat':
      return object({ iterations: { type: 'number' } });
    case 'approval':
      return object({
        decision: { ...text, enum: ['approved', 'rejected'] },
        by: orNull(text),
        comment: orNull(text),
      });
    case 'wait':
      return step.signal === undefined
        ? { type: 'null' }
        : object({ received: { type: 'boolean' }, payload: {} });
    case 'parallel':
    case 'set':
      return { type: 'null' };
    default:
      return undefined;
  }
};
