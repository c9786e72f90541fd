import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionFailure } from '../../../src/catalog/action.js';
import type { TemporalConnection } from '../../../src/runtimes/temporal/client/connect-temporal.js';
import { createTemporalOrchestrator } from '../../../src/runtimes/temporal/client/create-temporal-orchestrator.js';
import type { Step } from '../../../src/workflow/definition.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { historyText } from './support/history-text.js';
import { createTemporalWorld, scriptedCatalog, type TemporalWorld, until } from './support/temporal-world.js';

let world: TemporalWorld;
beforeAll(async () => {
  world = await createTemporalWorld({ timeScale: 1000 });
}, 60_000);
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code });

describe('a run', () => {
  test('of actions hands outputs on and gives the output', async () => {
    const runId = await world.run(
      [
        { id: 'a', kind: 'action', action: 'look', input: { n: 1 } },
        { id: 'b', kind: 'action', action: 'put', input: { n: '${{ steps.a.output.n + 1 }}' } },
      ],
      { output: { total: '${{ steps.a.output.n + steps.b.output.n }}' } },
    );
    expect(await world.ended(runId)).toMatchObject({
      runId,
      workflowId: 'test',
      version: 1,
      status: 'succeeded',
      input: {},
      output: { total: 3 },
    });
    expect(await world.events(runId)).toEqual([
      { type: 'run.started', path: '', input: {} },
      { type: 'step.started', path: 'a', stepId: 'a', attempt: 1, input: { n: 1 } },
      { type: 'step.succeeded', path: 'a', stepId: 'a', output: { n: 1 } },
      { type: 'step.started', path: 'b', stepId: 'b', attempt: 1, input: { n: 2 } },
      { type: 'step.succeeded', path: 'b', stepId: 'b', output: { n: 2 } },
      { type: 'run.succeeded', path: '', output: { total: 3 } },
    ]);
    expect(world.called.map(({ key }) => key)).toEqual([`${runId}/a`, `${runId}/b`]);
    const events = await world.orchestrator.events(runId);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('that fails has our code, undoes what was done, and retries by the rules of the definition', async () => {
    world.scripts.mail = (_input, { attempt }) => {
      throw actionFailure(attempt === 1 ? 'busy' : 'gone', `It is attempt ${attempt}.`, {
        retryable: attempt === 1,
      });
    };
    const runId = await world.run([
      { id: 'a', kind: 'action', action: 'put', input: { n: 1 } },
      { id: 'b', kind: 'action', action: 'mail', retry: { maxAttempts: 5 } },
    ]);
    expect(await world.ended(runId)).toMatchObject({
      status: 'failed',
      error: { code: 'gone', message: 'It is attempt 2.', path: 'b' },
    });
    expect(await world.story(runId)).toEqual([
      'run.started',
      'step.started a',
      'step.succeeded a',
      'step.started b',
      'step.retrying b',
      'step.started b',
      'step.failed b',
      'compensation.started a',
      'compensation.succeeded a',
      'run.failed',
    ]);
    delete world.scripts.mail;
  });

  test('hides what a handler throws that was not made for people', async () => {
    world.scripts.look = () => {
      throw new TypeError('password=hunter2');
    };
    const runId = await world.run([{ id: 'a', kind: 'action', action: 'look', retry: { maxAttempts: 1 } }]);
    expect(await world.ended(runId)).toMatchObject({ status: 'failed', error: { code: 'action_failed' } });
    expect(await historyText(world, runId)).not.toContain('hunter2');
    delete world.scripts.look;
  });

  test('gives a secret to the handler alone', async () => {
    const secret = 'hunter2-the-secret';
    const other = await createTemporalWorld({ worker: false });
    await other.startWorker({ secrets: async (name) => (name === 'TOKEN' ? secret : undefined) });
    other.scripts.mail = (input) => ({ said: input });
    const runId = await other.run([
      { id: 'a', kind: 'action', action: 'mail', input: { token: 'Bearer ${{ secrets.TOKEN }}', to: 'ann' } },
    ]);
    expect(await other.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(other.called[0]?.input).toMatchObject({ token: `Bearer ${secret}` });
    const history = await historyText(other, runId);
    expect(history).toContain('"to":"ann"');
    expect(history).not.toContain(secret);
    await other.close();
  });

  test('of an action that this worker does not have fails by name', async () => {
    const runId = await world.run([{ id: 'a', kind: 'action', action: 'nope' }]);
    expect(await world.ended(runId)).toMatchObject({ error: { code: 'unknown_action', path: 'a' } });
  });

  test('takes no stack traces, which cost a third of it: its call stack in Temporal is empty', async () => {
    const runId = await world.run([{ id: 'nap', kind: 'wait', duration: 'P10D' }]);
    await world.waiting(runId);
    const handle = world.connection.client.workflow.getHandle(runId);
    expect(await handle.query('__stack_trace')).not.toContain(' at ');
    await world.orchestrator.cancel(runId, null);
    await world.ended(runId);
  });

  test('is not started twice, and one that there is not is not found', async () => {
    const runId = await world.run([]);
    const definition = { id: 'test', name: 'Test', steps: [] };
    await expect(world.orchestrator.start({ runId, definition, version: 1, input: {} })).rejects.toEqual(
      refusal('already_exists'),
    );
    expect(await world.orchestrator.get('run_nope')).toBeUndefined();
    await expect(world.orchestrator.events('run_nope')).rejects.toEqual(refusal('not_found'));
    await expect(world.orchestrator.cancel('run_nope', null)).rejects.toEqual(refusal('not_found'));
    await expect(world.orchestrator.signal('run_nope', 'reply', null, null)).rejects.toEqual(
      refusal('not_found'),
    );
  });

  test('of another application in the namespace is not found, whatever it was started with', async () => {
    const workflowId = `foreign-${world.taskQueue}`;
    const handle = await world.connection.client.workflow.start('theirs', {
      workflowId,
      taskQueue: `${world.taskQueue}-theirs`,
      args: ['not ours'],
    });
    await handle.terminate();
    await expect(world.orchestrator.get(workflowId)).resolves.toBeUndefined();
    await expect(world.orchestrator.signal(workflowId, 'reply', null, null, 'key-1')).rejects.toEqual(
      refusal('not_found'),
    );
  });

  test('is in the list, page by page, of all workflows and of one', async () => {
    const id = `list-${world.taskQueue}`;
    const started = [await world.run([], { id }), await world.run([], { id }), await world.run([], { id })];
    await Promise.all(started.map((id) => world.ended(id)));
    const ids = async () => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await world.orchestrator.list({
          limit: 2,
          workflowId: id,
          ...(cursor ? { cursor } : {}),
        });
        found.push(...page.items.map((run) => run.runId));
        cursor = page.nextCursor;
      } while (cursor);
      return found;
    };
    await until(async () => (await ids()).length === 3);
    expect((await ids()).sort()).toEqual([...started].sort());
    await expect(world.orchestrator.list({ limit: 2, cursor: 'bad' })).rejects.toEqual(
      refusal('invalid_request'),
    );
  });
});

describe('signals and approvals', () => {
  const reply: Step = { id: 'reply', kind: 'wait', signal: 'answer' };
  const ok: Step = { id: 'ok', kind: 'approval', title: 'Go on?', timeout: 'P10D' };

  test('wake the wait for them, early ones once and in order, and others are refused', async () => {
    const runId = await world.run(
      [{ id: 'nap', kind: 'wait', duration: 'PT30M' }, reply, { ...reply, id: 'again' }],
      {
        output: ['${{ steps.reply.output.payload }}', '${{ steps.again.output.payload }}'],
      },
    );
    await world.waiting(runId);
    await world.orchestrator.signal(runId, 'answer', 1, 'ann');
    await world.orchestrator.signal(runId, 'answer', 2, 'ann');
    await expect(world.orchestrator.signal(runId, 'other', 1, null)).rejects.toEqual(refusal('conflict'));
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded', output: [1, 2] });
    await expect(world.orchestrator.signal(runId, 'answer', 1, null)).rejects.toEqual(refusal('conflict'));
  });

  test('are decided once, with the right body, and shown while they are asked', async () => {
    const runId = await world.run([ok], { output: '${{ steps.ok.output }}' });
    const asked = await world.waiting(runId);
    expect(asked.waitingFor).toMatchObject([{ kind: 'approval', path: 'ok', title: 'Go on?' }]);
    const decide = (body: { decision: string }) => world.orchestrator.signal(runId, 'ok', body, 'ann');
    await expect(decide({ decision: 'perhaps' })).rejects.toEqual(refusal('invalid_request'));
    const outcomes = await Promise.allSettled([
      decide({ decision: 'approved' }),
      decide({ decision: 'rejected' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await world.ended(runId);
  });

  test('that nobody answers in time go on by themselves', async () => {
    const runId = await world.run([{ ...ok, timeout: 'PT10M', onTimeout: 'approved' }]);
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
  });
});

describe('cancel', () => {
  test('reaches the handler, undoes what was done, and says why', async () => {
    let aborted = false;
    world.scripts.mail = (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        });
      });
    const runId = await world.run([
      { id: 'a', kind: 'action', action: 'put', input: { n: 1 } },
      { id: 'b', kind: 'action', action: 'mail' },
    ]);
    await until(() => world.called.some(({ key }) => key === `${runId}/b`));
    expect(await world.orchestrator.cancel(runId, 'Enough.')).toMatchObject({ runId });
    expect(await world.ended(runId)).toMatchObject({ status: 'cancelled' });
    expect((await world.events(runId)).at(-1)).toEqual({
      type: 'run.cancelled',
      path: '',
      reason: 'Enough.',
    });
    expect(world.called.at(-1)).toMatchObject({ action: 'take_back', key: `${runId}/a#undo` });
    await until(() => aborted);
    await expect(world.orchestrator.cancel(runId, null)).rejects.toEqual(refusal('conflict'));
    delete world.scripts.mail;
  });

  test('in the Temporal UI is the same, without a reason', async () => {
    const runId = await world.run([
      { id: 'a', kind: 'action', action: 'put' },
      { id: 'nap', kind: 'wait', duration: 'P10D' },
    ]);
    await world.waiting(runId);
    await world.connection.client.workflow.getHandle(runId).cancel();
    expect(await world.ended(runId)).toMatchObject({ status: 'cancelled' });
    expect((await world.story(runId)).slice(-3)).toEqual([
      'compensation.started a',
      'compensation.succeeded a',
      'run.cancelled',
    ]);
  });
});

describe('retry', () => {
  test('starts a new run from a step and takes over what came before it', async () => {
    const failing = 'password';
    world.scripts.mail = () => {
      throw actionFailure(failing, 'It is refused.', { retryable: false });
    };
    const steps: Step[] = [
      { id: 'a', kind: 'action', action: 'look', input: { n: 1 } },
      { id: 'b', kind: 'action', action: 'mail', input: { n: '${{ steps.a.output.n }}' } },
    ];
    const retryOf = await world.run(steps, { config: { onFailure: 'none' } });
    await expect(
      world.orchestrator.retry({ runId: 'run_x', retryOf: 'run_nope', from: 'b' }),
    ).rejects.toEqual(refusal('not_found'));
    await world.ended(retryOf);
    delete world.scripts.mail;
    await expect(world.orchestrator.retry({ runId: 'run_x', retryOf, from: 'z' })).rejects.toEqual(
      refusal('invalid_request'),
    );
    const runId = `${retryOf}-again`;
    expect(await world.orchestrator.retry({ runId, retryOf, from: 'b' })).toMatchObject({ runId, retryOf });
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded', retryOf, retryFrom: 'b' });
    expect(await world.story(runId)).toEqual([
      'run.started',
      'step.skipped a',
      'step.started b',
      'step.succeeded b',
      'run.succeeded',
    ]);
    // A step that had failed keeps its key.
    expect(world.called.at(-1)).toMatchObject({ action: 'mail', key: `${retryOf}/b`, input: { n: 1 } });
  });

  test('of an open run is refused', async () => {
    const retryOf = await world.run([{ id: 'go', kind: 'wait', signal: 'go' }]);
    await expect(world.orchestrator.retry({ runId: 'run_x', retryOf, from: 'go' })).rejects.toEqual(
      refusal('conflict'),
    );
  });
});

describe('a sub-workflow', () => {
  const child = (steps: readonly Step[]): Step => {
    world.saved.set('child', { id: 'child', name: 'Child', steps, output: { got: '${{ inputs.n }}' } });
    return { id: 'sub', kind: 'workflow', workflow: 'child', version: 1, input: { n: 7 } };
  };

  test('is a run of its own, whose output the step has', async () => {
    const step = child([{ id: 'ok', kind: 'approval', title: 'Go on?' }]);
    const runId = await world.run([step], { output: '${{ steps.sub.output }}' });
    const { waitingFor } = await world.waiting(runId);
    expect(waitingFor).toMatchObject([{ kind: 'workflow', path: 'sub', runId: `${runId}.sub` }]);
    expect(await world.waiting(`${runId}.sub`)).toMatchObject({ workflowId: 'child', parent: { runId } });
    await world.orchestrator.signal(`${runId}.sub`, 'ok', { decision: 'approved' }, 'ann');
    expect(await world.ended(runId)).toMatchObject({ status: 'succeeded', output: { got: 7 } });
  });

  test('is cancelled with its parent, and undoes what it did', async () => {
    const step = child([
      { id: 'a', kind: 'action', action: 'put' },
      { id: 'nap', kind: 'wait', duration: 'P10D' },
    ]);
    const runId = await world.run([step]);
    await world.waiting(`${runId}.sub`);
    await world.orchestrator.cancel(runId, null);
    expect(await world.ended(runId)).toMatchObject({ status: 'cancelled' });
    expect(await world.ended(`${runId}.sub`)).toMatchObject({ status: 'cancelled' });
    expect((await world.events(`${runId}.sub`)).at(-1)).toEqual({
      type: 'run.cancelled',
      path: '',
      reason: `The run "${runId}" has given it up.`,
    });
    expect(await world.story(`${runId}.sub`)).toContain('compensation.succeeded a');
  });

  test('that fails fails its step with its code, and one that is gone too', async () => {
    const runId = await world.run([child([{ id: 'end', kind: 'stop', outcome: 'failed', reason: 'No.' }])]);
    expect(await world.ended(runId)).toMatchObject({
      error: { code: 'stopped', message: 'No.', path: 'sub' },
    });
    const gone = await world.run([{ ...child([]), kind: 'workflow', workflow: 'gone', version: 3 }]);
    expect(await world.ended(gone)).toMatchObject({ error: { code: 'unknown_workflow', path: 'sub' } });
  });
});

describe('observe', () => {
  test('gives the events as they come, each once, and ends with the run', async () => {
    const runId = await world.run([
      { id: 'a', kind: 'action', action: 'look' },
      { id: 'ok', kind: 'wait', signal: 'go' },
    ]);
    const seen: string[] = [];
    const following = (async () => {
      for await (const event of world.orchestrator.observe(runId, 1, new AbortController().signal)) {
        seen.push(`${event.seq} ${event.type}`);
      }
    })();
    await until(() => seen.includes('6 run.waiting'));
    await world.orchestrator.signal(runId, 'go', null, null);
    await following;
    expect(seen).toEqual([
      '2 step.started',
      '3 step.succeeded',
      '4 step.started',
      '5 wait.started',
      '6 run.waiting',
      '7 wait.ended',
      '8 step.succeeded',
      '9 run.succeeded',
    ]);
  });

  test('ends with the run, also while a worker is asked that does not answer', async () => {
    let isMute = false;
    let asked = 0;
    let answer = (): void => undefined;
    const answering = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const connection: TemporalConnection = {
      ...world.connection,
      async call(work) {
        if (isMute) {
          asked += 1;
          await answering;
        }
        return world.connection.call(work);
      },
    };
    const follower = createTemporalOrchestrator({
      connection,
      catalog: scriptedCatalog({}, []),
      logger: recordingLogger(),
      taskQueues: [world.taskQueue],
    });
    const runId = await world.run([{ id: 'ok', kind: 'wait', signal: 'go' }]);
    const seen: string[] = [];
    const following = (async () => {
      for await (const { type } of follower.observe(runId, 0, new AbortController().signal)) {
        seen.push(type);
        isMute = type === 'run.waiting';
      }
    })();
    await until(() => asked > 0);
    await world.orchestrator.signal(runId, 'go', null, null);
    await following;
    expect(seen.slice(-3)).toEqual(['wait.ended', 'step.succeeded', 'run.succeeded']);
    answer();
    await follower.close();
  });

  test('ends when nobody listens any more', async () => {
    const runId = await world.run([{ id: 'go', kind: 'wait', signal: 'go' }]);
    const leave = new AbortController();
    const seen: string[] = [];
    for await (const { type } of world.orchestrator.observe(runId, 0, leave.signal)) {
      seen.push(type);
      if (type === 'run.waiting') leave.abort();
    }
    expect(seen.at(-1)).toBe('run.waiting');
  });
});
