import { WorkflowError } from '../../../errors.js';
import { isTooLarge, payloadBytes } from '../common/payload-size.js';
import type { TemporalConnection } from './connect-temporal.js';

/** Whether the client keeps large payloads elsewhere. */
export const storesLarge = ({ client }: TemporalConnection): boolean =>
  client.workflow.options.loadedDataConverter.externalStorage !== undefined;

/** Throws `payload_too_large` for what Temporal would refuse. */
export const requireRoom = (connection: TemporalConnection, value: unknown, what: string): void => {
  if (storesLarge(connection) || !isTooLarge(value)) return;
  throw new WorkflowError('payload_too_large', `${what} has more than ${payloadBytes} bytes: send less.`);
};
