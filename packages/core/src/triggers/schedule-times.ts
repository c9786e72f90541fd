import { Cron } from 'croner';
import { plainCrons } from '../workflow/cron.js';
import type { Trigger } from '../workflow/definition.js';

/** The trigger that starts runs by the clock. */
export type ScheduleTrigger = Extract<Trigger, { readonly kind: 'schedule' }>;

/** The first time of a schedule after `ms` (since the epoch); undefined when none comes any more. */
export type ScheduleTimes = (ms: number) => number | undefined;

/**
 * Makes {@link ScheduleTimes}. When clocks go forward, a single time of the day that does not exist comes right after the
 * gap; when they go back, one that comes twice counts once. Times by the hour or minute come as often as they exist.
 */
export const scheduleTimes = ({ cron, timeZone = 'UTC' }: ScheduleTrigger): ScheduleTimes => {
  const crons = plainCrons(cron).map(
    (plain) => new Cron(plain, { timezone: timeZone, mode: '5-part', domAndDow: true }),
  );
  return (ms) => {
    const next = crons.flatMap((one) => one.nextRun(new Date(ms))?.getTime() ?? []);
    return next.length === 0 ? undefined : Math.min(...next);
  };
};
