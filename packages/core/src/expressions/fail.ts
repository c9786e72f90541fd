import { WorkflowError } from '../errors.js';

/** Ends the parsing or evaluation of an expression with `expression_failed`. */
export const fail = (sentence: string): never => {
  throw new WorkflowError('expression_failed', sentence);
};

/** Runs `work`; a failure's sentence names the template it came from. */
export const inTemplate = <T>(template: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    throw new WorkflowError('expression_failed', `\${{ ${shorten(template.trim())} }}: ${error.message}`, {
      cause: error,
    });
  }
};

const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);
