import { expect, test } from 'vitest';
import { createHookTokens } from '../../src/triggers/hook-tokens.js';
import { triggeredRunId } from '../../src/triggers/triggered-run-id.js';
import { world } from './support/world.js';

const webhookSecret = 'a secret of the host, long enough';
const hooked = {
  id: 'hooked',
  name: 'Hooked',
  trigger: { kind: 'webhook', input: { order: '${{ trigger.body.order }}' } },
  inputs: { type: 'object', required: ['order'], properties: { order: { type: 'string' } } },
  steps: [{ id: 'note', kind: 'set', values: { from: '${{ trigger.headers["x-from"] }}' } }],
  output: '${{ vars.from }}',
};
const call = { body: { order: 'A-7' }, headers: { 'x-from': 'shop' } };

const setup = async () => {
  const { open } = world('2030-01-01T00:00:00Z');
  const builder = await open({ webhookSecret });
  const saved = await builder.workflows.create(hooked);
  const token = builder.triggers.hookToken(saved) ?? '';
  return { open, builder, saved, hook: { workflowId: 'hooked', token } };
};

test('a call starts a run, which sees body and headers', async () => {
  const { builder, hook } = await setup();
  const { runId } = await builder.triggers.webhook(hook, call);
  for await (const _ of builder.runs.observe(runId, 0, new AbortController().signal));
  expect(await builder.runs.get(runId)).toMatchObject({
    input: { order: 'A-7' },
    trigger: call,
    output: 'shop',
  });
  expect((await builder.triggers.webhook(hook, call)).runId).not.toBe(runId);
});

test('calls with one idempotency key start one run, on every server', async () => {
  const { open, builder, hook } = await setup();
  const other = await open({ webhookSecret });
  const keyed = { ...call, idempotencyKey: 'k1' };
  const runs = [
    await builder.triggers.webhook(hook, keyed),
    await other.triggers.webhook(hook, keyed),
    await builder.triggers.webhook(hook, { ...keyed, body: null }),
  ];
  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
  expect((await builder.triggers.webhook(hook, { ...keyed, idempotencyKey: 'k2' })).runId).not.toBe(
    runs[0]?.runId,
  );
  expect((await builder.runs.list({ limit: 10 })).items).toHaveLength(2);
});

test('an input that does not fit is refused by name and leaves nothing', async () => {
  const { builder, hook } = await setup();
  const refused = builder.triggers.webhook(hook, { ...call, body: { order: [1] } });
  await expect(refused).rejects.toMatchObject({
    code: 'invalid_input',
    details: { problems: [expect.objectContaining({ path: '/order' })] },
  });
  expect((await builder.runs.list({ limit: 10 })).items).toEqual([]);
});

test('a wrong token, an unknown workflow and another trigger are answered alike', async () => {
  const { builder, hook } = await setup();
  const tokens = createHookTokens(webhookSecret);
  await builder.workflows.create({ ...hooked, id: 'manual', trigger: { kind: 'manual' } });
  const answers = await Promise.all(
    [
      { ...hook, token: 'wrong' },
      { ...hook, token: '' },
      { ...hook, token: `${hook.token}x` },
      { workflowId: 'other', token: hook.token },
      { workflowId: 'nobody', token: tokens.of('nobody') },
      { workflowId: 'manual', token: tokens.of('manual') },
    ].map((wrong) =>
      builder.triggers
        .webhook(wrong, call)
        .catch(({ code, message }: Error & { code: string }) => [code, message]),
    ),
  );
  expect(new Set(answers.map(String)).size).toBe(1);
  expect(answers[0]).toEqual(['not_found', expect.any(String)]);
  await expect(builder.triggers.limitHook({ ...hook, token: 'wrong' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('calls are counted per hook, wrong ones not at all', async () => {
  const { open } = world('2030-01-01T00:00:00Z');
  const { triggers, workflows } = await open({ webhookSecret, limits: { hookCallsPerMinute: 2 } });
  const token = triggers.hookToken(await workflows.create(hooked)) ?? '';
  const limit = () => triggers.limitHook({ workflowId: 'hooked', token });
  await triggers.limitHook({ workflowId: 'hooked', token: 'wrong' }).catch(() => undefined);
  expect([await limit(), await limit(), await limit()].map(({ allowed }) => allowed)).toEqual([
    true,
    true,
    false,
  ]);
});

test('without a secret there are no hooks, and saving says so', async () => {
  const { builder, hook, saved, open } = await setup();
  const bare = await open();
  expect(bare.triggers.hookToken(saved)).toBeUndefined();
  await expect(bare.triggers.webhook(hook, call)).rejects.toMatchObject({ code: 'not_found' });
  const warned = { code: 'trigger_inactive', severity: 'warning', path: '/trigger' };
  expect((await bare.workflows.validate(hooked)).problems).toEqual([expect.objectContaining(warned)]);
  expect((await builder.workflows.validate(hooked)).problems).toEqual([]);
});

test('a short secret is refused, and no error shows one', async () => {
  const { open } = world('2030-01-01T00:00:00Z');
  const error = await open({ webhookSecret: 'too short' }).catch((refused: Error) => refused);
  expect(error).toMatchObject({ code: 'configuration' });
  expect(String(error)).not.toContain('too short');
});

test('run ids are apart for every workflow, kind and key', () => {
  const ids = [
    triggeredRunId('a', 'event', ['b', 'c']),
    triggeredRunId('a', 'event', ['bc']),
    triggeredRunId('a', 'webhook', ['b', 'c']),
    triggeredRunId('ab', 'event', ['c']),
  ];
  expect(new Set(ids).size).toBe(4);
  expect(triggeredRunId('a', 'event', ['b', 'c'])).toBe(ids[0]);
});
