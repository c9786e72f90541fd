import { actionFailure } from '../../../../src/catalog/action.js';
import { WorkflowError } from '../../../../src/errors.js';
import { isRecord, type Json } from '../../../../src/json.js';
import type { Orchestrator } from '../../../../src/ports/orchestrator.js';
import { memoryRunStore } from '../../../../src/stores/memory-run-store.js';
import type { Step } from '../../../../src/workflow/definition.js';
import type { Run, RunEvent } from '../../../../src/workflow/run.js';
import { createWorld } from '../../embedded/support/world.js';
import { answersOf } from './answers-of.js';
import type { Script, TemporalWorld } from './temporal-world.js';

const script: Script = (input, { key, runId, attempt }) => {
  const does = isRecord(input) ? input.does : undefined;
  if (does === 'fails' || (does === 'fails_once' && attempt === 1)) {
    throw actionFailure('busy', 'It is busy.', { retryable: does !== 'fails' });
  }
  return { done: key.slice(runId.length) };
};

/** Actions that do what their input says, and answer the same in every run. */
export const scripts = { look: script, put: script, mail: script, pay: script, take_back: script };

/** Gives the first answer that a person has to give; false when there is none. */
const answerOne = async (orchestrator: Orchestrator, run: Run): Promise<boolean> => {
  const wanted = run.waitingFor?.find(({ kind }) => kind !== 'timer');
  if (!wanted) return false;
  const { path, kind } = wanted;
  const decision = path.length % 2 ? 'approved' : 'rejected';
  const payload: Json = kind === 'approval' ? { decision } : path;
  await orchestrator.signal(run.runId, path, payload, kind === 'approval' ? 'ann' : null);
  return true;
};

/** Events without the time, which is all that differs between two runs. */
export const withoutTime = (events: readonly RunEvent[]) => events.map(({ at: _, ...event }) => event);

/** Runs on Temporal, answering what it waits for. */
export const onTemporal = async (
  { orchestrator, run }: TemporalWorld,
  steps: readonly Step[],
): Promise<{ readonly runId: string; readonly events: readonly RunEvent[] }> => {
  const runId = await run(steps);
  for (;;) {
    // A loaded machine answers late; who asks tries again, as the error says.
    const state = await orchestrator.get(runId).catch(laterIfRetryable);
    if (state?.endedAt !== undefined) return { runId, events: await orchestrator.events(runId) };
    // Another wait may have taken it, or it was given up meanwhile: then nobody waits for it any more.
    const answered = state && (await answerOne(orchestrator, state).catch(() => false));
    if (!answered) await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const laterIfRetryable = (error: unknown): undefined => {
  if (!WorkflowError.is(error) || !error.retryable) throw error;
};

/** Runs embedded to its end by itself. */
export const embedded = async (steps: readonly Step[]): Promise<readonly RunEvent[]> => {
  const { run, orchestrator, clock } = createWorld({ scripts });
  await run(steps);
  for (;;) {
    const state = await orchestrator.get('run_1');
    if (!state || state.endedAt !== undefined) return orchestrator.events('run_1');
    if (!(await answerOne(orchestrator, state))) await clock.next();
    await clock.advance(0);
  }
};

/** Runs embedded, given the answers in the order in which they came elsewhere. */
export const embeddedInOrder = async (
  steps: readonly Step[],
  seen: readonly RunEvent[],
): Promise<readonly RunEvent[]> => {
  const runs = memoryRunStore();
  const startedAt = seen[0]?.at ?? '';
  const run = {
    runId: 'run_1',
    workflowId: 'test',
    version: 1,
    status: 'running',
    input: {},
    startedAt,
  } as const;
  const lease = await runs.create({ run, definition: { id: 'test', name: 'Test', steps } });
  await runs.append(lease, answersOf(steps, seen));
  const { orchestrator, clock } = createWorld({ scripts, runs });
  await orchestrator.recover();
  await clock.advance(0);
  return orchestrator.events('run_1');
};
