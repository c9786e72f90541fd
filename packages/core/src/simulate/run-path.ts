/** The id of the step at a run path: `note` of `each[3]/note`. */
export const stepIdOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * The id of a step over all rounds and attempts, with those of the steps whose sub-runs it is in: `note` of `each[3]/note`,
 * `sub/note` of `each[3]/sub~2/again[0]/note`.
 */
export const idPathOf = (path: string): string =>
  path
    .split('/')
    .filter((part) => !part.endsWith(']'))
    .map((part) => part.replace(/~\d+$/, ''))
    .join('/');

/** What the paths of a sub-run start with: the path of its step and, from the second on, the attempt. */
export const subRunPrefix = (path: string, attempt: number): string =>
  `${path}${attempt > 1 ? `~${attempt}` : ''}/`;

/** The path without its rounds: `each[]/note`. */
const shapeOf = (path: string): string => path.replace(/\[\d+\]/g, '[]');

/** Whether two paths are of the same step, the second in the same round or a later one. */
export const sameOrLater = (first: string, second: string): boolean => {
  if (first === second) return true;
  if (shapeOf(first) !== shapeOf(second)) return false;
  const [a, b] = [roundsOf(first), roundsOf(second)];
  const differs = a.findIndex((round, at) => round !== b[at]);
  return (b[differs] ?? 0) >= (a[differs] ?? 0);
};

const roundsOf = (path: string): readonly number[] =>
  [...path.matchAll(/\[(\d+)\]/g)].map(([, round]) => Number(round));
