import { sideByHand } from './by-hand/side.js';
import { giveOnDefinition } from './definition.js';
import { ourSide } from './ours.js';
import type { Side } from './side.js';
import { stepCount } from './task.js';

/** What the hand-written workflow is called in rows. */
export const byHand = 'hand-written workflow';

/** Calls `work` with both ways to do the task, each warm, and closes them. */
export const withBothSides = async <T>(
  work: (sides: { readonly ours: Side; readonly [byHand]: Side }) => Promise<T>,
): Promise<T> => {
  const theirs = await sideByHand();
  const ours = await ourSide(giveOnDefinition(stepCount));
  try {
    await ours.run();
    await theirs.run();
    return await work({ ours, [byHand]: theirs });
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
};
