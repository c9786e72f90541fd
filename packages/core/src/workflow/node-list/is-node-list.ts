import { isRecord } from '../../json.js';

/** True for what means to be the first version's node list (`nodes` instead of `steps`), convertible or not. */
export const isNodeList = (value: unknown): boolean =>
  isRecord(value) && 'nodes' in value && !('steps' in value);
