import type {
  Draft,
  Json,
  Run,
  RunEvent,
  SessionView,
  TurnEvent,
  WaitingFor,
} from '@fk-workflow/core/protocol';
import { sseFrame } from '@fk-workflow/core/protocol';
import { actions } from './sample.js';

/** What an event says, without its place in the log. */
export type Body<E> = E extends unknown ? Omit<E, 'seq' | 'at'> : never;

/** What a turn of the fake server says and draws. */
export interface TurnScript {
  readonly chunks?: readonly string[];
  readonly tools?: readonly string[];
  readonly draft?: Draft;
  /** What else happens before the turn's end. */
  readonly events?: readonly TurnEvent[];
  /** Ends the turn with this error. */
  readonly error?: string;
  /** Leaves the turn open after its text. */
  readonly hang?: boolean;
  /** Milliseconds between events. */
  readonly pace?: number;
}

/** A server in a `fetch`: the routes of the protocol over maps, with runs that a test moves on by hand. */
export class FakeServer {
  readonly requests: { method: string; path: string; body: Json; headers: Headers }[] = [];
  readonly sessions = new Map<string, SessionView>();
  readonly runs = new Map<string, FakeRun>();
  readonly workflows = new Map<string, { version: number; definition: Json }>();
  /** Answers for the next requests to a path, before anything else is looked at. */
  readonly overrides: { path: RegExp; answer: () => Response | Promise<Response> }[] = [];
  onMessage: (message: string) => TurnScript = () => ({ chunks: ['Hello.'] });
  onStart: (run: FakeRun, input: Json) => void = () => undefined;
  onSignal: (run: FakeRun, name: string, body: Json) => void = () => undefined;

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'https://fake.example');
    const path = url.pathname.replace(/^.*?(?=\/api\/)/, '');
    const method = init?.method ?? 'GET';
    const body: Json = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    const headers = new Headers(init?.headers);
    this.requests.push({ method, path, body, headers });
    const override = this.overrides.find((candidate) => candidate.path.test(`${method} ${path}`));
    if (override) {
      this.overrides.splice(this.overrides.indexOf(override), 1);
      return override.answer();
    }
    return this.#route(method, path, body, headers, init?.signal ?? undefined);
  };

  #route(method: string, path: string, body: Json, headers: Headers, signal?: AbortSignal): Response {
    const [, first = '', id = '', action = '', name = ''] =
      /^\/api\/(actions|workflow-agent\/chat|workflow-agent\/sessions|workflows|runs)(?:\/([^/]+))?(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
        path,
      ) ?? [];
    if (first === 'actions') return Response.json(actions);
    if (first === 'workflow-agent/chat') return this.#chat(body as { session_id: string; message: string });
    if (first === 'workflow-agent/sessions') return found(this.sessions.get(id));
    if (first === 'workflows' && action === 'runs') return this.#start(id, body as { input?: Json });
    if (first === 'workflows') return this.#save(method, body as { id: string }, id);
    const run = this.runs.get(decodeURIComponent(id));
    if (!run) return problem(404, `There is no run "${id}".`);
    if (action === 'events') return run.stream(Number(headers.get('last-event-id') ?? 0), signal);
    if (action === 'signals') this.onSignal(run, decodeURIComponent(name), body);
    if (action === 'cancel') run.push({ type: 'run.cancelled', path: '' });
    return Response.json(action === 'signals' ? { accepted: true } : run.run, { status: action ? 202 : 200 });
  }

  #save(method: string, body: { id: string }, id: string): Response {
    const old = this.workflows.get(id || body.id);
    if (method === 'GET') return found(old && { id, ...old });
    if (method === 'POST' && old) return problem(409, 'It exists.');
    const saved = { version: (old?.version ?? 0) + 1, definition: body as unknown as Json };
    this.workflows.set(body.id, saved);
    return Response.json({ id: body.id, ...saved }, { status: method === 'POST' ? 201 : 200 });
  }

  #start(workflowId: string, { input = {} }: { input?: Json }): Response {
    const run = new FakeRun(`run_${this.runs.size + 1}`, workflowId, input);
    this.runs.set(run.run.runId, run);
    run.push({ type: 'run.started', path: '', input });
    this.onStart(run, input);
    return Response.json(run.run, { status: 202 });
  }

  #chat({ session_id, message }: { session_id: string; message: string }): Response {
    const script = this.onMessage(message);
    const turn = `turn_${this.requests.length}`;
    const before = this.sessions.get(session_id);
    const at = new Date().toISOString();
    const text = (script.chunks ?? []).join('');
    this.sessions.set(session_id, {
      session_id,
      messages: [
        ...(before?.messages ?? []),
        { role: 'user', content: message, at, turn_id: turn },
        ...(script.hang ? [] : [{ role: 'assistant' as const, content: text, at, turn_id: turn }]),
      ],
      draft: script.draft ?? before?.draft ?? null,
    });
    const events = turnEvents(script, session_id, turn);
    return sse(async (send) => {
      for (const [index, event] of events.entries()) {
        if (script.pace) await new Promise((resolve) => setTimeout(resolve, script.pace));
        send(`${turn}:${index + 1}`, event);
      }
      if (script.hang) await new Promise(() => undefined);
    });
  }
}

