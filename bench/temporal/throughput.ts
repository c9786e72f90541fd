import { elapsed, median } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import type { Side } from './side.js';
import { byHand, byHandEager, type Sides, withSides } from './sides.js';

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
  withSides(async (sides) => {
    const measured: Record<keyof Sides, number>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const perSecond = { ours: 0, [byHand]: 0, [byHandEager]: 0 };
      // Whoever comes second starts among the other's last timers on the server.
      const turns = round % 2 === 0 ? names : names.toReversed();
      for (const name of turns) perSecond[name] = await runsPerSecond(sides[name]);
      if (round >= dropped) measured.push(perSecond);
    }
    const ratios = (name: keyof Sides): readonly number[] =>
      measured.map((round) => round[name] / round[byHand]);
    for (const name of names)
      console.error(`${name}: ${said(measured.map((round) => round[name]))}, ratios ${listed(ratios(name))}`);
    return [
      row(
        '200 runs, 20 at once: throughput over that of the hand-written workflow',
        '×',
        median(ratios('ours')),
        { atLeast: 0.95 },
        { [byHandEager]: median(ratios(byHandEager)) },
      ),
    ];
  });

const names = ['ours', byHand, byHandEager] as const;

const said = (perSecond: readonly number[]): string =>
  `${median(perSecond).toFixed(1)} runs/s (best ${Math.max(...perSecond).toFixed(1)})`;

const listed = (ratios: readonly number[]): string => ratios.map((ratio) => ratio.toFixed(2)).join(' ');

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
