import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import { memoryRunStore } from '../../src/stores/memory-run-store.js';
import type { ScheduleTrigger } from '../../src/triggers/schedule-times.js';
import { scheduledRuns, world } from './support/world.js';

const kind = 'schedule';
const mondays = { kind, cron: '0 9 * * MON', timeZone: 'Europe/Berlin' } as const;
const hourly = { kind, cron: '0 * * * *' } as const;

/** Runs at once, and gives when it was to start. */
const report = (trigger: ScheduleTrigger, more = {}) => ({
  id: 'report',
  name: 'Report',
  trigger,
  steps: [{ id: 'note', kind: 'set', values: { at: '${{ trigger.scheduledAt }}' } }],
  output: '${{ vars.at }}',
  ...more,
});

/** Stays open until it is told to go. */
const patient = (trigger: ScheduleTrigger) =>
  report(trigger, { steps: [{ id: 'go', kind: 'wait', signal: 'go' }], output: null });

const go = { client: 'test' };

describe('a saved schedule', () => {
  test('starts a run at its times, in its time zone, and tells the run the time', async () => {
    const { open, sleepTo } = world('2030-03-24T23:00:00Z');
    const builder = await open();
    await builder.workflows.create(report(mondays));
    await sleepTo('2030-03-25T07:59:59.999Z');
    expect(await scheduledRuns(builder)).toEqual([]);
    await sleepTo('2030-03-25T08:00:00Z');
    const [run] = (await builder.runs.list({ limit: 10 })).items;
    expect(run).toMatchObject({
      workflowId: 'report',
      version: 1,
      status: 'succeeded',
      input: {},
      trigger: { scheduledAt: '2030-03-25T08:00:00.000Z' },
      output: '2030-03-25T08:00:00.000Z',
      startedAt: '2030-03-25T08:00:00.000Z',
    });
    expect(run?.runId).toMatch(/^run_[0-9a-f]{32}$/);
    // Summer has begun on Sunday.
    await sleepTo('2030-04-01T07:00:00Z');
    expect(await scheduledRuns(builder)).toEqual([
      '2030-03-25T08:00:00.000Z succeeded',
      '2030-04-01T07:00:00.000Z succeeded',
    ]);
  });

  test('gives its input from the time, with the defaults', async () => {
    const { open, sleepTo } = world('2030-01-01T08:59:00Z');
    const builder = await open();
    const inputs = {
      type: 'object',
      required: ['day', 'to'],
      properties: { day: { type: 'string' }, to: { type: 'string', default: 'ops@example.com' } },
    };
    const input = { day: '${{ trigger.scheduledAt }}' };
    await builder.workflows.create(report({ ...hourly, input }, { inputs }));
    await sleepTo('2030-01-01T09:00:00Z');
    const [run] = (await builder.runs.list({ limit: 1 })).items;
    expect(run?.input).toEqual({ day: '2030-01-01T09:00:00.000Z', to: 'ops@example.com' });
  });

  test('that cannot give what is needed leaves nothing, and goes on', async () => {
    const { open, to, logger } = world('2030-01-01T08:59:00Z');
    const builder = await open();
    const inputs = { type: 'object', required: ['to'], properties: { to: { type: 'string' } } };
    await builder.workflows.create(report(hourly, { inputs }));
    await to('2030-01-01T10:00:00Z');
    expect(await scheduledRuns(builder)).toEqual([]);
    const told = logger.lines.filter((line) => line.includes('could not start its run'));
    expect(told).toHaveLength(2);
  });

  test('follows what is saved: another time, a pause, another trigger, nothing', async () => {
    const { open, sleepTo } = world('2030-01-01T08:30:00Z');
    const { workflows, runs } = await open();
    await workflows.create(report(hourly));
    await sleepTo('2030-01-01T09:00:00Z');
    await workflows.replace('report', report({ ...hourly, cron: '30 * * * *' }), 1);
    await sleepTo('2030-01-01T09:30:00Z');
    await workflows.replace('report', report({ ...hourly, paused: true }), 2);
    await sleepTo('2030-01-01T10:00:30Z');
    await workflows.replace('report', report(hourly), 3);
    await sleepTo('2030-01-01T11:00:00Z');
    await workflows.replace('report', { ...report(hourly), trigger: { kind: 'manual' } }, 4);
    await sleepTo('2030-01-01T12:00:30Z');
    await workflows.replace('report', report(hourly), 5);
    await sleepTo('2030-01-01T13:00:00Z');
    await workflows.delete('report');
    await sleepTo('2030-01-01T14:00:30Z');
    const times = (await runs.list({ limit: 10 })).items.map(({ startedAt }) => startedAt.slice(11, 16));
    expect(times.reverse()).toEqual(['09:00', '09:30', '11:00', '13:00']);
  });

  test('is kept by the clock of the wall when the machine has slept', async () => {
    const { open, to, sleepTo } = world('2030-01-01T07:30:00Z');
    const builder = await open();
    await builder.workflows.create(report(hourly));
    await to('2030-01-01T07:31:00Z');
    await sleepTo('2030-01-01T09:00:30Z');
    expect(await scheduledRuns(builder)).toEqual(['2030-01-01T09:00:00.000Z succeeded']);
  });
});

