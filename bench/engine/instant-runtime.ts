import type { ActionAnswer, ActionCall, Json, RunEventBody, Runtime } from '@fk-workflow/core/workflow';

/** A runtime without effects: every action answers at once what `handle` gives. Timers, signals and sub-runs never come. */
export const instantRuntime = (
  emit: (event: RunEventBody) => void,
  handle: (call: ActionCall) => Json = ({ input }) => input,
): Runtime => ({
  runId: 'run_1',
  version: 1,
  startedAt: '2030-01-01T00:00:00.000Z',
  emit,
  action: (call) => ({
    onAnswer(use) {
      void Promise.resolve<ActionAnswer>({ ok: true, output: handle(call) }).then(use);
    },
    cancel: nothing,
  }),
  timer: () => never,
  signal: () => never,
  subRun: () => never,
  waiting: () => nothing,
  onCancel: nothing,
});

const nothing = (): void => undefined;
const never = { onAnswer: nothing, cancel: nothing };
