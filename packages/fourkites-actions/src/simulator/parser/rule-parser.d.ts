import type { FieldParser } from '../../connectors/field-parser.js';
/**
 * A parser without a model: labels such as "BOL:", dates, names of carriers. Deterministic, and works on any text, so it
 * also serves outside the simulator; a model-backed parser comes through the same port.
 */
export declare const ruleParser: FieldParser;
