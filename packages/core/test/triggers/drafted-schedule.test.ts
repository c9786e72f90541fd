import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineAction } from '../../src/catalog/action.js';
import { createCatalog } from '../../src/catalog/catalog.js';
import { scheduledRuns, world } from './support/world.js';

const mail = defineAction({
  id: 'send_email',
  name: 'Send email',
  category: 'Mail',
  effect: 'irreversible',
  description: 'Sends an email to a recipient.',
  input: z.object({ recipient: z.email().default('ops@example.com') }),
  output: z.object({ messageId: z.string() }),
  handler: () => ({ messageId: 'm1' }),
});

test('a schedule that was drafted by chatting and then saved is kept, across the change of clocks', async () => {
  const { open, sleepTo } = world('2030-03-24T12:00:00Z');
  const builder = await open({ catalog: createCatalog([mail]) });
  const caller = { client: 'test' };
  const turn = await builder.chat.send(
    { session_id: 's1', message: 'Every Monday at 9 in Europe/Berlin send an email to ops@example.com.' },
    caller,
  );
  const { draft } = await turn.answer;
  expect(draft?.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(draft?.definition.trigger).toEqual({
    kind: 'schedule',
    cron: '0 9 * * 1',
    timeZone: 'Europe/Berlin',
  });
  const { id } = await builder.workflows.create(draft?.definition);
  await sleepTo('2030-03-25T07:59:30Z');
  expect(await scheduledRuns(builder)).toEqual([]);
  await sleepTo('2030-03-25T08:00:10Z');
  await sleepTo('2030-04-01T07:00:10Z');
  expect(await scheduledRuns(builder)).toEqual([
    '2030-03-25T08:00:00.000Z succeeded',
    '2030-04-01T07:00:00.000Z succeeded',
  ]);
  expect((await builder.runs.list({ limit: 10, workflowId: id })).items).toHaveLength(2);
});
