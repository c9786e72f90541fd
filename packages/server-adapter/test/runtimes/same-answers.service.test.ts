import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, createPlayer, type Player, type Seen } from '../support/playing.js';
import { type Served, serveEmbedded, serveTemporal } from '../support/served.js';

const address = process.env.TEMPORAL_ADDRESS;

let embedded: Served;
let temporal: Served;
beforeAll(async () => {
  if (!address)
    throw new Error('TEMPORAL_ADDRESS is not set: run it with "npm run services -- npx vitest run".');
  [embedded, temporal] = await Promise.all([serveEmbedded(), serveTemporal(address)]);
}, 60_000);
afterAll(() => Promise.all([embedded.close(), temporal.close()]));

const ok = { id: 'ok', kind: 'approval', title: 'Go on?', message: 'It is late.' };
const reply = { id: 'reply', kind: 'wait', signal: 'answer' };
const put = { id: 'put', kind: 'action', action: 'put', input: { n: '${{ inputs.n }}' } };
const look = { id: 'look', kind: 'action', action: 'look' };
const refuse = { id: 'refuse', kind: 'action', action: 'refuse' };
const inputs = { type: 'object', properties: { n: { type: 'integer', default: 1 } } };

const post = (path: string, body?: unknown): Asked => ({ method: 'POST', path, body });
const start = post('/api/workflows/{workflow}/runs', { input: { n: 2 } });
const signal = (name: string, payload?: unknown): Asked =>
  post(`/api/runs/{last}/signals/${encodeURIComponent(name)}`, payload);
const cancel = (body?: unknown): Asked => post('/api/runs/{last}/cancel', body);
const retry = (from: unknown): Asked => post('/api/runs/{last}/retry', { from });
/** A key of this scenario's: runs are kept, and so are their keys. */
const keyed = (asked: Asked, key: string): Asked => ({
  ...asked,
  headers: { 'Idempotency-Key': `{workflow}-${key}` },
});
const run: Asked = { path: '/api/runs/{last}' };
const events: Asked = { path: '/api/runs/{last}/events' };
const stream = (after?: string): Asked => ({
  ...events,
  headers: { Accept: 'text/event-stream', ...(after === undefined ? {} : { 'Last-Event-ID': after }) },
});
const approved = { decision: 'approved', comment: 'Go.' };
const rejected = { decision: 'rejected' };

/** A part of a conversation with the server: after each request the last run comes to rest. */
type Scenario = readonly [
  string,
  statuses: readonly number[],
  steps: readonly object[],
  requests: readonly Asked[],
];

