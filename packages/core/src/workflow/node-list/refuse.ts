import { WorkflowError } from '../../errors.js';

/** Ends a conversion: `not_convertible` (400), whose sentence names the node. */
export const refuse = (sentence: string): never => {
  throw new WorkflowError('not_convertible', sentence);
};

/** A node's name in a sentence. */
export const nodeName = (id: string): string => `The node "${id.slice(0, 100)}"`;
