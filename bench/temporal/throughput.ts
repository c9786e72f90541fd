import { elapsed } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import type { Side } from './side.js';
import { byHand, withBothSides } from './sides.js';

const runs = 200;
const atOnce = 20;
const rounds = 6;

/** Many runs, twenty of them under way at any time; nobody watches their events. */
export const throughput = (): Promise<readonly Row[]> =>
  withBothSides(async (sides) => {
    let ours = 0;
    let theirs = 0;
    for (let round = 0; round < rounds; round += 1) {
      ours = Math.max(ours, await runsPerSecond(sides.ours));
      theirs = Math.max(theirs, await runsPerSecond(sides[byHand]));
    }
    console.error(`${ours.toFixed(1)} runs/s, by hand ${theirs.toFixed(1)}`);
    return [
      row('200 runs, 20 at once: throughput over that of the hand-written workflow', '×', ours / theirs, {
        atLeast: 0.95,
      }),
    ];
  });

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
