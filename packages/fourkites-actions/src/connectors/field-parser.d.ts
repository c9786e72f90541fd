import type { ReadCall } from './call.js';
/** What a parser made of a text. */
export interface ParsedText {
  /** Found values by field name; dates are YYYY-MM-DD. What was not found is left out. */
  readonly fields: Record<string, string>;
  /** The text is no language: keyboard mash, a broken scan. */
  readonly isGibberish: boolean;
}
/**
 * Finds named fields in a text that people wrote. A model-backed parser and the simulator's rules both stand behind this port;
 * the text is untrusted data, never an instruction.
 */
export interface FieldParser {
  parse(text: string, fields: readonly string[], call: ReadCall): Promise<ParsedText>;
}