const turnEvents = (script: TurnScript, threadId: string, runId: string): readonly TurnEvent[] => [
  { type: 'RUN_STARTED', threadId, runId },
  ...(script.tools ?? []).flatMap((toolCallName, index): TurnEvent[] => {
    const toolCallId = `${runId}_tool_${index}`;
    const isOpen = script.hang && index === (script.tools?.length ?? 0) - 1;
    const result: TurnEvent = {
      ...{ type: 'TOOL_CALL_RESULT', messageId: `r${index}`, toolCallId, content: '{}', role: 'tool' },
    };
    return [
      { type: 'TOOL_CALL_START', toolCallId, toolCallName },
      { type: 'TOOL_CALL_END', toolCallId },
      ...(isOpen ? [] : [result]),
    ];
  }),
  ...(script.chunks?.length
    ? [{ type: 'TEXT_MESSAGE_START', messageId: `${runId}_m`, role: 'assistant' } as const]
    : []),
  ...(script.chunks ?? []).map(
    (delta): TurnEvent => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: `${runId}_m`, delta }),
  ),
  ...(script.draft ? [{ type: 'STATE_SNAPSHOT', snapshot: script.draft } as const] : []),
  ...(script.events ?? []),
  ...(script.hang
    ? []
    : script.error === undefined
      ? [{ type: 'RUN_FINISHED', threadId, runId, outcome: { type: 'success' } } as const]
      : [{ type: 'RUN_ERROR', message: script.error, code: 'model_failed' } as const]),
];

/** A run whose events a test writes. */
export class FakeRun {
  run: Run;
  readonly #events: RunEvent[] = [];
  readonly #listeners = new Set<(event: RunEvent) => void>();

  constructor(runId: string, workflowId: string, input: Json) {
    this.run = { runId, workflowId, input, version: 1, status: 'running', startedAt: '2025-03-03T09:00:00Z' };
  }

  /** Writes events; `waitingFor` is what the run then says it waits for. */
  push(...bodies: (Body<RunEvent> | { waitingFor: readonly WaitingFor[] })[]): void {
    for (const body of bodies) {
      if ('waitingFor' in body) {
        this.run = { ...this.run, status: 'waiting', waitingFor: body.waitingFor };
        continue;
      }
      const seq = this.#events.length + 1;
      const event = { ...body, seq, at: new Date(Date.UTC(2025, 2, 3, 9, 0, seq)).toISOString() } as RunEvent;
      this.#events.push(event);
      if (/^run\.(succeeded|failed|cancelled)$/.test(event.type)) {
        this.run = { ...this.run, status: event.type.slice(4) as Run['status'], waitingFor: [] };
      }
      for (const listener of this.#listeners) listener(event);
    }
  }

  stream(after: number, signal?: AbortSignal): Response {
    return sse(
      (send) =>
        new Promise((resolve) => {
          const listener = (event: RunEvent): void => {
            send(event.seq, event);
            if (/^run\.(succeeded|failed|cancelled)$/.test(event.type)) resolve();
          };
          this.#listeners.add(listener);
          signal?.addEventListener('abort', () => this.#listeners.delete(listener));
          for (const event of this.#events.slice(after)) listener(event);
        }),
    );
  }
}

const sse = (write: (send: (id: string | number, data: unknown) => void) => Promise<void>): Response => {
  let gone = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (id: string | number, data: unknown): void => {
        if (!gone) controller.enqueue(new TextEncoder().encode(sseFrame(id, data)));
      };
      void write(send).then(() => gone || controller.close());
    },
    cancel() {
      gone = true;
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
};

/** A problem document. */
export const problem = (status: number, detail: string, extra: Record<string, unknown> = {}): Response =>
  Response.json({ status, detail, code: 'test', trace_id: 't', ...extra }, { status });

const found = (value: unknown): Response => (value ? Response.json(value) : problem(404, 'There is none.'));
