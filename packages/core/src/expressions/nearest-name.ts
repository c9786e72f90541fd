/** Pairs of letters that are compared for one name: some hundred candidates, or a few of 100 letters each. */
const mostCompared = 100_000;

/** The candidate closest to a name, for "did you mean"; undefined when none is close (a third of the letters may differ). */
export const nearestName = (name: string, candidates: Iterable<string>): string | undefined => {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  let left = mostCompared;
  const wanted = fold(name);
  for (const candidate of candidates) {
    const folded = fold(candidate);
    if (Math.abs(wanted.length - folded.length) >= least) continue;
    left -= wanted.length * folded.length;
    if (left < 0) break;
    const distance = editDistance(wanted, folded, least);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
};

/** Case and separators do not count: `hasReply`, `has_reply` and `HASREPLY` are the same to a person. */
const fold = (text: string): string =>
  text
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[_\-\s]/g, '');

/** Letters to change, add, drop or swap with their neighbour; answers `limit` once it is reached. */
const editDistance = (a: string, b: string, limit: number): number => {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const substitute = at(row, j) + (a[i] === b[j] ? 0 : 1);
      const swapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      const swap = swapped ? at(before, j - 1) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(substitute, swap, at(row, j + 1) + 1, at(next, j) + 1));
    }
    before = row;
    row = next;
  }
  return Math.min(at(row, b.length), limit);
};

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
