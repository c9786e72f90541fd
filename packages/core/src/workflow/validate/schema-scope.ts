import type { SchemaScope } from '../../expressions/type-check.js';
import type { JsonSchema } from '../../json.js';
import type { Path } from './resolve-path.js';
import type { VisibleScope } from './scope.js';

/**
 * What these paths read of a scope, as the type checker of expressions takes it; `{}` is a value of which nothing is known.
 * No more than that, and of what is read as a whole no field: with all steps of a long definition for each of its texts,
 * checking would take quadratic time.
 */
export const schemaScope = ({ names, steps, vars }: VisibleScope, paths: readonly Path[]): SchemaScope => {
  const variables = readOf(vars, 'vars', paths);
  const properties = variables.map(([name, { schema }]) => [name, schema ?? {}] as const);
  const required = variables.flatMap(([name, { optional }]) => (optional ? [] : [name]));
  const ended = readOf(steps, 'steps', paths);
  return {
    ...Object.fromEntries([...names].map(([name, schema]) => [name, schema ?? {}])),
    // Where they may be read is checked by reference.
    secrets: { type: 'object', additionalProperties: { type: 'string' } },
    steps: object(
      ended,
      ended.map(([id]) => id),
      isWhole('steps', paths),
    ),
    vars: object(properties, required, isWhole('vars', paths)),
  };
};

const object = (
  properties: readonly (readonly [string, JsonSchema])[],
  required: readonly string[],
  open: boolean,
): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(properties),
  required,
  ...(open ? { additionalProperties: true } : {}),
});

const isWhole = (root: string, paths: readonly Path[]): boolean =>
  paths.some((path) => path[0] === root && path.length === 1);

/** The entries below `root` that are read by name. */
const readOf = <T>(
  entries: ReadonlyMap<string, T>,
  root: string,
  paths: readonly Path[],
): readonly (readonly [string, T])[] =>
  paths.flatMap((path): readonly (readonly [string, T])[] => {
    const name = String(path[1]);
    const entry = path[0] === root && path.length > 1 ? entries.get(name) : undefined;
    return entry === undefined ? [] : [[name, entry]];
  });
