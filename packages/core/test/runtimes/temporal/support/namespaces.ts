import { randomUUID } from 'node:crypto';
import { msToTs } from '@temporalio/common/lib/time.js';
import { connectTemporal } from '../../../../src/runtimes/temporal/client/connect-temporal.js';
import { recordingLogger } from '../../../stores/support/recording-logger.js';
import { until } from './temporal-world.js';

/** Makes a namespace of a test's own, and waits until the server knows it everywhere. */
export const createNamespace = async (address: string): Promise<string> => {
  const namespace = `test-${randomUUID()}`;
  const connection = await connectTemporal({ address, logger: recordingLogger() });
  await connection.call(() =>
    connection.client.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    }),
  );
  await connection.close();
  const inside = await connectTemporal({ address, namespace, logger: recordingLogger() });
  await until(() =>
    inside
      .call(() => inside.client.workflowService.countWorkflowExecutions({ namespace }))
      .then(
        () => true,
        () => false,
      ),
  );
  await inside.close();
  return namespace;
};
