import type { Json } from '../json.js';
import type { Cut, SimulationLimits } from './simulation.js';

/** Why a walk ends before its run does. */
export class WalkEnd extends Error {
  /** A limit; `diverged`: it does not come to where it should; `split`: it goes on as two others. */
  constructor(readonly why: Cut | 'diverged' | 'split') {
    super(why);
  }
}

/** What is left to all walks of a simulation. */
export interface Budget {
  /** Takes a step. Throws {@link WalkEnd} when none is left. */
  step(): void;
  /** Takes a value that goes into an event. Throws {@link WalkEnd} when it is too much. */
  value(value: Json): void;
  /** The limit that is used up, if any. */
  usedUp(): Cut | undefined;
}

/** Makes a {@link Budget}. */
export const createBudget = (limits: Pick<SimulationLimits, 'steps' | 'characters'>): Budget => {
  let steps = limits.steps;
  let characters = limits.characters;
  return {
    step() {
      steps -= 1;
      if (steps < 0) throw new WalkEnd('steps');
    },
    value(value) {
      characters -= sizeUpTo(value, characters);
      if (characters < 0) throw new WalkEnd('characters');
    },
    usedUp() {
      if (steps < 0) return 'steps';
      return characters < 0 ? 'characters' : undefined;
    },
  };
};

/** About how many characters a value has as JSON. Stops counting past `most`: looking never costs more than what is left. */
const sizeUpTo = (root: Json, most: number): number => {
  const pending: Json[] = [root];
  let size = 0;
  while (pending.length > 0 && size <= most) {
    const value = pending.pop() ?? null;
    if (typeof value === 'string') size += value.length + 3;
    else if (typeof value !== 'object' || value === null) size += 5;
    else {
      size += 2;
      for (const [key, item] of Object.entries(value)) {
        size += key.length + 3;
        if (size > most) break;
        pending.push(item);
      }
    }
  }
  return size;
};
