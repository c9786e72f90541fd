import { elapsed, median } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import type { Side } from './side.js';
import { byHand, withBothSides } from './sides.js';

const runs = 200;
const atOnce = 20;

/** The first two warm up: it takes some 500 runs until all that a run calls is compiled. */
const rounds = 11;
const dropped = 2;

/**
 * Many runs, twenty of them under way at any time; nobody watches their events. The sides take turns, and each round has a
 * ratio of its own: the speed of a machine drifts over minutes, which the median of these leaves out.
 */
export const throughput = (): Promise<readonly Row[]> =>
  withBothSides(async (sides) => {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const turns = [
        async () => ours.push(await runsPerSecond(sides.ours)),
        async () => theirs.push(await runsPerSecond(sides[byHand])),
      ];
      // Whoever comes second starts among the other's last timers on the server.
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
    const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN)).slice(dropped);
    console.error(
      `${said(ours.slice(dropped))}, by hand ${said(theirs.slice(dropped))}; ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`,
    );
    return [
      row('200 runs, 20 at once: throughput over that of the hand-written workflow', '×', median(ratios), {
        atLeast: 0.95,
      }),
    ];
  });

const said = (perSecond: readonly number[]): string =>
  `${median(perSecond).toFixed(1)} runs/s (best ${Math.max(...perSecond).toFixed(1)})`;

const runsPerSecond = async (side: Side): Promise<number> => {
  let left = runs;
  const starter = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await side.runUnwatched();
    }
  };
  const ms = await elapsed(() => Promise.all(Array.from({ length: atOnce }, starter)));
  return (runs * 1000) / ms;
};
