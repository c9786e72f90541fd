import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionFailure } from '../../../src/catalog/action.js';
import { WorkflowError } from '../../../src/errors.js';
import type { Json } from '../../../src/json.js';
import type { Orchestrator } from '../../../src/ports/orchestrator.js';
import type { Step } from '../../../src/workflow/definition.js';
import type { Run } from '../../../src/workflow/run.js';
import { createWorld } from '../embedded/support/world.js';
import { createTemporalWorld, type Script, type TemporalWorld } from './support/temporal-world.js';

const refuse: Script = () => {
  throw actionFailure('refused', 'It is refused.', { retryable: false });
};
const scripts = { mail: refuse };

const ok: Step = { id: 'ok', kind: 'approval', title: 'Go on?' };
const reply: Step = { id: 'reply', kind: 'wait', signal: 'answer' };
const put: Step = { id: 'put', kind: 'action', action: 'put', input: { n: 1 } };
const mail: Step = { id: 'mail', kind: 'action', action: 'mail' };

/** A call, and whether the run then comes to rest or ends. */
type Call =
  | readonly ['signal', name: string, payload: Json]
  | readonly ['cancel', reason: string | null]
  | readonly ['retry', from: string];

const scenarios: readonly (readonly [string, readonly Step[], readonly Call[]])[] = [
  ['approve', [ok], [['signal', 'ok', { decision: 'approved', comment: 'Go.' }]]],
  ['reject', [put, ok], [['signal', 'ok', { decision: 'rejected' }]]],
  [
    'a bad body, then approve',
    [ok, reply],
    [
      ['signal', 'ok', 'yes'],
      ['signal', 'ok', { decision: 'approved' }],
    ],
  ],
  [
    'decide twice',
    [ok, reply],
    [
      ['signal', 'ok', { decision: 'approved' }],
      ['signal', 'ok', { decision: 'approved' }],
    ],
  ],
  [
    'reply, by path, once more, too late',
    [reply, { ...reply, id: 'b' }],
    [
      ['signal', 'answer', 1],
      ['signal', 'b', 2],
      ['signal', 'answer', 3],
    ],
  ],
  ['a name never waited for', [reply], [['signal', 'other', 1]]],
  [
    'cancel, twice',
    [put, reply],
    [
      ['cancel', 'Enough.'],
      ['cancel', null],
    ],
  ],
  ['retry an open run', [reply], [['retry', 'reply']]],
  [
    'retry from the failed step, and from one that was never reached',
    [put, mail],
    [
      ['retry', 'nope'],
      ['retry', 'mail'],
    ],
  ],
];

/** What a client sees: the answers of the calls, the run and its story in the end. */
interface Seen {
  readonly answers: readonly string[];
  readonly run: unknown;
  readonly events: readonly unknown[];
}

const play = async (
  orchestrator: Orchestrator,
  runId: string,
  calls: readonly Call[],
  rest: (runId: string) => Promise<Run>,
): Promise<Seen> => {
  const answers: string[] = [];
  let last = runId;
  await rest(last);
  for (const call of calls) {
    try {
      if (call[0] === 'signal') await orchestrator.signal(runId, call[1], call[2], 'ann');
      else if (call[0] === 'cancel') await orchestrator.cancel(runId, call[1]);
      else last = (await orchestrator.retry({ runId: `${runId}-2`, retryOf: runId, from: call[1] })).runId;
      answers.push('taken');
    } catch (error) {
      if (!WorkflowError.is(error)) throw error;
      answers.push(`${error.status} ${error.code}: ${error.message}`);
    }
    await rest(last);
  }
  const { startedAt: _, endedAt: __, ...run } = await rest(last);
  const events = (await orchestrator.events(last)).map(({ at: ___, ...event }) => event);
  return JSON.parse(JSON.stringify({ answers, run, events }).replaceAll(runId, 'run_1'));
};

let temporal: TemporalWorld;
beforeAll(async () => {
  temporal = await createTemporalWorld({ scripts });
}, 60_000);
afterAll(() => temporal.close());

const isAtRest = ({ status }: Run): boolean => status !== 'running';

describe('a client gets the same answers embedded and on Temporal', () => {
  test.each(scenarios)('%s', async (_, steps, calls) => {
    const world = createWorld({ scripts });
    await world.run(steps);
    const embedded = await play(world.orchestrator, 'run_1', calls, async (runId) => {
      await world.clock.advance(0);
      const run = await world.orchestrator.get(runId);
      if (!run) throw new Error('The run is gone.');
      return run;
    });
    const runId = await temporal.run(steps);
    const seen = await play(temporal.orchestrator, runId, calls, (id) => temporal.untilRun(id, isAtRest));
    expect(seen).toEqual(embedded);
    expect(seen.answers.length).toBe(calls.length);
  });
});
