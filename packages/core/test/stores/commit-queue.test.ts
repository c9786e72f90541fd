import { expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import { commitQueue } from '../../src/stores/commit-queue.js';

const recording = (answer: (write: number) => number | WorkflowError = (write) => write * 10) => {
  const batches: (readonly number[])[] = [];
  const queue = commitQueue<number, number>(async (writes) => {
    batches.push(writes);
    return writes.map(answer);
  });
  return { batches, queue };
};

test('writes of one turn of the event loop share a batch, in the order of the calls', async () => {
  const { batches, queue } = recording();
  expect(await Promise.all([1, 2, 3].map((n) => queue.add(n)))).toEqual([10, 20, 30]);
  expect(await queue.add(4)).toBe(40);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('a batch has at most 50 writes', async () => {
  const { batches, queue } = recording();
  await Promise.all(Array.from({ length: 120 }, (_, n) => queue.add(n)));
  expect(batches.map((batch) => batch.length)).toEqual([50, 50, 20]);
});

test('the next batch is under way when the callers of the one before go on, and never earlier', async () => {
  const log: string[] = [];
  const queue = commitQueue<number, number>(async (writes) => {
    log.push(`begin ${writes[0]}`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`committed ${writes[0]}`);
    return writes;
  });
  const added = Array.from({ length: 100 }, (_, n) => queue.add(n));
  await Promise.all([added[0]?.then(() => log.push('first goes on')), ...added]);
  expect(log).toEqual(['begin 0', 'committed 0', 'begin 50', 'first goes on', 'committed 50']);
});

test('a failed batch does not fail the next one', async () => {
  const { queue } = recording((write) => {
    if (write === 0) throw new Error('disk gone');
    return write;
  });
  const added = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => queue.add(n)));
  expect(added.map(({ status }) => status)).toEqual(
    Array.from({ length: 100 }, (_, n) => (n < 50 ? 'rejected' : 'fulfilled')),
  );
});

test('a refused write is refused alone, a failed batch as a whole, and the queue goes on', async () => {
  const refusal = new WorkflowError('not_found', 'There is none.');
  const { queue } = recording((write) => {
    if (write === 99) throw new Error('disk gone');
    return write === 2 ? refusal : write;
  });
  const first = await Promise.allSettled([1, 2, 3].map((n) => queue.add(n)));
  expect(first.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const second = await Promise.allSettled([4, 99].map((n) => queue.add(n)));
  expect(second.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await queue.add(5);
});

test('drain waits for all that was added', async () => {
  const { batches, queue } = recording();
  const added = queue.add(1);
  await queue.drain();
  expect(batches).toEqual([[1]]);
  await added;
  await queue.drain();
});
