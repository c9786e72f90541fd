import { describe, expect, test } from 'vitest';
import { connectorsOf, linePath } from '../../src/canvas/connectors.js';
import { definition } from '../support/sample.js';

const arrows = (steps: Parameters<typeof connectorsOf>[0]['steps']): readonly string[] =>
  connectorsOf({ id: 'w', name: 'W', steps }).map(({ from, to }) => `${from} > ${to}`);

describe('the lines of a drawing', () => {
  test('join what follows in a list, from the start to the end', () => {
    expect(arrows([{ id: 'a', kind: 'set', values: {} }])).toEqual(['start > step:a', 'step:a > end']);
    expect(arrows([])).toEqual(['start > end']);
  });

  test('go through every lane and come together after it; none leaves a stop', () => {
    expect(connectorsOf(definition).map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'start > step:ask',
      'step:ask > step:pause',
      'step:pause > step:inbox',
      'step:inbox > step:answered',
      'step:answered > lane:answered/cases/0',
      'lane:answered/cases/0 > step:done',
      'step:answered > lane:answered/otherwise',
      'lane:answered/otherwise > step:ok',
      'step:ok > step:escalate',
      'step:escalate > step:note',
      'step:note > end',
    ]);
  });
});

describe('a line', () => {
  test('is straight between points above each other', () => {
    expect(linePath({ x: 5, y: 0 }, { x: 5, y: 40 }, 'join')).toBe('M5 0V40');
  });

  test('bends below its start in a fork and above its end in a join', () => {
    expect(linePath({ x: 0, y: 0 }, { x: 100, y: 60 }, 'fork')).toBe('M0 0V9Q0 18 9 18H91Q100 18 100 27V60');
    expect(linePath({ x: 100, y: 0 }, { x: 0, y: 60 }, 'join')).toBe('M100 0V33Q100 42 91 42H9Q0 42 0 51V60');
  });
});
