import { nearestName } from '../../expressions/nearest-name.js';
import { memberSchema } from '../../expressions/schema-walk.js';
import type { JsonSchema } from '../../json.js';
import { scopeNames } from './names.js';
import type { Readable, VisibleScope } from './scope.js';

/** The path of a reference: `['steps', 'eta', 'output', 'stops', 0]`. */
export type Path = readonly (string | number)[];

/** Names that are compared for a suggestion. */
const mostNames = 1000;

/** Where a path breaks: at which part, and the nearest name that exists there. */
export interface BrokenPath {
  readonly broken: number;
  readonly suggestion: string | undefined;
}

const resolvePath = (path: Path, scope: VisibleScope): Readable | BrokenPath => {
  const [root, second] = path;
  if (root === 'steps' || root === 'vars') {
    if (typeof second !== 'string') return { schema: undefined, optional: false };
    const known = root === 'steps' ? scope.steps : scope.vars;
    if (!known.has(second))
      return { broken: 1, suggestion: nearestName(second, [...known.keys()].slice(0, mostNames)) };
    const variable = scope.vars.get(second);
    const start = root === 'steps' ? { schema: scope.steps.get(second), optional: false } : variable;
    return follow(path, 2, start ?? { schema: undefined, optional: true }, root === 'steps');
  }
  if (typeof root === 'string' && scope.names.has(root)) {
    return follow(path, 1, { schema: scope.names.get(root), optional: false }, false);
  }
  const names = [...scopeNames.filter((name) => name !== 'secrets'), ...scope.names.keys()];
  return { broken: 0, suggestion: nearestName(String(root), names) };
};

/** `closed`: the schema at `from` is ours, which has no other fields than those it names. */
const follow = (path: Path, from: number, start: Readable, closed: boolean): Readable | BrokenPath => {
  let schema: JsonSchema | undefined = start.schema;
  let optional = start.optional;
  for (let index = from; index < path.length; index++) {
    const found = memberSchema(schema, path[index] ?? '');
    if ('missing' in found) return { broken: index, suggestion: found.suggestion };
    if (found.schema === undefined && !(closed && index === from))
      return { schema: undefined, optional: false };
    schema = found.schema;
    optional = optional || found.optional;
  }
  return { schema, optional };
};

/** Follows a path from a scope. */
export type Resolver = (path: Path) => Readable | BrokenPath;

/** Makes a {@link Resolver} that follows a path once: to find the nearest name takes time. */
export const resolverOf = (scope: VisibleScope): Resolver => {
  const known = new Map<string, Readable | BrokenPath>();
  return (path) => {
    const name = pathText(path);
    const found = known.get(name) ?? resolvePath(path, scope);
    known.set(name, found);
    return found;
  };
};

/** The path with its mistyped parts replaced by the nearest names; undefined when that does not mend it. */
export const repairPath = (path: Path, resolve: Resolver): Path | undefined => {
  let current = path;
  for (let tries = 0; tries < 5; tries++) {
    const found = resolve(current);
    if (!('broken' in found)) return current;
    if (found.suggestion === undefined) return undefined;
    current = current.with(found.broken, found.suggestion);
  }
  return undefined;
};

/** A path as an expression writes it. */
export const pathText = (path: Path): string =>
  path
    .map((part, index) => {
      if (index === 0) return String(part);
      return typeof part === 'string' && /^[A-Za-z_]\w*$/.test(part)
        ? `.${part}`
        : `[${JSON.stringify(part)}]`;
    })
    .join('');
