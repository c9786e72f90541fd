import type { Assumption } from './assumptions.js';
import { WalkEnd } from './budget.js';

/** A choice that was taken, and those before it. */
interface Turn {
  readonly option: string;
  /** Set where a condition comes out so whatever its value. */
  readonly forced: boolean;
  readonly before: Turn | undefined;
}

/** A way to walk: the choices up to the last that is laid down, and what samples hold on it. */
export interface Plan {
  readonly last: Turn | undefined;
  readonly assumptions: readonly Assumption[];
}

/** The plan that leaves all open. */
export const openPlan: Plan = { last: undefined, assumptions: [] };

/** What was decided of a condition. */
export interface Decision {
  readonly holds: boolean;
  readonly forced: boolean;
}

/** The choices of one walk: as its plan says, then the first option each time. */
export interface Choices {
  /** Plans for the options that were not taken, those of the last choice last; of one entry, the first that can be walked is. */
  readonly forks: readonly (readonly Plan[])[];
  choose(options: readonly [string, ...string[]]): string;
  /**
   * Decides a condition that comes out as `value`, or fails without one. `waysTo` gives assumptions under which it comes out
   * as wanted. Throws {@link WalkEnd} when the plan cannot be walked, or when another walk has to find out.
   */
  decide(
    value: boolean | undefined,
    waysTo: (wanted: boolean) => readonly (readonly Assumption[])[],
  ): Decision;
}

/** Makes the {@link Choices} of a walk; unless it `explores`, only forks without which it cannot be walked are noted. */
export const createChoices = (plan: Plan, explores: boolean): Choices => {
  const planned = turnsOf(plan.last);
  const forks: (readonly Plan[])[] = [];
  let last: Turn | undefined;
  let count = 0;

  const take = (option: string, forced = false): void => {
    last = { option, forced, before: last };
    count += 1;
  };
  const planWith = (option: string, forced: boolean, more: readonly Assumption[] = []): Plan => ({
    last: { option, forced, before: last },
    assumptions: [...plan.assumptions, ...more],
  });

  return {
    forks,
    choose(options) {
      const next = planned[count];
      if (next && !options.includes(next.option)) throw new WalkEnd('diverged');
      const [first, ...others] = options;
      if (!next && explores) for (const other of others.toReversed()) forks.push([planWith(other, false)]);
      const option = next?.option ?? first;
      take(option);
      return option;
    },
    decide(value, waysTo) {
      const fork = (wanted: boolean): void => {
        const ways = waysTo(wanted).map((way) => planWith(String(wanted), false, way));
        forks.push(ways.length > 0 ? ways : [planWith(String(wanted), true)]);
      };
      const next = planned[count];
      if (next?.forced) {
        take(next.option, true);
        return { holds: next.option === 'true', forced: true };
      }
      if (next && next.option !== String(value)) throw new WalkEnd('diverged');
      if (value === undefined) {
        fork(false);
        fork(true);
        throw new WalkEnd('split');
      }
      if (!next && explores) fork(!value);
      take(String(value));
      return { holds: value, forced: false };
    },
  };
};

const turnsOf = (last: Turn | undefined): readonly Turn[] => {
  const turns: Turn[] = [];
  for (let turn = last; turn; turn = turn.before) turns.push(turn);
  return turns.toReversed();
};
