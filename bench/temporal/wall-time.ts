import { setTimeout as pause } from 'node:timers/promises';
import { elapsed, median } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import type { Side } from './side.js';
import { byHand, byHandEager, withSides } from './sides.js';

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
  withSides(async (sides) => {
    const times = {
      ours: timed(sides.ours),
      [byHand]: timed(sides[byHand]),
      [byHandEager]: timed(sides[byHandEager]),
    };
    for (let round = 0; round < rounds; round += 1) for (const { take } of Object.values(times)) await take();
    for (const [name, { said }] of Object.entries(times)) console.error(`${name}: ${said()}`);
    const over = (name: keyof typeof times): number => times[name].median() / times[byHand].median();
    return [
      row(
        'wall time of a run over that of the hand-written workflow',
        '×',
        over('ours'),
        { atMost: 1.05 },
        { [byHandEager]: over(byHandEager) },
      ),
    ];
  });

/** Times runs of a side. */
const timed = (side: Side) => {
  const all: number[] = [];
  const counted = (): readonly number[] => all.slice(dropped);
  return {
    async take() {
      await pause(pauseMs);
      all.push(await elapsed(() => side.run()));
    },
    median: () => median(counted()),
    said: () => `median ${median(counted()).toFixed(1)} ms, best ${Math.min(...counted()).toFixed(1)} ms`,
  };
};
