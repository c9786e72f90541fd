import { setTimeout as pause } from 'node:timers/promises';
import { elapsed, median } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import type { Side } from './side.js';
import { byHand, withBothSides } from './sides.js';

/** The first two warm up. */
const rounds = 60;
const dropped = 2;

/**
 * Before each run, milliseconds: the server looks for new tasks at most 20 times a second (its setting
 * `history.transferProcessorMaxPollRPS`), so that a run right after another one waits for the other's end.
 */
const pauseMs = 300;

/**
 * One run at a time, from its start to its end as its starter sees it, by turns. The median: single runs of either side
 * differ in leaps, and the best round is a lucky one.
 */
export const wallTime = (): Promise<readonly Row[]> =>
  withBothSides(async (sides) => {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await timeOf(sides.ours));
      theirs.push(await timeOf(sides[byHand]));
    }
    const counted = { ours: ours.slice(dropped), theirs: theirs.slice(dropped) };
    console.error(`a run: ${said(counted.ours)}; by hand: ${said(counted.theirs)}`);
    const ratio = median(counted.ours) / median(counted.theirs);
    return [row('wall time of a run over that of the hand-written workflow', '×', ratio, { atMost: 1.05 })];
  });

const timeOf = async (side: Side): Promise<number> => {
  await pause(pauseMs);
  return elapsed(() => side.run());
};

const said = (ms: readonly number[]): string =>
  `median ${median(ms).toFixed(1)} ms, best ${Math.min(...ms).toFixed(1)} ms`;
