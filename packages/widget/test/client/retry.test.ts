import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Client, createClient, RequestError } from '../../src/client/index.js';
import { json, problem, scripted, settle } from './support.js';

const actions = { total: 0, categories: {} };
const offline = (): Error => new TypeError('Failed to fetch');

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

describe('a request that fails', () => {
  it('is tried three times with pauses of 1 s and 2 s', async () => {
    const { fetch, seen } = scripted(offline(), problem(503, 'Busy.'), json(actions));
    const { outcome, ms } = await settle(createClient({ endpoint: '', fetch }).actions());
    expect(outcome).toEqual({ value: actions });
    expect(seen).toHaveLength(3);
    expect(ms).toBeGreaterThanOrEqual(3000);
    expect(ms).toBeLessThan(3500);
  });

  it('says the detail of the last 5xx after three tries', async () => {
    const { fetch, seen } = scripted(
      problem(500, 'One.'),
      problem(502, 'Two.'),
      problem(503, 'The model is away.'),
    );
    const { outcome } = await settle(createClient({ endpoint: '', fetch }).actions());
    expect(outcome).toMatchObject({ error: { message: 'The model is away.', status: 503, traceId: 't1' } });
    expect(seen).toHaveLength(3);
  });

  it('is never tried again on a 4xx, and hands over its problems', async () => {
    const problems = [{ code: 'format', severity: 'error', path: '/mail', message: 'Not an address.' }];
    const { fetch, seen } = scripted(problem(422, 'The input has a problem.', { problems }));
    const { outcome } = await settle(createClient({ endpoint: '', fetch }).startRun('w', {}));
    expect(outcome).toMatchObject({ error: { message: 'The input has a problem.', status: 422, problems } });
    expect(seen).toHaveLength(1);
  });

  it('names the status when the answer is no problem document', async () => {
    const { fetch } = scripted(new Response('<h1>no</h1>', { status: 404 }));
    const { outcome } = await settle(createClient({ endpoint: '', fetch }).run('run_1'));
    expect(outcome).toMatchObject({ error: { message: 'Client error: 404' } });
  });

  it('asks to check the connection when no answer came', async () => {
    const { fetch } = scripted(offline(), offline(), offline());
    const { outcome } = await settle(createClient({ endpoint: '', fetch }).actions());
    expect(outcome).toMatchObject({
      error: {
        message: 'Unable to reach the AI service. Please check your connection and try again.',
        code: 'network',
      },
    });
  });

  it('is given up after 30 s, once, also when fetch ignores its signal', async () => {
    let calls = 0;
    const fetch = () => {
      calls += 1;
      return new Promise<Response>(() => undefined);
    };
    const { outcome, ms } = await settle(createClient({ endpoint: '', fetch }).actions());
    expect(outcome).toMatchObject({ error: { message: 'Request timed out after 30 seconds' } });
    expect(calls).toBe(1);
    expect(ms).toBeGreaterThanOrEqual(30_000);
    expect(ms).toBeLessThan(30_500);
  });

  it.each([
    ['a start', (client: Client) => client.startRun('w', { input: {} })],
    ['a signal', (client: Client) => client.signal('run_1', 'ok', { decision: 'approved' })],
  ])('is %s that is sent again under its key, so that it counts once', async (_, send) => {
    const { fetch, seen } = scripted(offline(), json({}, 202), json({}, 202));
    const client = createClient({ endpoint: '', fetch });
    await settle<unknown>(send(client));
    await settle<unknown>(send(client));
    const [first, again, another] = seen.map(({ headers }) => headers.get('idempotency-key'));
    expect(first).toMatch(/^[\x21-\x7e]{16,}$/);
    expect(again).toBe(first);
    expect(another).not.toBe(first);
  });

  it('says so when the answer is not JSON', async () => {
    const { fetch } = scripted(new Response('<html>'));
    const { outcome } = await settle(createClient({ endpoint: '', fetch }).actions());
    expect(outcome).toMatchObject({ error: { code: 'not_json' } });
  });
});

describe('a read that nobody waits for any more', () => {
  it('ends with the reason of its signal, also between two tries', async () => {
    const { fetch, seen } = scripted(offline());
    const leaving = new AbortController();
    const work = createClient({ endpoint: '', fetch }).session('s', leaving.signal);
    await vi.advanceTimersByTimeAsync(500);
    leaving.abort();
    const { outcome } = await settle(work);
    expect(outcome).toMatchObject({ error: { name: 'AbortError' } });
    expect(seen).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the token', () => {
  it('is refreshed once on 401', async () => {
    const { fetch, seen } = scripted(problem(401, 'Expired.'), json(actions));
    const asked: boolean[] = [];
    const getToken = ({ refresh }: { refresh: boolean }) => {
      asked.push(refresh);
      return refresh ? 'new' : 'old';
    };
    const { outcome } = await settle(createClient({ endpoint: '/base/', fetch, getToken }).actions());
    expect(outcome).toEqual({ value: actions });
    expect(asked).toEqual([false, true]);
    expect(seen.map(({ url, headers }) => [url, headers.get('authorization')])).toEqual([
      ['/base/api/actions', 'Bearer old'],
      ['/base/api/actions', 'Bearer new'],
    ]);
  });

  it('is not refreshed a second time', async () => {
    const { fetch, seen } = scripted(problem(401, 'Expired.'), problem(401, 'Sign in again.'));
    const { outcome } = await settle(createClient({ endpoint: '', fetch, getToken: () => 'x' }).actions());
    expect(outcome).toMatchObject({ error: { message: 'Sign in again.', status: 401 } });
    expect(seen).toHaveLength(2);
  });

  it('is not asked for again when the host cannot give one', async () => {
    const { fetch, seen } = scripted();
    const getToken = () => Promise.reject(new Error('Signed out.'));
    const { outcome } = await settle(createClient({ endpoint: '', fetch, getToken }).actions());
    expect(outcome).toMatchObject({ error: { message: 'Signed out.' } });
    expect(seen).toHaveLength(0);
  });
});

describe('a session', () => {
  it('that the server does not know is undefined', async () => {
    const { fetch } = scripted(problem(404, 'There is no session.'));
    const { outcome } = await settle(createClient({ endpoint: '', fetch }).session('s'));
    expect(outcome).toEqual({ value: undefined });
  });
});

it('is an Error with its own name', () => {
  expect(new RequestError('No.')).toMatchObject({ name: 'RequestError', problems: [], retryable: false });
});
