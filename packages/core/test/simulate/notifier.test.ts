import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulate/simulate.js';
import { called, catalog, input, notifier } from './support/notifier.js';

/** `day time type path` of every event. */
const story = (events: readonly { readonly at: string; readonly type: string; readonly path: string }[]) =>
  events.map(({ at, type, path }) => `${at.slice(8, 16)} ${type} ${path}`.trim());

const asked = [
  '01T00:00 run.started',
  '01T00:00 step.started ask',
  '01T00:00 step.succeeded ask',
  '01T00:00 step.started pause',
  '01T00:00 wait.started pause',
  '01T00:00 run.waiting',
  '03T00:00 wait.ended pause',
  '03T00:00 step.succeeded pause',
  '03T00:00 step.started inbox',
  '03T00:00 step.succeeded inbox',
  '03T00:00 step.started answered',
];
const approvalAsked = ['03T00:00 step.started ok', '03T00:00 approval.requested ok', '03T00:00 run.waiting'];
const escalated = (at: string) => [
  `${at} approval.decided ok`,
  `${at} step.succeeded ok`,
  `${at} step.started escalate`,
  `${at} step.succeeded escalate`,
  `${at} step.succeeded answered`,
  `${at} run.succeeded`,
];

describe('the late delivery notifier', () => {
  test('goes four ways', async () => {
    const simulation = await simulate(notifier, { actions: catalog, input });
    expect(simulation).toMatchObject({ truncated: false, cut: [] });
    expect(simulation.paths.map(({ events }) => story(events))).toEqual([
      [
        ...asked,
        '03T00:00 step.started done',
        '03T00:00 step.succeeded done',
        '03T00:00 step.succeeded answered',
        '03T00:00 run.succeeded',
      ],
      [...asked, ...approvalAsked, ...escalated('03T00:00')],
      [
        ...asked,
        ...approvalAsked,
        '03T00:00 approval.decided ok',
        '03T00:00 step.failed ok',
        '03T00:00 step.failed answered',
        '03T00:00 run.failed',
      ],
      [...asked, ...approvalAsked, ...escalated('04T00:00')],
    ]);
    expect(called).toEqual([]);
  });

  test('tells of every path how it ends, what it costs, how long it waits and what it took to be so', async () => {
    const { paths } = await simulate(notifier, { actions: catalog, input });
    expect(
      paths.map(({ ending, cost, duration, waits, answers }) => ({
        status: ending.status,
        cost,
        duration,
        waits: waits.map((wait) => `${wait.kind} ${wait.path} ${wait.duration}`),
        answers: [answers.inbox, answers.ok],
      })),
    ).toEqual([
      {
        status: 'succeeded',
        cost: { read: 1, write: 0, irreversible: 1 },
        duration: 'PT48H',
        waits: ['timer pause PT48H'],
        answers: [{ hasReply: true }, undefined],
      },
      {
        status: 'succeeded',
        cost: { read: 1, write: 0, irreversible: 2 },
        duration: 'PT48H',
        waits: ['timer pause PT48H', 'approval ok PT0S'],
        answers: [{ hasReply: false }, { decision: 'approved' }],
      },
      {
        status: 'failed',
        cost: { read: 1, write: 0, irreversible: 1 },
        duration: 'PT48H',
        waits: ['timer pause PT48H', 'approval ok PT0S'],
        answers: [{ hasReply: false }, { decision: 'rejected' }],
      },
      {
        status: 'succeeded',
        cost: { read: 1, write: 0, irreversible: 2 },
        duration: 'P3D',
        waits: ['timer pause PT48H', 'approval ok PT24H'],
        answers: [{ hasReply: false }, { timeout: true }],
      },
    ]);
    expect(paths[2]?.ending).toEqual({
      status: 'failed',
      reason: '"Escalate?" was rejected.',
      error: { code: 'rejected', message: '"Escalate?" was rejected.', path: 'ok' },
    });
    expect(paths[3]?.unknown).toEqual([
      { path: 'ask', what: 'output', assumed: 'example' },
      { path: 'inbox', what: 'output', assumed: 'schema' },
      { path: 'ok', what: 'decision', assumed: 'timeout' },
      { path: 'escalate', what: 'output', assumed: 'schema' },
    ]);
  });

  test('shows the inputs as they would be sent', async () => {
    const { paths } = await simulate(notifier, { actions: catalog, input, paths: 'one' });
    expect(paths).toHaveLength(1);
    expect(paths[0]?.effects).toEqual([
      {
        path: 'ask',
        action: 'send_initial_email',
        effect: 'irreversible',
        input: { recipient_email: 'dock@kiel.example', facility: 'Kiel', custom_subject: 'Status of Kiel' },
      },
      { path: 'inbox', action: 'check_email_inbox', effect: 'read', input: { since_hours: 48 } },
    ]);
  });

  test('goes one way when answers fix the rest', async () => {
    const { paths } = await simulate(notifier, {
      actions: catalog,
      input,
      answers: { inbox: { hasReply: false }, ok: { decision: 'rejected', comment: 'Not yet.', by: 'ada' } },
    });
    expect(paths).toHaveLength(1);
    expect(paths[0]?.events).toContainEqual(
      expect.objectContaining({
        type: 'approval.decided',
        decision: 'rejected',
        comment: 'Not yet.',
        by: 'ada',
      }),
    );
  });

  test('lets read actions be answered by the simulator of the host, and no other', async () => {
    const asked: string[] = [];
    const { paths } = await simulate(notifier, {
      actions: catalog,
      input,
      simulator({ action }) {
        asked.push(action);
        return { hasReply: true };
      },
    });
    expect(asked).toEqual(['check_email_inbox']);
    expect(paths).toHaveLength(1);
    expect(paths[0]?.unknown).toEqual([{ path: 'ask', what: 'output', assumed: 'example' }]);
  });
});
