import type { RunEvent } from '@fk-workflow/core/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/client/index.js';
import { problem, scripted, settle, stream } from './support.js';

const at = '2025-01-01T00:00:00Z';
const events: readonly RunEvent[] = [
  { seq: 1, at, type: 'run.started', path: '', input: {} },
  { seq: 2, at, type: 'step.started', path: 'ask', stepId: 'ask', attempt: 1 },
  { seq: 3, at, type: 'step.succeeded', path: 'ask', stepId: 'ask', output: null },
  { seq: 4, at, type: 'run.succeeded', path: '', output: null },
];
const log = (from: number, to: number) =>
  events.slice(from - 1, to).map((event) => [event.seq, event] as const);

const follow = (fetch: typeof globalThis.fetch) => {
  const seqs: number[] = [];
  const connection: string[] = [];
  const leaving = new AbortController();
  const work = createClient({ endpoint: '', fetch }).followRun('run_1', {
    onEvent: ({ seq }) => seqs.push(seq),
    onConnection: (state) => connection.push(state),
    signal: leaving.signal,
  });
  return { seqs, connection, leaving, work };
};

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

describe('following a run', () => {
  it('takes up where the stream was cut', async () => {
    const { fetch, seen } = scripted(
      stream(log(1, 2), 'break'),
      new TypeError('Failed to fetch'),
      problem(503, 'Restarting.'),
      stream(log(2, 4)),
    );
    const { seqs, connection, work } = follow(fetch);
    const { outcome, ms } = await settle(work);
    expect(outcome).toEqual({ value: undefined });
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(seen.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '2', '2', '2']);
    expect(connection).toEqual(['live', 'reconnecting', 'reconnecting', 'reconnecting', 'live']);
    expect(ms).toBeGreaterThanOrEqual(1000 + 2000 + 4000);
  });

  it('reconnects after 30 s of silence', async () => {
    const { fetch, seen } = scripted(stream(log(1, 1), 'stay'), stream(log(2, 4)));
    const { seqs, work } = follow(fetch);
    const { ms } = await settle(work);
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(seen).toHaveLength(2);
    expect(ms).toBeGreaterThanOrEqual(31_000);
  });

  it('never pauses longer than 30 s, and goes on for as long as it takes', async () => {
    const { fetch, seen } = scripted(
      ...Array.from({ length: 8 }, () => new TypeError('Failed to fetch')),
      stream(log(1, 4)),
    );
    const { seqs, work } = follow(fetch);
    const { ms } = await settle(work, 400_000);
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(seen).toHaveLength(9);
    expect(ms).toBeLessThan(1000 * (1 + 2 + 4 + 8 + 16 + 30 + 30 + 30) + 1000);
  });

  it('ends on an unknown run', async () => {
    const { fetch, seen } = scripted(problem(404, 'There is no run "run_1".'));
    const { outcome } = await settle(follow(fetch).work);
    expect(outcome).toMatchObject({ error: { message: 'There is no run "run_1".' } });
    expect(seen).toHaveLength(1);
  });

  it('ends when nobody listens any more, also during a pause', async () => {
    const { fetch } = scripted(new TypeError('Failed to fetch'));
    const { leaving, work } = follow(fetch);
    await vi.advanceTimersByTimeAsync(500);
    leaving.abort();
    const { outcome } = await settle(work);
    expect(outcome).toMatchObject({ error: { name: 'AbortError' } });
  });
});