describe('while the run before is open', () => {
  test('a time is left out', async () => {
    const { open, to, logger } = world('2030-01-01T08:30:00Z');
    const builder = await open();
    await builder.workflows.create(patient(hourly));
    await to('2030-01-01T10:00:00Z');
    const [run] = (await builder.runs.list({ limit: 10 })).items;
    expect(await scheduledRuns(builder)).toEqual(['2030-01-01T09:00:00.000Z waiting']);
    expect(logger.lines).toContain('info: A scheduled run is left out: the one before has not ended.');
    await builder.runs.signal(run?.runId ?? '', 'go', null, go);
    await to('2030-01-01T11:00:00Z');
    expect(await scheduledRuns(builder)).toEqual([
      '2030-01-01T09:00:00.000Z succeeded',
      '2030-01-01T11:00:00.000Z waiting',
    ]);
  });

  test('one of them waits for its end with `buffer`', async () => {
    const { open, to } = world('2030-01-01T08:30:00Z');
    const builder = await open();
    await builder.workflows.create(patient({ ...hourly, overlap: 'buffer' }));
    await to('2030-01-01T11:30:00Z');
    const [run] = (await builder.runs.list({ limit: 10 })).items;
    await builder.runs.signal(run?.runId ?? '', 'go', null, go);
    await to('2030-01-01T11:30:10Z');
    expect(await scheduledRuns(builder)).toEqual([
      '2030-01-01T09:00:00.000Z succeeded',
      '2030-01-01T10:00:00.000Z waiting',
    ]);
  });

  test('it starts all the same with `allow`; a run by hand is no run of the schedule', async () => {
    const { open, to } = world('2030-01-01T08:30:00Z');
    const builder = await open();
    await builder.workflows.create(patient({ ...hourly, overlap: 'allow' }));
    await to('2030-01-01T10:00:00Z');
    expect(await scheduledRuns(builder)).toHaveLength(2);
    await builder.workflows.create({ ...patient(hourly), id: 'other' });
    await builder.runs.start('other', {});
    await to('2030-01-01T11:00:00Z');
    const others = await builder.runs.list({ limit: 10, workflowId: 'other' });
    expect(others.items.map(({ status }) => status)).toEqual(['waiting', 'waiting']);
  });
});

describe('what was missed', () => {
  test('is caught up by the next server as late as `catchUp` says, oldest first', async () => {
    const { open, to } = world('2030-01-01T08:30:00Z');
    const first = await open();
    await first.workflows.create(report({ ...hourly, catchUp: 'PT2H30M' }));
    await to('2030-01-01T09:00:00Z');
    await first.close(0);
    await to('2030-01-01T14:15:00Z');
    const second = await open();
    expect(await scheduledRuns(second)).toEqual([
      '2030-01-01T09:00:00.000Z succeeded',
      '2030-01-01T12:00:00.000Z succeeded',
      '2030-01-01T13:00:00.000Z succeeded',
      '2030-01-01T14:00:00.000Z succeeded',
    ]);
  });

  test('is a minute late at most by default', async () => {
    const { open, to, logger } = world('2030-01-01T08:30:00Z');
    const first = await open();
    await first.workflows.create(report(hourly));
    await to('2030-01-01T09:00:00Z');
    await first.close(0);
    await to('2030-01-01T10:01:01Z');
    const second = await open();
    expect(await scheduledRuns(second)).toHaveLength(1);
    expect(logger.lines.at(-1)).toContain('it is too late for them');
    await second.close(0);
    await to('2030-01-01T11:00:59Z');
    expect(await scheduledRuns(await open())).toHaveLength(2);
  });

  test('does not count before a schedule was there', async () => {
    const { open, to, workflows } = world('2030-01-01T08:30:00Z');
    const first = await open();
    await first.workflows.create(report({ ...hourly, catchUp: 'P7D' }));
    await first.close(0);
    await to('2030-01-01T10:30:00Z');
    const second = await open();
    expect(await scheduledRuns(second)).toEqual([]);
    await to('2030-01-01T11:00:00Z');
    await second.close(0);
    await to('2030-01-01T13:30:00Z');
    // A new version, which nobody has started yet, owes nothing for the time before it.
    await workflows.replace({ ...(await workflows.get('report'))!.definition, name: 'New' }, 1);
    const third = await open();
    expect(await scheduledRuns(third)).toEqual(['2030-01-01T11:00:00.000Z succeeded']);
  });

  test('was left out for good when the run before was open', async () => {
    const { open, to } = world('2030-01-01T08:30:00Z');
    const first = await open();
    await first.workflows.create(patient({ ...hourly, catchUp: 'P1D' }));
    await to('2030-01-01T11:30:00Z');
    const [run] = (await first.runs.list({ limit: 1 })).items;
    await first.runs.signal(run?.runId ?? '', 'go', null, go);
    await to('2030-01-01T11:31:00Z');
    await first.close(0);
    expect(await scheduledRuns(await open())).toEqual(['2030-01-01T09:00:00.000Z succeeded']);
  });
});

