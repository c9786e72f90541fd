import type { Json } from '../json.js';
import { type CheckedInput, checkInput } from '../workflow/check-input.js';
import type { Definition } from '../workflow/definition.js';
import { asText } from './as-text.js';

/**
 * The id of the run that a step's attempt starts: the same after a crash, so that it is found and not started twice.
 *
 * @example
 * subRunId('run_1', 'each[3]/chase', 2); // "run_1.each-3.chase~2"
 */
export const subRunId = (runId: string, path: string, attempt: number): string =>
  `${runId}.${path.replaceAll(/\[(\d+)\]\//g, '-$1.')}${attempt > 1 ? `~${attempt}` : ''}`;

/** The input of a sub-run with its defaults, and what does not fit the definition's `inputs`. */
export const subRunInput = ({ inputs }: Definition, input: Json): CheckedInput =>
  checkInput(inputs, asText(inputs ?? {}, input));
