import type { Node } from './syntax.js';

/** The constant path of a node such as `steps.eta.output["due date"]`; undefined when it is none. */
export const constantPath = (node: Node): readonly (string | number)[] | undefined => {
  if (node.type === 'name') return [node.name];
  if (node.type !== 'member' || node.key.type !== 'literal') return undefined;
  const { value } = node.key;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const path = constantPath(node.object);
  return path && [...path, value];
};

/** Like {@link constantPath}, also of a macro's variable, whose path starts with "". */
export const placePath = (node: Node): readonly (string | number)[] | undefined => {
  if (node.type === 'local') return [''];
  if (node.type !== 'member' || node.key.type !== 'literal') return constantPath(node);
  const { value } = node.key;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const path = placePath(node.object);
  return path && [...path, value];
};

/** A path as a map key. */
export const pathKey = (path: readonly (string | number)[]): string => JSON.stringify(path);
