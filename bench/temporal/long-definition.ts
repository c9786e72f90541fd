import { elapsed } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import { giveOnDefinition } from './definition.js';
import { ourSide } from './ours.js';
import { eventCount } from './side.js';

const steps = 500;

/** A definition of as many steps as the library takes by default, all of which write: the longest history there is. */
export const longDefinition = async (): Promise<readonly Row[]> => {
  const ours = await ourSide(giveOnDefinition(steps, () => true));
  try {
    let workflowId = '';
    const ms = await elapsed(async () => {
      workflowId = await ours.run();
    });
    console.error(`500 writing steps took ${(ms / 1000).toFixed(1)} s`);
    const count = await eventCount(ours.client, workflowId);
    return [row('history of a definition of 500 steps, all writing', 'events', count, { atMost: 9999 })];
  } finally {
    await ours.close();
  }
};
