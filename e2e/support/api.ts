import type {
  ChatAnswer,
  Definition,
  Json,
  JsonSchema,
  Run,
  RunEvent,
  SavedWorkflow,
} from '@fk-workflow/core/protocol';
import { expect } from 'vitest';

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends JSON and reads whatever comes back. */
export const send = async (
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
};

/** Expects a status; the server's word is taken for the shape. */
const expecting = async <T>(answer: Promise<Answer>, status: number): Promise<T> => {
  const { status: got, body } = await answer;
  expect(got, JSON.stringify(body)).toBe(status);
  return body as T;
};

export const chat = (url: string, session_id: string, message: string): Promise<ChatAnswer> =>
  expecting(send(`${url}/api/workflow-agent/chat`, 'POST', { session_id, message }), 200);

export const save = (url: string, definition: Definition): Promise<SavedWorkflow> =>
  expecting(send(`${url}/api/workflows`, 'POST', definition), 201);

export const startRun = (url: string, id: string, input: Json): Promise<Run> =>
  expecting(send(`${url}/api/workflows/${id}/runs`, 'POST', { input }), 202);

export const getRun = (url: string, runId: string): Promise<Run> =>
  expecting(send(`${url}/api/runs/${runId}`, 'GET'), 200);

export const getEvents = async (url: string, runId: string): Promise<readonly RunEvent[]> =>
  (await expecting<{ events: readonly RunEvent[] }>(send(`${url}/api/runs/${runId}/events`, 'GET'), 200))
    .events;

/** Waits until a run is in one of the states. */
export const untilStatus = async (
  url: string,
  runId: string,
  statuses: readonly Run['status'][],
): Promise<Run> => {
  await expect
    .poll(async () => (await getRun(url, runId)).status, { timeout: 60_000, interval: 100 })
    .toSatisfy((status: Run['status']) => statuses.includes(status));
  return getRun(url, runId);
};

/** A mail the simulator was asked to send. */
export interface SentMail {
  readonly to: readonly string[] | string;
  readonly subject: string;
}

export const sentMail = (url: string): Promise<readonly SentMail[]> =>
  expecting(send(`${url}/simulator/mail`, 'GET'), 200);

/** An input that fits a simple schema: what a person would type into the Run form. */
export const fillIn = (schema: JsonSchema | undefined, values: Record<string, Json> = {}): Json => {
  const properties = (schema?.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema?.required ?? []) as readonly string[];
  const filled: Record<string, Json> = {};
  for (const name of required) filled[name] = values[name] ?? sample(name, properties[name] ?? {});
  return filled;
};

const sample = (name: string, { type, format }: JsonSchema): Json => {
  if (type === 'array') return [];
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'boolean') return true;
  if (format === 'email' || /mail|recipient/.test(name)) return 'nobody@silent.example';
  return `Test ${name}`;
};
