import { randomUUID } from 'node:crypto';
import type { Run } from '@fk-workflow/core';
import { expect } from 'vitest';
import type { Served } from './served.js';

/**
 * A request to a run: `{id}` stands for the run's id, `{last}` for that of the run that came last, `{workflow}` for the
 * workflow's; in headers too.
 */
export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a client sees of an answer. */
export interface Seen {
  readonly asked: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A client of one server, which keeps the answers as they are compared: without ids and times. */
export interface Player {
  ask(asked: Asked): Promise<Seen>;
  /** Saves a definition under an id that ends so; `{workflow}` stands for its beginning. */
  save(definition: object, end?: string): Promise<void>;
  /** Waits until a run, by default the last one, waits or has ended. */
  rest(id?: string): Promise<void>;
  /** All answers so far. */
  readonly seen: readonly Seen[];
}

/** Headers that a client acts on. */
const compared = ['content-type', 'location', 'cache-control', 'allow', 'retry-after', 'www-authenticate'];

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

const atRest = /^(waiting|succeeded|failed|cancelled)$/;

/** Makes a {@link Player}. */
export const createPlayer = ({ url }: Served): Player => {
  const workflow = `w-${randomUUID()}`;
  const runs: string[] = [];
  const seen: Seen[] = [];

  const filledIn = (text: string): string =>
    text
      .replaceAll('{workflow}', workflow)
      .replaceAll('{id}', runs[0] ?? '')
      .replaceAll('{last}', runs.at(-1) ?? '');

  /** The same on every server: runs are numbered in the order of their start. */
  const neutral = <T>(value: T): T => {
    let text = JSON.stringify(value).replaceAll(workflow, 'workflow').replaceAll(time, 'time');
    for (const [index, runId] of runs.entries()) text = text.replaceAll(runId, `run-${index + 1}`);
    return JSON.parse(text);
  };

  const request = async ({ method = 'GET', path, body, headers }: Asked): Promise<Response> =>
    fetch(url + filledIn(path), {
      method,
      headers: {
        Authorization: 'Bearer ann',
        // It comes back as the trace id of a problem.
        'X-Request-Id': 'request-1',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, filledIn(value)])),
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : filledIn(JSON.stringify(body)) }),
    });

  return {
    seen,
    async ask(asked) {
      const response = await request(asked);
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      const body: unknown = isJson ? JSON.parse(text) : text;
      const started = asked.method === 'POST' ? startedIn(body) : undefined;
      if (started !== undefined && !runs.includes(started)) runs.push(started);
      const answer = neutral({
        asked: `${asked.method ?? 'GET'} ${asked.path}`,
        status: response.status,
        headers: Object.fromEntries(compared.flatMap((name) => pairOf(name, response.headers.get(name)))),
        body,
      });
      seen.push(answer);
      return answer;
    },
    async save(definition, end = '') {
      const body = { ...definition, id: `{workflow}${end}` };
      expect((await request({ method: 'POST', path: '/api/workflows', body })).status).toBe(201);
    },
    async rest(id = '{last}') {
      if (runs.length === 0) return;
      const status = async (): Promise<string> => {
        const run: Partial<Run> = JSON.parse(await (await request({ path: `/api/runs/${id}` })).text());
        return `${run.status}`;
      };
      await expect.poll(status, { timeout: 20_000, interval: 20 }).toMatch(atRest);
    },
  };
};

const pairOf = (name: string, value: string | null): [string, string][] =>
  value === null ? [] : [[name, value]];

const startedIn = (body: unknown): string | undefined => {
  const { runId, workflow_id: workflowId } = { runId: undefined, workflow_id: undefined, ...Object(body) };
  const id: unknown = runId ?? workflowId;
  return typeof id === 'string' && id.startsWith('run_') ? id : undefined;
};
