import type { RunEvent } from '@fk-workflow/core/protocol';
import { describe, expect, test } from 'vitest';
import { countdown } from '../../src/run/countdown.js';
import { eventText } from '../../src/run/event-text.js';
import { addRunEvent, emptyRunView } from '../../src/run/run-view.js';
import type { Body } from '../support/fake-server.js';

type RunEventBody = Body<RunEvent>;

const numbered = (bodies: readonly RunEventBody[]): readonly RunEvent[] =>
  bodies.map((body, index) => ({ ...body, seq: index + 1, at: '2025-03-03T09:00:00Z' }));
const viewOf = (...bodies: RunEventBody[]) => numbered(bodies).reduce(addRunEvent, emptyRunView);
const error = { code: 'x', message: 'It broke.' };
const at = (id: string) => ({ path: id, stepId: id });
const started = (id: string): RunEventBody => ({ type: 'step.started', ...at(id), attempt: 1 });

describe('the view of a run', () => {
  test('shows the latest round of a step in a loop', () => {
    const view = viewOf(
      { type: 'step.failed', stepId: 'mail', path: 'each[0]/mail', error },
      { type: 'step.started', stepId: 'mail', path: 'each[1]/mail', attempt: 1 },
    );
    expect(view.steps.get('mail')).toEqual({ state: 'running', path: 'each[1]/mail', attempt: 1 });
  });

  test('counts an approval as open until it is decided, times out or its run ends', () => {
    const asked: RunEventBody = { type: 'approval.requested', ...at('ok'), title: 'Go on?' };
    const decided: RunEventBody = {
      ...{ type: 'approval.decided', ...at('ok'), decision: 'approved', by: null, comment: null },
    };
    expect(viewOf(asked).approvals).toEqual([{ ...at('ok'), title: 'Go on?' }]);
    expect(viewOf(asked, decided).approvals).toEqual([]);
    expect(viewOf(asked, { type: 'step.failed', ...at('ok'), error }).approvals).toEqual([]);
    expect(viewOf(asked, { type: 'run.cancelled', path: '' }).approvals).toEqual([]);
  });

  test('marks what was under way when the run ended early, and only that', () => {
    const view = viewOf(
      started('done'),
      { type: 'step.succeeded', ...at('done'), output: null },
      started('pause'),
      { type: 'wait.started', ...at('pause'), duration: 'PT1H' },
      { type: 'run.cancelled', path: '' },
    );
    expect([...view.steps].map(([id, { state }]) => [id, state])).toEqual([
      ['done', 'succeeded'],
      ['pause', 'stopped'],
    ]);
    expect(view.status).toBe('cancelled');
  });

  test('tells undone from not undone', () => {
    const undo: RunEventBody = { type: 'compensation.started', ...at('book'), action: 'cancel', input: {} };
    expect(viewOf(undo).steps.get('book')?.state).toBe('compensating');
    expect(viewOf(undo, { type: 'compensation.succeeded', ...at('book') }).steps.get('book')?.state).toBe(
      'compensated',
    );
    expect(
      viewOf(undo, { type: 'compensation.failed', ...at('book'), error }).steps.get('book'),
    ).toMatchObject({
      state: 'uncompensated',
      error,
    });
  });

  test.each([
    [{ case: 1 }, 'cases/1'],
    [{ case: 'otherwise' }, 'otherwise'],
    [{ case: null }, 'otherwise'],
    [{}, undefined],
    [null, undefined],
  ])('takes the lane from the output %j', (output, lane) => {
    expect(viewOf({ type: 'step.succeeded', ...at('decide'), output }).steps.get('decide')?.lane).toBe(lane);
  });

  test('is running again after a wait', () => {
    expect(viewOf({ type: 'run.waiting', path: '' }).status).toBe('waiting');
    expect(viewOf({ type: 'run.waiting', path: '' }, started('next')).status).toBe('running');
  });
});

describe('the log', () => {
  test('counts rounds from one, for people', () => {
    const [event] = numbered([
      { type: 'step.succeeded', stepId: 'mail', path: 'each[3]/mail', output: null },
    ]);
    expect(event && eventText(event, () => 'Mail')?.text).toBe('Mail (round 4) succeeded');
  });

  test('names who decided, and what they said', () => {
    const [event] = numbered([
      { type: 'approval.decided', ...at('ok'), decision: 'rejected', by: 'Ada', comment: 'Too early.' },
    ]);
    expect(event && eventText(event, () => 'Ok')).toMatchObject({
      tone: 'bad',
      text: 'Rejected by Ada: Too early.',
    });
  });
});

test.each([
  ['2025-01-03T03:00:00Z', '2 d 3 h'],
  ['2025-01-01T01:05:00Z', '1 h 05 min'],
  ['2025-01-01T00:04:07Z', '4:07'],
  ['2024-12-31T23:59:00Z', '0:00'],
])('the time left until %s is %s', (until, text) => {
  expect(countdown(until, Date.parse('2025-01-01T00:00:00Z'))).toBe(text);
});
