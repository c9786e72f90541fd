import type { ScheduleDescription } from '@temporalio/client';
import { WorkflowError } from '../../../errors.js';
import { isRecord } from '../../../json.js';
import type { Scheduler } from '../../../ports/scheduler.js';
import type { SavedWorkflow } from '../../../protocol/workflows.js';
import { sameJson } from '../../../workflow/same-json.js';
import { workflowType } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';
import { markOf } from './schedule-mark.js';
import { type createScheduleOf, type NewSchedule, scheduledRunId } from './schedule-of.js';

const prefix = 'fk-workflow-';

/**
 * Makes a {@link Scheduler} whose schedules are Temporal's, one a workflow; any number of servers may ask at once. A pause
 * made by hand stays until a version is saved that says otherwise than the one before. Schedules of other task queues and of
 * other applications are left alone: `put` throws `already_exists` for one that has the name, `payload_too_large`, and
 * `invalid_definition` for what Temporal refuses, such as a time zone that only newer machines know.
 *
 * What `scheduled` gives comes from Temporal's visibility store, a moment late, and 0 where somebody edited the times by
 * hand; `put` and `remove` look at the schedule itself, so that acting on old news changes nothing.
 */
export const createScheduler = (deps: {
  readonly connection: TemporalConnection;
  readonly taskQueues: readonly string[];
  readonly scheduleOf: ReturnType<typeof createScheduleOf>;
}): Scheduler => {
  const { connection, taskQueues, scheduleOf } = deps;
  const schedules = connection.client.schedule;
  const idOf = (workflowId: string): string => `${prefix}${workflowId}`;

  const isOurs = ({ action }: ScheduleDescription, workflowId: string): boolean =>
    action.workflowType === workflowType &&
    action.workflowId === scheduledRunId(workflowId) &&
    taskQueues.includes(action.taskQueue);

  const describe = (workflowId: string): Promise<ScheduleDescription | undefined> =>
    connection.call(({ ScheduleNotFoundError }) =>
      schedules
        .getHandle(idOf(workflowId))
        .describe()
        .catch((error: unknown) => {
          if (error instanceof ScheduleNotFoundError) return undefined;
          throw error;
        }),
    );

  /** False when there is one already. */
  const create = (workflowId: string, schedule: NewSchedule): Promise<boolean> =>
    connection.call(async ({ ScheduleAlreadyRunning }) => {
      try {
        await schedules.create({ scheduleId: idOf(workflowId), ...schedule });
        return true;
      } catch (error) {
        if (error instanceof ScheduleAlreadyRunning) return false;
        throw error;
      }
    });

  /** False when it was removed meanwhile. */
  const change = (workflowId: string, found: ScheduleDescription, schedule: NewSchedule): Promise<boolean> =>
    connection.call(async ({ ScheduleNotFoundError }) => {
      const { paused } = schedule.state;
      const state = wasPaused(found) === paused ? found.state : { ...found.state, paused, note: '' };
      try {
        await schedules.getHandle(idOf(workflowId)).update(() => ({ ...schedule, state }));
        return true;
      } catch (error) {
        if (error instanceof ScheduleNotFoundError) return false;
        throw error;
      }
    });

  const write = async (saved: SavedWorkflow, schedule: NewSchedule): Promise<void> => {
    const { id } = saved;
    for (let done = false; !done; ) {
      const found = await describe(id);
      if (!found) done = await create(id, schedule);
      else if (!isOurs(found, id)) throw taken(id);
      else done = isMadeFrom(found, saved) || (await change(id, found, schedule));
    }
  };

  const remove: Scheduler['remove'] = async (workflowId) => {
    const found = await describe(workflowId);
    if (!found || !isOurs(found, workflowId)) return;
    await connection.call(({ ScheduleNotFoundError }) =>
      schedules
        .getHandle(idOf(workflowId))
        .delete()
        .catch((error: unknown) => {
          if (!(error instanceof ScheduleNotFoundError)) throw error;
        }),
    );
  };

  return {
    async put(saved) {
      const schedule = await scheduleOf(saved);
      if (!schedule) return remove(saved.id);
      try {
        await write(saved, schedule);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // Attributes that were just registered are not known everywhere yet.
        const bare = await scheduleOf(saved, { bare: true });
        if (bare) await write(saved, bare).catch((reason: unknown) => refuse(saved.id, reason));
      }
    },
    remove,
    scheduled: () =>
      connection.call(async () => {
        const versions = new Map<string, number>();
        for await (const one of schedules.list({ query: `ScheduleId STARTS_WITH '${prefix}'` })) {
          const { taskQueue, version } = markOf(one.spec) ?? { taskQueue: undefined, version: 0 };
          if (one.action?.workflowType !== workflowType) continue;
          if (taskQueue !== undefined && !taskQueues.includes(taskQueue)) continue;
          versions.set(one.scheduleId.slice(prefix.length), version);
        }
        return versions;
      }),
  };
};

const definitionIn = ({ action }: ScheduleDescription): unknown => {
  const [args]: readonly unknown[] = action.args ?? [];
  return isRecord(args) ? args.definition : undefined;
};

/** A workflow that was deleted and made again has versions that were there before: the definition tells. */
const isMadeFrom = (found: ScheduleDescription, { version, definition }: SavedWorkflow): boolean =>
  markOf(found.spec)?.version === version && sameJson(definitionIn(found), definition);

/** Whether the definition that it was made from says so. */
const wasPaused = (found: ScheduleDescription): boolean => {
  const definition = definitionIn(found);
  const trigger = isRecord(definition) ? definition.trigger : undefined;
  return isRecord(trigger) && trigger.paused === true;
};

/** The client makes a `TypeError` of what is wrong with times and zones. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof TypeError || grpcStatusOf(error) === grpcStatus.invalidArgument;

const refuse = (workflowId: string, error: unknown): never => {
  if (!isRefusal(error)) throw error;
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  throw new WorkflowError(
    'invalid_definition',
    `Temporal does not take the schedule of "${workflowId}" (${reason}). Change the workflow's trigger.`,
    { cause: error },
  );
};

const taken = (workflowId: string): WorkflowError =>
  new WorkflowError(
    'already_exists',
    `Temporal has a schedule "${prefix}${workflowId}" of another application or task queue: save the workflow under another id, or use a namespace of its own.`,
  );
