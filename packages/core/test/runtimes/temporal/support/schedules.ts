import { randomUUID } from 'node:crypto';
import type { ScheduleHandle } from '@temporalio/client';
import type { Scheduler } from '../../../../src/ports/scheduler.js';
import type { SavedWorkflow } from '../../../../src/protocol/workflows.js';
import type { Definition, Trigger } from '../../../../src/workflow/definition.js';
import type { TemporalWorld } from './temporal-world.js';

/** What a test says of the trigger of its schedule. */
export type ScheduleTrigger = Partial<Omit<Extract<Trigger, { readonly kind: 'schedule' }>, 'kind'>>;

/** A saved workflow that comes on the first of January at nine in Berlin, which nobody waits for; its id is its own. */
export const saved = (
  { trigger, ...rest }: Partial<Omit<Definition, 'trigger'>> & { readonly trigger?: ScheduleTrigger } = {},
  version = 1,
): SavedWorkflow => {
  const id = rest.id ?? `w-${randomUUID()}`;
  return {
    id,
    version,
    definition: {
      name: 'Weekly report',
      steps: [],
      ...rest,
      id,
      trigger: { kind: 'schedule', cron: '0 9 1 1 *', timeZone: 'Europe/Berlin', ...trigger },
    },
  };
};

/** What to backfill for the run of a year, instead of waiting for it. */
export const newYear = (year: number) => ({
  start: new Date(`${year - 1}-12-31T12:00:00Z`),
  end: new Date(`${year}-01-01T12:00:00Z`),
});

/** The id of the run of a year. */
export const runIdOf = (id: string, year: number): string => `run_sched_${id}-${year}-01-01T08:00:00Z`;

/** The scheduler of a world. */
export const schedulerOf = ({ orchestrator }: TemporalWorld): Scheduler => {
  if (!orchestrator.scheduler) throw new Error('It has no scheduler.');
  return orchestrator.scheduler;
};

/** The schedule of a workflow, as Temporal has it. */
export const scheduleOf = ({ connection }: TemporalWorld, id: string): ScheduleHandle =>
  connection.client.schedule.getHandle(`fk-workflow-${id}`);