const scenarios: readonly Scenario[] = [
  [
    'start, read, approve',
    [202, 200, 200, 202, 200, 200, 200, 200, 422],
    [put, look, ok],
    [start, run, events, signal('ok', approved), run, events, stream(), stream('3'), stream('x')],
  ],
  [
    'reject, and retry from there',
    [202, 202, 200, 202, 200, 200],
    [ok],
    [start, signal('ok', rejected), run, retry('ok'), run, events],
  ],
  [
    'a bad decision, then a second one',
    [202, 400, 422, 422, 202, 409],
    [ok, reply],
    [
      start,
      signal('ok', 'yes'),
      signal('ok', '"yes"'),
      signal('ok', { decision: 'maybe' }),
      signal('ok', approved),
      signal('ok', rejected),
    ],
  ],
  [
    'an early reply, replies by name and path, an unknown name, too late',
    [202, 409, 202, 200, 202, 202, 200, 200, 409],
    [ok, reply, { ...reply, id: 'again' }],
    [
      start,
      signal('other', 1),
      signal('answer', { early: true }),
      run,
      signal('ok', approved),
      signal('again', null),
      run,
      events,
      signal('answer', 3),
    ],
  ],
  [
    'approvals in a loop, by their path',
    [202, 409, 202, 200, 202, 200],
    [{ id: 'each', kind: 'forEach', items: [1, 2], as: 'n', concurrency: 1, steps: [ok] }],
    [start, signal('ok', approved), signal('each[0]/ok', approved), run, signal('each[1]/ok', rejected), run],
  ],
  [
    'cancel, twice, and a signal after it',
    [202, 202, 200, 200, 409, 409, 202, 200],
    [put, reply],
    [start, cancel({ reason: 'Enough.' }), run, events, cancel(), signal('answer', 1), retry('reply'), run],
  ],
  [
    'a cancel that is wrong',
    [202, 422, 422, 400, 200],
    [reply],
    [start, cancel({ reason: 1 }), cancel({ why: 'so' }), cancel('no'), run],
  ],
  [
    'a failure, and retries',
    [202, 200, 200, 200, 422, 422, 422, 400, 202, 200, 200],
    [put, refuse],
    [
      start,
      run,
      events,
      stream(),
      retry('nope'),
      retry(''),
      retry(1),
      post('/api/runs/{last}/retry'),
      retry('refuse'),
      run,
      events,
    ],
  ],
  [
    'starts and a retry under one key each',
    [202, 202, 409, 409, 202, 200, 202, 202, 409, 200, 422],
    [ok],
    [
      keyed(start, 'a'),
      keyed(start, 'a'),
      keyed(post('/api/workflows/{workflow}/runs', { input: { n: 3 } }), 'a'),
      keyed(post('/api/workflows/execute', { definition: { id: 'other', name: 'Other', steps: [] } }), 'a'),
      signal('ok', rejected),
      run,
      keyed(retry('ok'), 'b'),
      keyed(post('/api/runs/{id}/retry', { from: 'ok' }), 'b'),
      keyed(start, 'b'),
      { path: '/api/runs/{id}' },
      keyed(start, ''.padEnd(256, 'c')),
    ],
  ],
  [
    'signals under one key each',
    [202, 202, 202, 409, 409, 200, 202, 409, 202, 202, 200, 200, 202, 202, 409],
    [reply, { ...reply, id: 'again' }, ok],
    [
      start,
      keyed(signal('answer', { n: 1 }), 'a'),
      keyed(signal('answer', { n: 1 }), 'a'),
      keyed(signal('answer', { n: 2 }), 'a'),
      keyed(signal('ok', approved), 'a'),
      run,
      signal('answer', { n: 1 }),
      keyed(signal('ok', rejected), 'a'),
      keyed(signal('ok', approved), 'b'),
      keyed(signal('ok', approved), 'b'),
      run,
      events,
      keyed(signal('answer', { n: 1 }), 'a'),
      keyed(signal('ok', approved), 'b'),
      keyed(signal('ok', approved), 'c'),
    ],
  ],
  [
    'retry of an open run',
    [202, 409, 202, 200, 202, 200],
    [reply],
    [start, retry('reply'), signal('answer'), run, retry('reply'), run],
  ],
  [
    'starts that are wrong',
    [422, 404, 422, 400, 404, 415, 405, 401],
    [put],
    [
      post('/api/workflows/{workflow}/runs', { input: { n: 'two' } }),
      post('/api/workflows/{workflow}/runs', { input: {}, version: 7 }),
      post('/api/workflows/{workflow}/runs', { input: {}, version: 0 }),
      post('/api/workflows/{workflow}/runs', 'no JSON'),
      post('/api/workflows/nowhere/runs', {}),
      { ...start, headers: { 'Content-Type': 'text/plain' } },
      { path: '/api/workflows/{workflow}/runs' },
      { ...start, headers: { Authorization: '' } },
    ],
  ],
  [
    'runs that there are not',
    [404, 404, 404, 404, 404, 404, 404, 422, 422, 200],
    [put],
    ['', '/events']
      .flatMap((end): Asked[] => [{ path: `/api/runs/run_nowhere${end}` }])
      .concat([
        { path: '/api/runs/run_nowhere/events', headers: { Accept: 'text/event-stream' } },
        { path: '/api/workflows/run_nowhere' },
        post('/api/runs/run_nowhere/signals/ok', approved),
        post('/api/runs/run_nowhere/cancel'),
        post('/api/runs/run_nowhere/retry', { from: 'ok' }),
        { path: '/api/runs?limit=0' },
        { path: '/api/runs?cursor=nowhere' },
        { path: '/api/runs?workflowId=nowhere' },
      ]),
  ],
];

const play = async (served: Served, steps: readonly object[], calls: readonly Asked[]): Promise<Player> => {
  const player = createPlayer(served);
  await player.save({ name: 'Test', inputs, steps });
  for (const call of calls) {
    await player.ask(call);
    await player.rest();
  }
  return player;
};

