import { expect, test } from 'vitest';
import { context } from '../support/call-action.js';
import { setup } from '../support/setup.js';

const { catalog, simulator } = setup();

test.each(catalog.all().map(({ id, example }) => ({ id, input: example?.input ?? {} })))(
  '$id does nothing once its call was given up',
  async ({ id, input }) => {
    const before = [simulator.outbox(), simulator.shipments(), simulator.posts(), simulator.logs()];
    const call = catalog.action(id)?.call(input, { ...context('given-up'), signal: AbortSignal.abort() });
    await expect(call).rejects.toThrow('aborted');
    expect([simulator.outbox(), simulator.shipments(), simulator.posts(), simulator.logs()]).toEqual(before);
  },
);
