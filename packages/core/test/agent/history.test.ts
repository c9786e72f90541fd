import { describe, expect, test } from 'vitest';
import { historyWindow, keptTurns } from '../../src/agent/history.js';
import type { StoredTurn } from '../../src/ports/session-store.js';

const turn = (message: string, reply?: string): StoredTurn => ({
  turnId: message,
  message,
  at: '2030-01-01T00:00:00.000Z',
  ...(reply === undefined ? {} : { reply }),
  transcript: reply
    ? [
        { role: 'user', content: [{ type: 'text', text: message }] },
        { role: 'assistant', content: [{ type: 'text', text: reply }] },
      ]
    : [],
});
const texts = (turns: readonly StoredTurn[], budget?: number) =>
  historyWindow(turns, budget).flatMap(({ content }) =>
    content.map((part) => part.type === 'text' && part.text),
  );

describe('historyWindow', () => {
  test('keeps the newest turns that fit, whole and in order', () => {
    const turns = [turn('one', 'x'.repeat(200)), turn('two', 'b'), turn('three', 'c')];
    expect(texts(turns)).toHaveLength(6);
    expect(texts(turns, 400)).toEqual(['two', 'b', 'three', 'c']);
    expect(texts(turns, 10)).toEqual([]);
  });

  test('tells of a turn that failed, and leaves out a blocked one', () => {
    const blocked = { ...turn('attack'), reply: 'I cannot do that.' };
    expect(texts([turn('failed'), blocked])).toEqual([
      'failed',
      expect.stringContaining('Nothing was changed'),
    ]);
  });
});

describe('keptTurns', () => {
  test('keeps transcripts only as far as they are sent again, and 200 turns to be shown', () => {
    const turns = Array.from({ length: 250 }, (_, n) => turn(`message ${n}`, 'x'.repeat(1000)));
    const kept = keptTurns(turns);
    expect(kept).toHaveLength(200);
    expect(kept.at(-1)).toEqual(turns.at(-1));
    expect(kept[0]).toEqual({ ...turns[50], transcript: [] });
    expect(historyWindow(kept)).toEqual(historyWindow(turns));
  });
});
