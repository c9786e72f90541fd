import { type InterpretRequest, interpret } from '../../../src/interpreter/interpret.js';
import type { RunOutcome } from '../../../src/interpreter/outcome.js';
import type {
  ActionAnswer,
  ActionCall,
  Pending,
  Runtime,
  SignalAnswer,
  SignalRequest,
  SubRunCall,
  TimerRequest,
} from '../../../src/interpreter/runtime.js';
import { isRecord, type Json } from '../../../src/json.js';
import type { ActionLookup, ActionSpec } from '../../../src/workflow/action-spec.js';
import type { Definition, Step } from '../../../src/workflow/definition.js';
import type { RunEventBody } from '../../../src/workflow/run.js';

interface Open<Request, Answer> {
  readonly request: Request;
  use: (answer: Answer) => void;
}

/** A run over a runtime whose every answer the test gives by hand. */
export interface ScriptedRun {
  readonly events: readonly RunEventBody[];
  /** `type path` of every event. */
  story(): readonly string[];
  /** Paths of the open calls. */
  calls(): readonly string[];
  call(path: string): ActionCall;
  /** The open sub-runs. */
  subRuns(): readonly SubRunCall[];
  /** Ends the sub-run of a path. */
  endSubRun(path: string, answer: ActionAnswer): Promise<void>;
  /** Purpose, path and time of the open timers. */
  timers(): readonly string[];
  waitingFor(): readonly object[];
  succeed(path: string, output?: Json): Promise<void>;
  fail(path: string, code?: string, retryable?: boolean): Promise<void>;
  fire(path: string): Promise<void>;
  /** Gives several answers, each `[kind, path]`, before the interpreter sees the first; what is not open is left out. */
  atOnce(answers: readonly (readonly ['call' | 'timer' | 'signal', string])[]): Promise<void>;
  /** What is open, as {@link ScriptedRun.atOnce} takes it. */
  open(): readonly (readonly ['call' | 'timer' | 'signal', string])[];
  signal(path: string, payload: Json, by?: string): Promise<void>;
  cancel(reason?: string): Promise<void>;
  outcome(): RunOutcome | undefined;
}

const spec = (id: string, more: Partial<ActionSpec>): ActionSpec => ({
  id,
  name: id,
  description: id,
  category: 'Test',
  effect: 'write',
  idempotent: false,
  inputSchema: { type: 'object', properties: { text: { type: 'string' }, number: { type: 'number' } } },
  outputSchema: {},
  ...more,
});

const specs = new Map(
  [
    spec('look', { effect: 'read' }),
    spec('put', { compensate: { action: 'take_back', input: { of: '${{ output }}', was: '${{ input }}' } } }),
    spec('mail', { effect: 'irreversible', timeout: 'PT5S' }),
    spec('pay', { effect: 'irreversible', idempotent: true }),
    spec('take_back', {}),
  ].map((one) => [one.id, one]),
);
const actions: ActionLookup = { get: (id) => specs.get(id), all: () => [...specs.values()] };

