import type { ScheduleOptions } from '@temporalio/client';
import { plainCrons } from '../../../workflow/cron.js';
import type { Trigger } from '../../../workflow/definition.js';
import { parseDuration } from '../../../workflow/duration.js';
import { markedCron, type ScheduleMark } from './schedule-mark.js';

type ScheduleTrigger = Extract<Trigger, { readonly kind: 'schedule' }>;

const overlaps = { skip: 'SKIP', buffer: 'BUFFER_ONE', allow: 'ALLOW_ALL' } as const;

/** When a schedule starts runs, in Temporal's terms. */
export const specOf = (
  { cron, timeZone = 'UTC' }: ScheduleTrigger,
  mark: ScheduleMark,
): ScheduleOptions['spec'] => ({
  cronExpressions: plainCrons(cron).map((one) => markedCron(one, mark)),
  timezone: zoneName(timeZone),
});

/** What happens to a run that comes too early or too late. Temporal takes a catch-up of less than 10 s for 10 s. */
export const policiesOf = ({
  overlap = 'skip',
  catchUp = 'PT1M',
}: ScheduleTrigger): NonNullable<ScheduleOptions['policies']> => ({
  overlap: overlaps[overlap],
  catchupWindow: parseDuration(catchUp) ?? 0,
});

/** As Temporal spells it, which tells `europe/berlin` from `Europe/Berlin`. */
const zoneName = (timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
