import { describe, expect, test } from 'vitest';
import { untilAborted } from '../../src/agent/until-aborted.js';

describe('untilAborted', () => {
  test('passes items on and closes the source when its reader leaves', async () => {
    let closed = false;
    const source = async function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        closed = true;
      }
    };
    for await (const item of untilAborted(source(), new AbortController().signal)) {
      expect(item).toBe(1);
      break;
    }
    expect(closed).toBe(true);
  });

  test('throws the reason at once, though the source is stuck', async () => {
    const abort = new AbortController();
    const stuck = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<number>>(() => {}) }),
    };
    const next = untilAborted(stuck, abort.signal).next();
    abort.abort(new Error('late'));
    await expect(next).rejects.toThrow('late');
  });

  test('prefers the reason to what the source throws when it is aborted', async () => {
    const abort = new AbortController();
    const source = async function* () {
      yield 1;
      await new Promise((_, reject) =>
        abort.signal.addEventListener('abort', () => reject(new Error('socket'))),
      );
    };
    const items = untilAborted(source(), abort.signal);
    await items.next();
    const next = items.next();
    abort.abort(new Error('late'));
    await expect(next).rejects.toThrow('late');
  });
});
