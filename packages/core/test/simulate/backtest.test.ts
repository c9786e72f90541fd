import { expect, test } from 'vitest';
import { backtest } from '../../src/simulate/backtest.js';
import type { Definition } from '../../src/workflow/definition.js';
import { called, catalog, input, notifier } from './support/notifier.js';

const onDelay: Definition = {
  ...notifier,
  trigger: {
    kind: 'event',
    event: 'shipment.delayed',
    when: '${{ trigger.payload.minutes >= 60 }}',
    input: { facility: '${{ trigger.payload.facility }}', facility_email: '${{ trigger.payload.mail }}' },
  },
};

const delay = (minutes: number, mail = 'dock@kiel.example') => ({
  trigger: { payload: { minutes, facility: 'Kiel', mail } },
});

test('tells of past events what would have been done', async () => {
  const { results, summary, truncated } = await backtest(
    onDelay,
    [
      { ...delay(90), answers: { inbox: { hasReply: true } } },
      { ...delay(120), answers: { inbox: { hasReply: false }, ok: { decision: 'rejected' } } },
      {
        ...delay(600),
        answers: { inbox: { hasReply: false }, ok: { timeout: true } },
        startedAt: '2025-01-01T00:00:00Z',
      },
      delay(5),
      delay(70, 'no mail address'),
      { input },
      { ...delay(70), answers: { nowhere: 1 } },
    ],
    { actions: catalog },
  );
  expect(results.map(({ index, ending }) => `${index} ${ending.status}`)).toEqual([
    '0 succeeded',
    '1 failed',
    '2 succeeded',
    '3 ignored',
    '4 refused',
    '5 refused',
    '6 refused',
  ]);
  expect(results[4]?.ending).toMatchObject({ reason: expect.stringContaining('email') });
  expect(results[2]?.effects.map(({ path, action }) => `${path} ${action}`)).toEqual([
    'ask send_initial_email',
    'inbox check_email_inbox',
    'escalate send_escalation_email',
  ]);
  expect(results[2]?.waits.at(-1)).toEqual({ kind: 'approval', path: 'ok', duration: 'PT24H' });
  expect(summary).toEqual({
    endings: { succeeded: 2, failed: 1, ignored: 1, refused: 3 },
    effects: { read: 3, write: 0, irreversible: 4 },
    actions: { send_initial_email: 3, check_email_inbox: 3, send_escalation_email: 1 },
  });
  expect(truncated).toBe(false);
  expect(called).toEqual([]);
});

test('answers for all events hold where an event has none of its own', async () => {
  const { summary } = await backtest(
    notifier,
    [{ input }, { input, answers: { inbox: { hasReply: true } } }],
    {
      actions: catalog,
      answers: { inbox: { hasReply: false }, ok: { decision: 'approved' } },
    },
  );
  expect(summary.actions).toMatchObject({ send_initial_email: 2, send_escalation_email: 1 });
});

test('is bounded, and says so', async () => {
  const events = Array.from({ length: 20 }, () => ({ input }));
  const few = await backtest(notifier, events, { actions: catalog, limits: { events: 7 } });
  expect(few.results).toHaveLength(7);
  expect(few.truncated).toBe(true);
  const short = await backtest(notifier, events, { actions: catalog, limits: { steps: 20 } });
  expect(short.results.length).toBeLessThan(7);
  expect(short.results.at(-1)?.ending.status).toBe('cut');
  expect(short.truncated).toBe(true);
});
