import {
  createCatalog,
  defineAction,
  type Run,
  type WorkflowBuilder,
  WorkflowError,
} from '@fk-workflow/core';
import type { ChatAnswer, LoggedTurnEvent, RunEvent, SavedWorkflow } from '@fk-workflow/core/protocol';
import { z } from 'zod';

type SendArguments = Parameters<WorkflowBuilder['chat']['send']>;

/** What a fake turn does; by default it says hello and succeeds. */
export interface FakeTurn {
  readonly events?: () => AsyncIterable<LoggedTurnEvent>;
  readonly answer?: () => Promise<ChatAnswer>;
  /** Holds up the start of the turn. */
  readonly before?: () => Promise<void>;
}

export interface LogLine {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** A builder that keeps what it is asked in memory and answers at once: everything but the library's behaviour. */
export const fakeBuilder = (
  options: { readonly turn?: FakeTurn; readonly messagesPerMinute?: number } = {},
) => {
  const messagesPerMinute = options.messagesPerMinute ?? 10;
  const sent: SendArguments[] = [];
  const signals: unknown[][] = [];
  const simulated: unknown[] = [];
  const lines: LogLine[] = [];
  const limited: string[] = [];
  const counts = new Map<string, number>();
  const turns = new Map<string, number>();
  const saved = new Map<string, SavedWorkflow>();
  let ids = 0;
  let ready = true;

  const log = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message });
  };

  const builder: WorkflowBuilder = {
    catalog: createCatalog([getEta]),
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    limits: {
      messageLength: 5000,
      messagesPerMinute,
      hookCallsPerMinute: 60,
      turnTimeoutMs: 30_000,
      steps: 500,
      sessionsInMemory: 1000,
      sessionTtlMs: 86_400_000,
      modelCallsPerTurn: 12,
    },
    newId: (prefix) => `${prefix}_${++ids}`,
    monitorUrl: (runId) => `https://monitor.example/${runId}`,
    chat: {
      async limit({ client }) {
        limited.push(client);
        const used = (counts.get(client) ?? 0) + 1;
        counts.set(client, used);
        return {
          allowed: used <= messagesPerMinute,
          limit: messagesPerMinute,
          remaining: Math.max(0, messagesPerMinute - used),
          resetMs: 41_500,
          windowMs: 60_000,
        };
      },
      async send(request, caller, sendOptions) {
        sent.push([request, caller, sendOptions]);
        await options.turn?.before?.();
        if (request.session_id === 'busy') {
          throw new WorkflowError('turn_running', 'A turn is running: wait for it.', {
            details: { turn_id: 'turn_1' },
          });
        }
        const key = `${request.session_id} ${sendOptions?.idempotencyKey ?? ++ids}`;
        const number = turns.get(key) ?? turns.size + 1;
        turns.set(key, number);
        const turnId = `turn_${number}`;
        return {
          turnId,
          events: () => (options.turn?.events ?? (() => helloEvents(turnId, request.session_id)))(),
          answer: options.turn?.answer
            ? options.turn.answer()
            : Promise.resolve(hello(turnId, request.session_id)),
        };
      },
      async session(id) {
        if (id !== 'known') throw new WorkflowError('not_found', `There is no session "${id}".`);
        return { session_id: id, messages: [], draft: null };
      },
      deleteSession: async (id) => id === 'known',
      generate: async (id) => ({
        workflow_json: { id: 'w', name: id, nodes: [], edges: [] },
        agent_response: 'Here it is.',
      }),
    },
    workflows: {
      async simulate(request) {
        simulated.push(request);
        if (typeof request.definition !== 'object') {
          throw new WorkflowError('invalid_definition', 'The definition cannot be read.', {
            details: { problems: [] },
          });
        }
        return { paths: [], truncated: false, cut: [] };
      },
      validate: async (value) => ({
        valid: typeof value === 'object' && value !== null,
        problems: [],
      }),
      async create(value) {
        const workflow: SavedWorkflow = { id: idOf(value), version: 1, definition: definition(idOf(value)) };
        if (saved.has(workflow.id))
          throw new WorkflowError('already_exists', `A workflow "${workflow.id}" exists already.`);
        saved.set(workflow.id, workflow);
        return workflow;
      },
      async replace(id, _value, expected) {
        const current = await this.get(id);
        if (current.version !== expected)
          throw new WorkflowError('version_conflict', 'The version is old: read it again.');
        const next = { ...current, version: expected + 1 };
        saved.set(id, next);
        return next;
      },
      async get(id, version) {
        const found = saved.get(id);
        if (!found || (version !== undefined && version !== found.version)) {
          throw new WorkflowError('not_found', `There is no workflow "${id}".`);
        }
        return found;
      },
      list: async ({ limit }) => ({ items: [...saved.values()].slice(0, limit) }),
      versions: async (id) =>
        Array.from({ length: (await builder.workflows.get(id)).version }, (_, i) => i + 1),
      async delete(id) {
        if (!saved.delete(id)) throw new WorkflowError('not_found', `There is no workflow "${id}".`);
      },
    },
    runs: {
      start: async (workflowId, { input = null, version = 1 }, caller) => ({
        ...run,
        workflowId,
        input,
        version,
        ...(caller?.tenant === undefined ? {} : { tenant: caller.tenant }),
      }),
      execute: async () => ({ run, taskQueue: 'fourkites-workflow-queue', problems: [] }),
      executionId: async (id) => id,
      async get(id) {
        if (id !== run.runId) throw new WorkflowError('not_found', `There is no run "${id}".`);
        return run;
      },
      list: async () => ({ items: [run], nextCursor: 'next' }),
      async events(id) {
        await builder.runs.get(id);
        return runEvents;
      },
      async *observe(_id, after) {
        yield* runEvents.filter(({ seq }) => seq > after);
      },
      async signal(...args) {
        signals.push(args);
        if (args[1] === 'never') throw new WorkflowError('conflict', 'The run never waits for "never".');
      },
      cancel: async (_id, reason) => ({
        ...run,
        status: 'cancelled',
        error: { code: 'cancelled', message: String(reason) },
      }),
      async retry(id, from) {
        await builder.runs.get(id);
        if (from !== 'ask') {
          throw new WorkflowError('invalid_request', `There is no step "${from}".`, {
            details: { paths: ['ask'] },
          });
        }
        return { ...run, runId: 'run_9', retryOf: id, retryFrom: from };
      },
    },
    triggers: {
      event: async () => ({ runs: [run], skipped: [] }),
      async limitHook() {
        throw new WorkflowError('not_found', 'There is no such hook.');
      },
      webhook: async () => run,
      hookToken: () => undefined,
    },
    health: () => ({
      status: 'healthy',
      agent: 'ready',
      temporal: 'disabled',
      session_store: 'memory',
      journal: 'memory',
      model: 'fake',
      timestamp: '2026-01-01T00:00:00.000Z',
    }),
    ready: () => ready,
    start: async () => undefined,
    close: async () => {
      ready = false;
    },
  };
  return { builder, sent, signals, simulated, lines, limited };
};

