/**
 * Indexes of a longest increasing subsequence, in their order: the most items that can stay where they are while the others
 * move. Takes O(n log n).
 */
export const longestIncreasing = (values: readonly number[]): readonly number[] => {
  /** `ends[k]`: index of the smallest value that ends an increasing sequence of k + 1 values. */
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, value] of values.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous.push(ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const found: number[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) found.push(index);
  return found.reverse();
};