test('a start that a store does not take is tried again until it is too late for it', async () => {
  const { open, to, logger } = world('2030-01-01T08:59:00Z');
  const store = { ...memoryRunStore(), pollMs: undefined };
  let away = true;
  const create: typeof store.create = async (stored) => {
    if (away) throw new WorkflowError('store_unavailable', 'The database does not answer.');
    return store.create(stored);
  };
  const builder = await open({ runs: { ...store, create } });
  await builder.workflows.create(report(hourly));
  await to('2030-01-01T09:00:20Z');
  expect(await scheduledRuns(builder)).toEqual([]);
  away = false;
  await to('2030-01-01T09:00:25Z');
  expect(await scheduledRuns(builder)).toEqual(['2030-01-01T09:00:00.000Z succeeded']);
  away = true;
  await to('2030-01-01T10:01:30Z');
  away = false;
  await to('2030-01-01T10:30:00Z');
  expect(await scheduledRuns(builder)).toHaveLength(1);
  expect(logger.lines).toContain(
    'warn: Scheduled runs are left out from this one on: it is too late for them.',
  );
});

describe('several servers on one database', () => {
  test('start each time once', async () => {
    const { open, to } = world('2030-01-01T08:30:00Z');
    const servers = [await open(), await open(), await open()];
    await servers[1]!.workflows.create(report(hourly));
    await to('2030-01-01T10:00:00Z');
    expect(await scheduledRuns(servers[2]!)).toEqual([
      '2030-01-01T09:00:00.000Z succeeded',
      '2030-01-01T10:00:00.000Z succeeded',
    ]);
  });

  test('keep the rule for runs that overlap, whichever of them has started the one before', async () => {
    const { open, to } = world('2030-01-01T08:30:00Z');
    const [first, second] = [await open(), await open()];
    await first.workflows.create(patient({ ...hourly, overlap: 'buffer' }));
    await to('2030-01-01T08:31:00Z');
    await to('2030-01-01T10:10:00Z');
    await first.close(0);
    const third = await open();
    const [run] = (await third.runs.list({ limit: 10 })).items;
    await third.runs.signal(run?.runId ?? '', 'go', null, go);
    await to('2030-01-01T11:10:00Z');
    expect(await scheduledRuns(second)).toEqual([
      '2030-01-01T09:00:00.000Z succeeded',
      '2030-01-01T10:00:00.000Z waiting',
    ]);
  });

  test('learn of each other what is saved, also at the last moment', async () => {
    const { open, to } = world('2030-01-01T08:30:00Z');
    const [first, second] = [await open(), await open()];
    await first.workflows.create(report(hourly));
    await to('2030-01-01T08:31:00Z');
    await first.close(0);
    await to('2030-01-01T09:00:00Z');
    const saver = await open();
    await to('2030-01-01T09:59:50Z');
    await saver.workflows.replace('report', report({ ...hourly, cron: '30 * * * *' }), 1);
    await to('2030-01-01T10:40:00Z');
    await saver.workflows.delete('report');
    await to('2030-01-01T12:40:00Z');
    expect(await scheduledRuns(second)).toEqual([
      '2030-01-01T09:00:00.000Z succeeded',
      '2030-01-01T10:30:00.000Z succeeded',
    ]);
  });
});

test('nothing starts after the close, and no timer is left', async () => {
  const { open, to, pending } = world('2030-01-01T08:30:00Z');
  const builder = await open();
  await builder.workflows.create(report(hourly));
  await to('2030-01-01T08:31:00Z');
  expect(pending()).toBeGreaterThan(0);
  await builder.close(0);
  expect(pending()).toBe(0);
  await to('2030-01-01T10:00:00Z');
  expect(await scheduledRuns(builder)).toEqual([]);
});
