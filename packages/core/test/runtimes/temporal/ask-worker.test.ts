import { QueryNotRegisteredError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { askWorker } from '../../../src/runtimes/temporal/client/ask-worker.js';

test('a run whose first task is under way is asked again in a moment', async () => {
  const failing = {
    call: () => Promise.reject(new QueryNotRegisteredError('did not register a handler for view', 3)),
    probe: async () => undefined,
  };
  await expect(askWorker(failing, async () => 'never')).rejects.toMatchObject({
    code: 'worker_unavailable',
    retryable: true,
  });
});
