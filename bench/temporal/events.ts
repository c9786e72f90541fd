import { type Row, row } from '../lib/row.js';
import { eventCount, type Side } from './side.js';
import { byHand, withSides } from './sides.js';
import { stepCount } from './task.js';

const perStep = async (side: Side): Promise<number> =>
  (await eventCount(side.client, await side.run())) / stepCount;

/** How many events of a history a step costs, those of the workflow itself included. */
export const events = (): Promise<readonly Row[]> =>
  withSides(async (sides) => [
    row(
      'events a step, 10 steps',
      'events',
      await perStep(sides.ours),
      { atMost: 3 },
      {
        [byHand]: await perStep(sides[byHand]),
      },
    ),
  ]);