const getEta = defineAction({
  id: 'get_eta',
  name: 'Get ETA',
  description: 'Reads the estimated arrival of a shipment.',
  category: 'Shipments',
  effect: 'read',
  branches: ['late', 'on_time'],
  input: z.object({
    shipmentId: z.string().describe('The shipment.'),
    stop_sequence: z.int().default(1),
    unit: z.enum(['minutes', 'hours']).optional(),
    note: z.string().nullable().optional(),
  }),
  output: z.object({ eta: z.string() }),
  handler: () => ({ eta: '2026-01-01T00:00:00Z' }),
});

const definition = (id: string) => ({ id, name: id, steps: [] });

const idOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : 'none';

export const run: Run = {
  runId: 'run_1',
  workflowId: 'w',
  version: 1,
  status: 'running',
  input: null,
  startedAt: '2026-01-01T00:00:00.000Z',
};

export const runEvents: readonly RunEvent[] = [
  { seq: 1, at: run.startedAt, type: 'run.started', path: '', input: null },
  { seq: 2, at: run.startedAt, type: 'step.started', path: 'ask', stepId: 'ask', attempt: 1 },
  { seq: 3, at: run.startedAt, type: 'run.succeeded', path: '', output: null },
];

export const hello = (turnId: string, sessionId: string): ChatAnswer => ({
  status: 'success',
  session_id: sessionId,
  turn_id: turnId,
  agent_response: 'Hello <b>you</b>.',
  tool_calls_made: 0,
  detected_actions: null,
  updated_steps: null,
  draft: null,
});

async function* helloEvents(turnId: string, threadId: string): AsyncGenerator<LoggedTurnEvent> {
  const messageId = 'message_1';
  const events: LoggedTurnEvent['event'][] = [
    { type: 'RUN_STARTED', threadId, runId: turnId },
    { type: 'TEXT_MESSAGE_START', messageId, role: 'assistant' },
    { type: 'TEXT_MESSAGE_CONTENT', messageId, delta: 'Hello\r\nyou 🙂' },
    { type: 'TEXT_MESSAGE_END', messageId },
    { type: 'RUN_FINISHED', threadId, runId: turnId, outcome: { type: 'success' } },
  ];
  for (const [index, event] of events.entries()) yield { id: `${turnId}:${index + 1}`, event };
}
