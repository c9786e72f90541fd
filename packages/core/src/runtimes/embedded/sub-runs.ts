import type { RunOutcome } from '../../interpreter/outcome.js';
import type { SubRunCall } from '../../interpreter/runtime.js';
import { subRunInput } from '../../interpreter/sub-run.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { JournalEntry, StoredRun } from '../../ports/run-store.js';
import type { DefinitionOf } from '../../ports/workflow-store.js';
import { definitionLimits } from '../../workflow/limits.js';
import type { ParentStep, RunError } from '../../workflow/run.js';
import { insist } from './insist.js';
import type { Journal } from './journal.js';
import type { Relatives } from './relatives.js';

/** What a run does to its sub-runs and, when it is one, to its parent. */
export interface SubRuns {
  /** Starts a sub-run, unless it was started before. When it ends, it tells this run. */
  start(call: SubRunCall): void;
  /** Cancels a sub-run, if there is one that has not ended. */
  cancel(runId: string): void;
  /**
   * Tells the parent, if there is one, how this run ends; durable when it resolves. Comes before the end is stored, so
   * that no crash lets the parent wait for ever: told twice, it listens once.
   */
  tellParent(outcome: RunOutcome): Promise<void>;
  /** Gives up what the store has not taken yet. */
  abort(): void;
  /** Resolves when what was asked for is durable. */
  settled(): Promise<void>;
}

/** Makes the {@link SubRuns} of a run. */
export const createSubRuns = (deps: {
  readonly run: StoredRun['run'];
  readonly journal: Pick<Journal, 'write'>;
  readonly relatives: Relatives;
  readonly definitionOf: DefinitionOf;
  readonly clock: Clock;
  readonly logger: Logger;
}): SubRuns => {
  const { run, journal, relatives, definitionOf, clock, logger } = deps;
  const underWay = new Map<string, Promise<void>>();
  const cancelled = new Set<string>();
  let aborted = false;

  const startOnce = async (call: SubRunCall): Promise<void> => {
    const { runId, path, attempt, workflow, version } = call;
    // First of all: its workflow may be gone by now, and the run goes on.
    if (cancelled.has(runId) || (await relatives.exists(runId))) return;
    const fail = (code: string, message: string): Promise<void> =>
      journal.write(failureOf(call, clock.now(), { code, message }, false));
    const depth = (run.parent?.depth ?? 0) + 1;
    if (depth >= definitionLimits.workflowDepth) {
      return fail(
        'workflow_depth',
        `Workflows run one another at most ${definitionLimits.workflowDepth} deep.`,
      );
    }
    const definition = await definitionOf(workflow, version);
    if (!definition) {
      return fail('unknown_workflow', `There is no workflow "${workflow}" of version ${version} any more.`);
    }
    const { value: input, problems } = subRunInput(definition, call.input);
    const problem = problems.find(({ severity }) => severity === 'error');
    if (problem)
      return fail('invalid_input', `The workflow "${workflow}" does not take this: ${problem.message}`);
    const startedAt = new Date(clock.now()).toISOString();
    const parent = { runId: run.runId, path, attempt, depth };
    const started = {
      runId,
      workflowId: workflow,
      version,
      status: 'running',
      input,
      startedAt,
      parent,
      ...(run.tenant === undefined ? {} : { tenant: run.tenant }),
    } as const;
    if (!cancelled.has(runId)) await relatives.start({ run: started, definition });
  };

  const cancelOnce = async (runId: string): Promise<void> => {
    const reason = `The run "${run.runId}" has given it up.`;
    await relatives.tell(runId, { kind: 'cancel', reason, at: clock.now() });
  };

  const untilTaken = (work: () => Promise<void>, broken?: () => Promise<void>): Promise<void> =>
    insist({ clock, logger, runId: run.runId }, work, () => aborted, broken);

  /** One thing after the other for each sub-run. */
  const then = (runId: string, work: () => Promise<void>): void => {
    const before = underWay.get(runId) ?? Promise.resolve();
    const next = before.then(work).finally(() => {
      if (underWay.get(runId) === next) underWay.delete(runId);
    });
    underWay.set(runId, next);
  };

  const startBroke = (call: SubRunCall): Promise<void> => {
    const message = 'The sub-run could not start. The log of the server says why.';
    return journal.write(failureOf(call, clock.now(), { code: 'internal', message }, false));
  };

  return {
    start(call) {
      then(call.runId, () =>
        untilTaken(
          () => startOnce(call),
          () => startBroke(call),
        ),
      );
    },
    cancel(runId) {
      cancelled.add(runId);
      then(runId, () => untilTaken(() => cancelOnce(runId)));
    },
    async tellParent(outcome) {
      const { parent } = run;
      if (parent)
        await untilTaken(() =>
          relatives.tell(parent.runId, answerOf(run.runId, parent, outcome, clock.now())),
        );
    },
    abort() {
      aborted = true;
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
};

const answerOf = (runId: string, step: ParentStep, outcome: RunOutcome, at: number): JournalEntry => {
  const { path, attempt } = step;
  switch (outcome.status) {
    case 'succeeded':
      return { kind: 'result', path, attempt, at, output: outcome.output };
    case 'failed':
      return failureOf(step, at, outcome.error, true);
    case 'cancelled':
      return failureOf(step, at, { code: 'cancelled', message: `The run "${runId}" was cancelled.` }, false);
  }
};

/** The code and the message of a sub-run's failure are those of the step; its path is one of the sub-run. */
const failureOf = (
  { path, attempt }: Pick<ParentStep, 'path' | 'attempt'>,
  at: number,
  { code, message }: RunError,
  retryable: boolean,
): JournalEntry => ({ kind: 'error', path, attempt, at, error: { code, message }, retryable });
