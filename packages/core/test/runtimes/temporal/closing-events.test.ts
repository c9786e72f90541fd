import { expect, test } from 'vitest';
import { takeOver } from '../../../src/interpreter/take-over.js';
import { toTheEnd } from '../../../src/runtimes/temporal/client/closing-events.js';
import type { RunEvent, RunEventBody } from '../../../src/workflow/run.js';

const at = '2030-01-01T00:00:00.000Z';
const endedAt = '2030-01-02T00:00:00.000Z';
const error = { code: 'terminated', message: 'It was ended.' };

const eventsOf = (...bodies: readonly RunEventBody[]): readonly RunEvent[] =>
  bodies.map((body, n) => ({ ...body, seq: n + 1, at }));

const started = (path: string, attempt = 1): RunEventBody => ({
  type: 'step.started',
  path,
  stepId: path.slice(path.lastIndexOf('/') + 1),
  attempt,
});
const succeeded = (path: string): RunEventBody => ({
  type: 'step.succeeded',
  path,
  stepId: path,
  output: null,
});

test('a run that was ended by hand fails with its open steps, the innermost first', () => {
  const events = eventsOf(
    { type: 'run.started', path: '', input: {} },
    started('a'),
    succeeded('a'),
    started('both'),
    started('both/b'),
    { type: 'step.retrying', path: 'both/b', stepId: 'b', attempt: 1, error, delay: 'PT1S' },
    started('both/b', 2),
  );
  const whole = toTheEnd(events, { error, endedAt });
  expect(whole.slice(0, 7)).toEqual(events);
  expect(whole.slice(7)).toEqual([
    { seq: 8, at: endedAt, type: 'step.failed', path: 'both/b', stepId: 'b', error },
    { seq: 9, at: endedAt, type: 'step.failed', path: 'both', stepId: 'both', error },
    { seq: 10, at: endedAt, type: 'run.failed', path: '', error },
  ]);
});

test('events that say the end are left as they are', () => {
  const events = eventsOf(
    { type: 'run.started', path: '', input: {} },
    { type: 'run.failed', path: '', error },
  );
  expect(toTheEnd(events, { error, endedAt })).toBe(events);
});

test('a retry keeps the key of a call whose outcome nobody knows', () => {
  const events = eventsOf({ type: 'run.started', path: '', input: {} }, started('a'));
  const definition = { id: 'wf', name: 'Wf', steps: [{ id: 'a', kind: 'action', action: 'mail' } as const] };
  const earlier = { runId: 'run_1', definition, events: toTheEnd(events, { error, endedAt }), takenOver: [] };
  expect(takeOver(earlier, 'a')).toEqual([{ path: 'a', key: 'run_1/a' }]);
});
