import { describe, expect, it } from 'vitest';
import { knownDefinition } from '../../../src/runtimes/temporal/workflow/known-definitions.js';
import type { Definition } from '../../../src/workflow/definition.js';

const waiting = (id: string, name = 'Waits'): Definition => ({
  id,
  name,
  steps: [{ id: 'pause', kind: 'wait', duration: 'PT1H' }],
});

describe('the definitions that a worker knows', () => {
  it('gives equal runs the same object, and others their own', () => {
    const first = waiting('same');
    expect(knownDefinition(first)).toBe(first);
    expect(knownDefinition(waiting('same'))).toBe(first);
    const other = waiting('same', 'Waits longer');
    expect(knownDefinition(other)).toBe(other);
  });

  it('forgets what was asked for longest ago when there are too many', () => {
    const [used, unused] = [waiting('used'), waiting('unused')];
    knownDefinition(unused);
    knownDefinition(used);
    for (let n = 0; n < 10; n += 1) {
      knownDefinition(waiting(`large-${n}`, 'x'.repeat(200_000)));
      expect(knownDefinition(waiting('used'))).toBe(used);
    }
    expect(knownDefinition(waiting('unused'))).not.toBe(unused);
  });

  it('neither keeps one that is larger than all it may keep, nor forgets others for it', () => {
    const small = waiting('small');
    const huge = waiting('huge', 'x'.repeat(2_000_000));
    knownDefinition(small);
    expect(knownDefinition(huge)).toBe(huge);
    expect(knownDefinition({ ...huge })).not.toBe(huge);
    expect(knownDefinition(waiting('small'))).toBe(small);
  });
});
