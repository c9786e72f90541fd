/** The id of the step at a run path: `note` of `each[3]/note`. */
export const stepIdOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

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
