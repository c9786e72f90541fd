/** Does a piece of work `times` times. */
export type Contender = (times: number) => Promise<void>;

/** Milliseconds that one contender is measured for in one round. */
const roundMs = 150;

/**
 * The least milliseconds that one piece of work took each contender, over interleaved rounds: in every round each has its turn,
 * so that other load on the machine meets them alike. The first two rounds warm up and are dropped.
 */
export const bestOfRounds = async <Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds = 12,
): Promise<Record<Name, number>> => {
  // `Object.entries` widens the keys to string.
  const names = Object.keys(contenders) as Name[];
  const times = new Map<Name, number>();
  for (const name of names) times.set(name, await timesPerRound(contenders[name]));
  const measured = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const count = times.get(name) ?? 1;
      const ms = (await elapsed(() => contenders[name](count))) / count;
      if (round >= 2) measured.get(name)?.push(ms);
    }
  }
  return Object.fromEntries([...measured].map(([name, all]) => [name, Math.min(...all)])) as Record<
    Name,
    number
  >;
};

/** The value in the middle; NaN of none. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Milliseconds that `work` takes. */
export const elapsed = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const timesPerRound = async (contender: Contender): Promise<number> => {
  let times = 1;
  for (;;) {
    const ms = await elapsed(() => contender(times));
    if (ms >= roundMs / 4) return Math.max(1, Math.round((times * roundMs) / ms));
    times *= 2;
  }
};