/** Both servers' answers to the same requests. */
const playBoth = (steps: readonly object[], calls: readonly Asked[]): Promise<[Player, Player]> =>
  Promise.all([play(embedded, steps, calls), play(temporal, steps, calls)]);

describe('the API answers the same embedded and on Temporal', () => {
  test.each(scenarios)('%s', async (_, statuses, steps, requests) => {
    const [here, there] = await playBoth(steps, requests);
    expect(there.seen).toEqual(here.seen);
    expect(there.seen.map(({ status }) => status)).toEqual(statuses);
  });

  test('an approval in a sub-run', async () => {
    const playSub = async (served: Served): Promise<Player> => {
      const player = createPlayer(served);
      await player.save({ name: 'Gate', steps: [ok], output: '${{ steps.ok.output.decision }}' }, '-gate');
      const gate = { id: 'gate', kind: 'workflow', workflow: '{workflow}-gate', version: 1 };
      await player.save({ name: 'Main', inputs, steps: [put, gate], output: '${{ steps.gate.output }}' });
      await player.ask(start);
      await player.rest('{last}.gate');
      await player.ask({ path: '/api/runs/{last}.gate' });
      await player.ask(signal('ok', approved));
      await player.ask(post('/api/runs/{last}.gate/signals/ok', approved));
      await player.rest('{last}.gate');
      await player.rest();
      for (const one of [run, { path: '/api/runs/{last}.gate' }, events]) await player.ask(one);
      return player;
    };
    const [here, there] = await Promise.all([playSub(embedded), playSub(temporal)]);
    expect(there.seen).toEqual(here.seen);
    expect(there.seen[1]?.body).toMatchObject({ tenant: 'acme', parent: { runId: 'run-1' } });
  });

  test('whoever follows a run sees the same frames', async () => {
    const follow = async (served: Served): Promise<Seen> => {
      const player = await play(served, [put, ok, look], [start]);
      const following = player.ask(stream());
      await player.ask(signal('ok', approved));
      return following;
    };
    const [here, there] = await Promise.all([follow(embedded), follow(temporal)]);
    expect(there).toEqual(here);
    expect(there.body).toContain('run.succeeded');
  });

  test('lists of runs, but for what they wait for', async () => {
    const [here, there] = await playBoth([put, ok], [start, signal('ok', approved), start]);
    const list: Asked = { path: '/api/runs?workflowId={workflow}&limit=10' };
    const listed = await here.ask(list);
    expect(listed.body).toMatchObject({ items: [{ status: 'waiting' }, { status: 'succeeded' }] });
    // Temporal's list comes a moment late, and asks no worker.
    const withoutWaits = JSON.parse(
      JSON.stringify(listed, (key, value: unknown) => (key === 'waitingFor' ? undefined : value)),
    );
    await expect.poll(() => there.ask(list), { timeout: 20_000 }).toEqual(withoutWaits);
  });
});

describe('a node list of the first version', () => {
  const nodes = [
    { id: 'first', type: 'trigger', activity: 'put', params: { n: 1 }, next: ['second'] },
    { id: 'second', type: 'action', activity: 'look', params: {}, next: [] },
  ];
  const nodeList = { id: 'seed', name: 'Seed', nodes, edges: [], config: {} };
  const execute = post('/api/workflows/execute', nodeList);
  const status: Asked = { path: '/api/workflows/{last}' };

  test('is executed with the same answers, but for the id of the execution and its queue', async () => {
    const calls = [execute, status, run, events, post('/api/workflows/execute', { ...nodeList, nodes: 1 })];
    const [here, there] = await playBoth([put], calls);
    const bare = (seen: readonly Seen[]) =>
      JSON.parse(
        JSON.stringify(seen, (key, value: unknown) =>
          key === 'run_id' || key === 'task_queue' ? typeof value : value,
        ),
      );
    expect(bare(there.seen)).toEqual(bare(here.seen));
    expect(here.seen[0]?.body).toMatchObject({ workflow_id: 'run-1', run_id: 'run-1' });
    const executionId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    expect(there.seen[0]?.body).toMatchObject({
      workflow_id: 'run-1',
      run_id: expect.stringMatching(executionId),
    });
    const idIn = (seen: Seen | undefined) => Object(seen?.body).run_id;
    expect(idIn(there.seen[1])).toBe(idIn(there.seen[0]));
  });
});
