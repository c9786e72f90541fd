import type { ScheduleOptions } from '@temporalio/client';
import type { DefinitionOf } from '../../../ports/workflow-store.js';
import type { SavedWorkflow } from '../../../protocol/workflows.js';
import type { ActionLookup } from '../../../workflow/action-spec.js';
import {
  type ScheduledArguments,
  type ScheduledMemo,
  type ShownAttributes,
  shownBy,
  workflowType,
} from '../common/contract.js';
import { whatItUses } from '../common/what-it-uses.js';
import type { TemporalConnection } from './connect-temporal.js';
import { requireRoom, storesLarge } from './require-room.js';
import { policiesOf, specOf } from './schedule-spec.js';
import { workflowTaskTimeoutMs } from './start-run.js';

/** A schedule to be made or changed. */
export type NewSchedule = Omit<ScheduleOptions, 'scheduleId' | 'memo' | 'state'> & {
  readonly state: { readonly paused: boolean };
};

/** What the ids of the runs of a schedule begin with; Temporal adds `-` and the time, as `2030-01-31T09:00:00Z`. */
export const scheduledRunId = (workflowId: string): string => `run_sched_${workflowId}`;

/**
 * Makes a function that gives the schedule of a saved workflow; undefined when its trigger is another one. `bare`: its runs
 * go without search attributes, and it counts as made from version 0, so that it is put again. Throws `payload_too_large`.
 */
export const createScheduleOf =
  (deps: {
    readonly connection: TemporalConnection;
    readonly catalog: ActionLookup;
    readonly definitionOf: DefinitionOf;
    readonly taskQueue: string;
    readonly timeScale: number;
    readonly shownAttributes: () => Promise<ShownAttributes>;
  }) =>
  async (
    { id, version, definition }: SavedWorkflow,
    { bare = false }: { readonly bare?: boolean } = {},
  ): Promise<NewSchedule | undefined> => {
    const { connection, catalog, definitionOf, taskQueue, timeScale, shownAttributes } = deps;
    const { trigger } = definition;
    if (trigger?.kind !== 'schedule') return undefined;
    const shown = bare ? { showsStatus: false } : await shownAttributes();
    const { definitions } = await whatItUses(definition, catalog, definitionOf);
    const args: ScheduledArguments = {
      definition,
      definitions,
      timeScale,
      ...(storesLarge(connection) ? { storesLarge: true } : {}),
      scheduled: version,
      ...shown,
    };
    requireRoom(connection, args, 'The workflow with those that its steps run');
    return {
      spec: specOf(trigger, { version: bare ? 0 : version, taskQueue }),
      policies: policiesOf(trigger),
      state: { paused: trigger.paused ?? false },
      action: {
        type: 'startWorkflow',
        workflowType,
        workflowId: scheduledRunId(id),
        taskQueue,
        args: [args],
        memo: { workflowId: id, version } satisfies ScheduledMemo,
        workflowTaskTimeout: workflowTaskTimeoutMs,
        staticSummary: definition.name,
        ...shownBy({ workflowId: id, version, status: 'running' }, shown),
      },
    };
  };
