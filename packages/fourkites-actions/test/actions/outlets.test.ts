import { expect, test } from 'vitest';
import { setup } from '../support/setup.js';

test('notify_internal_users mails all of them at once, with the severity as subject', async () => {
  const { call, simulator } = setup();
  const recipients = ['a@example.com', 'b@example.com'];
  await call('notify_internal_users', { recipients, message: 'FK-1002 is late.', severity: 'critical' });
  expect(simulator.outbox()).toMatchObject([
    { to: recipients, subject: 'Critical: a workflow needs you', text: 'FK-1002 is late.' },
  ]);
  await expect(call('notify_internal_users', { recipients: [], message: 'x' })).rejects.toThrow('recipients');
});

test('post_to_webhook posts once per step, or per key of its own', async () => {
  const { call, simulator } = setup();
  const post = { url: 'https://hooks.example.com/late', body: { n: 1 }, headers: { 'X-Team': 'ops' } };
  expect(await call('post_to_webhook', post, 'run_1/post')).toEqual({
    status: 200,
    response: { received: true },
  });
  await call('post_to_webhook', post, 'run_1/post');
  expect(simulator.posts()).toEqual([post]);
  await call('post_to_webhook', { ...post, idempotency_key: 'mine' }, 'run_2/post');
  await call('post_to_webhook', { ...post, idempotency_key: 'mine' }, 'run_3/post');
  expect(simulator.posts()).toHaveLength(2);
  await expect(call('post_to_webhook', { url: 'file:///etc/passwd', body: null })).rejects.toThrow('url');
});

test('log_workflow_action keeps the line with run and step', async () => {
  const { call, simulator } = setup();
  await call('log_workflow_action', { message: 'Answered.', data: { shipmentId: 'FK-1002' } });
  expect(simulator.logs()).toEqual([
    { runId: 'run_1', stepId: 'step', message: 'Answered.', data: { shipmentId: 'FK-1002' } },
  ]);
});
