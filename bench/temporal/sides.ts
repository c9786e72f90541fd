import { DefaultLogger, Runtime } from '@temporalio/worker';
import { sideByHand } from './by-hand/side.js';
import { giveOnDefinition } from './definition.js';
import { ourSide } from './ours.js';
import type { Side } from './side.js';
import { stepCount } from './task.js';

/** What the hand-written workflow is called in rows. */
export const byHand = 'hand-written workflow';

/** The same, started through its worker's connection, as ours is: its first task comes with the answer to the start. */
export const byHandEager = 'hand-written, eager start';

/** All ways to do the task. */
export type Sides = Readonly<Record<'ours' | typeof byHand | typeof byHandEager, Side>>;

/** Calls `work` with the ways to do the task, each warm, and closes them. */
export const withSides = async <T>(work: (sides: Sides) => Promise<T>): Promise<T> => {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const sides: Sides = {
    [byHand]: await sideByHand(),
    [byHandEager]: await sideByHand({ startsEagerly: true }),
    ours: await ourSide(giveOnDefinition(stepCount)),
  };
  try {
    for (const side of Object.values(sides)) await side.run();
    return await work(sides);
  } finally {
    await Promise.all(Object.values(sides).map((side) => side.close()));
  }
};