/** Starts a {@link ScriptedRun}. */
export const scriptedRun = (
  steps: readonly Step[],
  {
    input = {},
    takenOver = [],
    ...rest
  }: Partial<Definition> & Partial<Pick<InterpretRequest, 'input' | 'takenOver'>> = {},
): ScriptedRun => {
  const events: RunEventBody[] = [];
  const calls = new Set<Open<ActionCall, ActionAnswer>>();
  const subRuns = new Set<Open<SubRunCall, ActionAnswer>>();
  const timers = new Set<Open<TimerRequest, void>>();
  const signals = new Set<Open<SignalRequest, SignalAnswer>>();
  const shown = new Set<object>();
  let outcome: RunOutcome | undefined;
  let cancel: ((reason: string | null) => void) | undefined;

  const pending = <Request, Answer>(open: Set<Open<Request, Answer>>, request: Request): Pending<Answer> => {
    const item: Open<Request, Answer> = { request, use: () => undefined };
    open.add(item);
    return {
      onAnswer(use) {
        item.use = use;
      },
      cancel: () => open.delete(item),
    };
  };

  const take = <Request extends { readonly path: string }, Answer>(
    open: Set<Open<Request, Answer>>,
    path: string,
  ): Open<Request, Answer> | undefined => {
    const item = [...open].find(({ request }) => request.path === path);
    if (item) open.delete(item);
    return item;
  };

  const settle = async <Request extends { readonly path: string }, Answer>(
    open: Set<Open<Request, Answer>>,
    path: string,
    answer: Answer,
  ): Promise<void> => {
    const item = take(open, path);
    if (!item) throw new Error(`Nothing is open at "${path}".`);
    item.use(answer);
    await new Promise((resolve) => setImmediate(resolve));
  };

  const runtime: Runtime = {
    runId: 'run_1',
    version: 3,
    startedAt: '2030-01-01T00:00:00.000Z',
    emit: (event) => events.push(event),
    action: (call) => pending(calls, call),
    subRun: (call) => pending(subRuns, call),
    timer: (request) => pending(timers, request),
    signal: (request) => pending(signals, request),
    waiting(entry) {
      shown.add(entry);
      return () => shown.delete(entry);
    },
    onCancel(listener) {
      cancel = listener;
    },
  };
  const definition = { id: 'test', name: 'Test', steps, ...rest };
  void interpret({ definition, input, actions, takenOver }, runtime).then((value) => {
    outcome = value;
  });

  return {
    events,
    story: () => events.map(({ type, path }) => (path ? `${type} ${path}` : type)),
    calls: () => [...calls].map(({ request }) => request.path),
    call(path) {
      const item = [...calls].find(({ request }) => request.path === path);
      if (!item) throw new Error(`There is no call at "${path}".`);
      return item.request;
    },
    subRuns: () => [...subRuns].map(({ request }) => request),
    endSubRun: (path, answer) => settle(subRuns, path, answer),
    timers: () =>
      [...timers].map(({ request: { path, purpose, ms, until } }) => `${purpose} ${path} ${ms ?? until}`),
    waitingFor: () => [...shown],
    succeed: (path, output = null) => settle(calls, path, { ok: true, output }),
    fail: (path, code = 'busy', retryable = false) =>
      settle(calls, path, { ok: false, error: { code, message: `It is ${code}.` }, retryable }),
    fire: (path) => settle(timers, path, undefined),
    signal: (path, payload, by) => settle(signals, path, { payload, by: by ?? null }),
    async atOnce(answers) {
      const given = answers.map(([kind, path]) => {
        if (kind === 'timer') {
          const timer = take(timers, path);
          return () => timer?.use();
        }
        if (kind === 'signal') {
          const signal = take(signals, path);
          return () => signal?.use({ payload: { decision: 'approved' }, by: null });
        }
        const call = take(calls, path);
        return () => call?.use(answerTo(call.request));
      });
      for (const give of given) give();
      await new Promise((resolve) => setImmediate(resolve));
    },
    open: () => [
      ...[...calls].map(({ request }) => ['call', request.path] as const),
      ...[...timers].map(({ request }) => ['timer', request.path] as const),
      ...[...signals].map(({ request }) => ['signal', request.path] as const),
    ],
    async cancel(reason) {
      cancel?.(reason ?? null);
      await new Promise((resolve) => setImmediate(resolve));
    },
    outcome: () => outcome,
  };
};

/** What an action answers whose input says what it `does`. */
const answerTo = ({ input, attempt, path }: ActionCall): ActionAnswer => {
  const does = isRecord(input) ? input.does : undefined;
  if (does === 'fails' || (does === 'fails_once' && attempt === 1)) {
    return { ok: false, error: { code: 'busy', message: 'It is busy.' }, retryable: does !== 'fails' };
  }
  return { ok: true, output: { done: path } };
};

/** An action step. */
export const action = (id: string, name = 'look', more: object = {}): Step => ({
  id,
  kind: 'action',
  action: name,
  ...more,
});
