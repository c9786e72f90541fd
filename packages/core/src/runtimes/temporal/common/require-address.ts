import { WorkflowError } from '../../../errors.js';

/** Throws `configuration` unless the address of Temporal is `host:port`. */
export const requireAddress = (address: string): void => {
  if (/^[A-Za-z0-9.-]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/.test(address)) return;
  throw new WorkflowError('configuration', 'The address of Temporal has to look like host:7233.');
};
