import type { Definition, Json, RunStatus, WorkflowBuilder } from '@fk-workflow/core';

/** Milliseconds between two looks at a run. */
const lookEveryMs = 5;

/** Starts a run of a definition. Returns its id. */
export const startRun = async (
  { runs }: WorkflowBuilder,
  definition: Definition,
  input: Json,
): Promise<string> => (await runs.execute({ definition, input })).run.runId;

/** Resolves when every run has one of these states. Throws when one fails. */
export const runsAre = async (
  { runs }: WorkflowBuilder,
  runIds: readonly string[],
  wanted: RunStatus,
): Promise<void> => {
  for (const runId of runIds) {
    for (;;) {
      const { status, error } = await runs.get(runId);
      if (status === wanted) break;
      if (status === 'failed') throw new Error(`The run failed: ${error?.message}`);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }
};
