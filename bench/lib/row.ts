/** One figure of a suite, as `bench/results/<suite>.json` keeps it. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** The same work done by others, in the same run and unit. */
  readonly peers: { readonly [name: string]: number };
  /** A bound: `<= 3` or `>= 10000`. */
  readonly target: string;
  readonly met: boolean;
}

/** What a figure must not exceed, or must reach. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** Makes a {@link Row}, values rounded to three significant digits; the target is held against the exact value. */
export const row = (
  name: string,
  unit: string,
  ours: number,
  target: Target,
  peers: { readonly [name: string]: number } = {},
): Row => ({
  name,
  unit,
  ours: rounded(ours),
  peers: Object.fromEntries(Object.entries(peers).map(([peer, value]) => [peer, rounded(value)])),
  target: 'atMost' in target ? `<= ${target.atMost}` : `>= ${target.atLeast}`,
  met: 'atMost' in target ? ours <= target.atMost : ours >= target.atLeast,
});

const rounded = (value: number): number => Number(value.toPrecision(3));
