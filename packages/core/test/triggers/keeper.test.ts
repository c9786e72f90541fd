import { expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import type { Scheduler } from '../../src/ports/scheduler.js';
import { memoryWorkflowStore } from '../../src/stores/memory-workflow-store.js';
import { manualClock } from '../../src/testing/manual-clock.js';
import { createScheduleKeeper } from '../../src/triggers/create-schedule-keeper.js';
import { recordingLogger } from '../stores/support/recording-logger.js';

const daily = { kind: 'schedule', cron: '0 9 * * *' } as const;
const saved = (id: string, trigger: typeof daily | { readonly kind: 'manual' } = daily) => ({
  id,
  name: id,
  trigger,
  steps: [],
});

/** A scheduler somewhere else, which may be away, and says what it is asked. */
const setup = () => {
  const clock = manualClock();
  const workflows = memoryWorkflowStore();
  const logger = recordingLogger();
  const schedules = new Map<string, number>();
  const asked: string[] = [];
  const far = { away: false, refuses: '' };
  const answer = (call: string): void => {
    asked.push(call);
    if (far.away) throw new WorkflowError('store_unavailable', 'Temporal does not answer.');
  };
  const scheduler: Scheduler = {
    async put({ id, version, definition }) {
      answer(`put ${id} ${version}`);
      if (id === far.refuses) throw new WorkflowError('already_exists', 'It is somebody else’s.');
      if (definition.trigger?.kind === 'schedule') schedules.set(id, version);
      else schedules.delete(id);
    },
    async remove(id) {
      answer(`remove ${id}`);
      schedules.delete(id);
    },
    async scheduled() {
      answer('scheduled');
      return schedules;
    },
  };
  const keeper = createScheduleKeeper({ clock, workflows, logger, scheduler });
  const newly = async (ms = 0): Promise<string[]> => {
    await clock.advance(ms);
    return asked.splice(0);
  };
  return { clock, workflows, logger, schedules, far, keeper, newly };
};

test('the start makes what is missing, mends what is old and removes what is gone', async () => {
  const { workflows, schedules, keeper, newly } = setup();
  for (const id of ['a', 'b', 'c', 'd']) await workflows.create(saved(id));
  await workflows.replace(saved('b'), 1);
  await workflows.replace(saved('d', { kind: 'manual' }), 1);
  for (const id of ['a', 'b', 'd', 'gone']) schedules.set(id, 1);
  keeper.start();
  expect(await newly()).toEqual(['scheduled', 'put b 2', 'put c 1', 'remove d', 'remove gone']);
  expect(schedules).toEqual(
    new Map([
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ]),
  );
});

test('a change is followed at once, one of another server within half a minute', async () => {
  const { workflows, keeper, newly } = setup();
  keeper.start();
  await newly();
  await workflows.create(saved('here'));
  keeper.changed('here');
  expect(await newly()).toEqual(['put here 1']);
  await workflows.create(saved('there'));
  expect(await newly(29_000)).toEqual([]);
  expect(await newly(1000)).toEqual(['scheduled', 'put there 1']);
  await workflows.delete('here');
  keeper.changed('here');
  expect(await newly()).toEqual(['remove here']);
});

test('a scheduler that is away is asked again with growing pauses, and then has all', async () => {
  const { clock, workflows, schedules, far, keeper, newly, logger } = setup();
  far.away = true;
  keeper.start();
  expect(await newly()).toEqual(['scheduled']);
  await workflows.create(saved('a'));
  keeper.changed('a');
  expect(await newly()).toEqual([]);
  const pauses: number[] = [];
  for (let from = clock.now(); pauses.length < 7; from = clock.now()) {
    await clock.next();
    pauses.push((clock.now() - from) / 1000);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
  far.away = false;
  await newly();
  expect(await newly(30_000)).toEqual(['scheduled', 'put a 1']);
  expect(schedules.get('a')).toBe(1);
  expect(logger.lines.filter((line) => line.startsWith('warn'))).toHaveLength(8);
});

test('a change that fails is made good a second later', async () => {
  const { workflows, far, keeper, newly } = setup();
  keeper.start();
  await newly();
  await workflows.create(saved('a'));
  far.away = true;
  keeper.changed('a');
  expect(await newly()).toEqual(['put a 1']);
  far.away = false;
  expect(await newly(1000)).toEqual(['scheduled', 'put a 1']);
});

test('one that is refused for good is told once and stops no other', async () => {
  const { workflows, far, keeper, newly, logger } = setup();
  far.refuses = 'a';
  await workflows.create(saved('a'));
  await workflows.create(saved('b'));
  keeper.start();
  expect(await newly()).toEqual(['scheduled', 'put a 1', 'put b 1']);
  expect(await newly(30_000)).toEqual(['scheduled', 'put a 1']);
  expect(logger.lines).toEqual(['error: A schedule is refused: no run will start by it.']);
});

test('before the start and after the close nothing is asked', async () => {
  const { clock, workflows, keeper, newly } = setup();
  await workflows.create(saved('a'));
  keeper.changed('a');
  expect(await newly(60_000)).toEqual([]);
  keeper.start();
  await newly();
  keeper.close();
  keeper.changed('a');
  expect(await newly(60_000)).toEqual([]);
  expect(clock.pending).toBe(0);
});
