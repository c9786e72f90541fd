import { type Contender, inRounds, median } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import type { Side } from './side.js';
import { byHand, withBothSides } from './sides.js';

const rounds = 60;

/**
 * One run at a time, from its start to its end as its starter sees it, by turns. The median: single runs of either side
 * differ in leaps, and the best round is a lucky one.
 */
export const wallTime = (): Promise<readonly Row[]> =>
  withBothSides(async (sides) => {
    const contenders = { ours: runs(sides.ours), [byHand]: runs(sides[byHand]) };
    const all = await inRounds(contenders, rounds, (ms) => ms);
    const said = (ms: readonly number[]): string =>
      `median ${median(ms).toFixed(1)} ms, best ${Math.min(...ms).toFixed(1)} ms`;
    console.error(`a run: ${said(all.ours)}; by hand: ${said(all[byHand])}`);
    const ratio = median(all.ours) / median(all[byHand]);
    return [row('wall time of a run over that of the hand-written workflow', '×', ratio, { atMost: 1.05 })];
  });

const runs =
  (side: Side): Contender =>
  async (times) => {
    for (let time = 0; time < times; time += 1) await side.run();
  };
