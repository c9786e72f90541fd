import type { RunOrigin } from '../../../ports/run-archive.js';
import { takenOverIn } from '../../common/taken-over-in.js';
import type { TemporalConnection } from './connect-temporal.js';
import { readArguments } from './read-arguments.js';
import type { Described } from './run-rows.js';

/** What a retry of a run starts from, from its history: no worker is needed. Undefined when its history is gone. */
export const readOrigin = async (
  connection: TemporalConnection,
  { workflowId, runId, taskQueue }: Described,
): Promise<RunOrigin | undefined> => {
  const args = await readArguments(connection, { workflowId, runId });
  if (!args) return undefined;
  const takenOver = 'run' in args ? takenOverIn(args.run, args.journal ?? []) : undefined;
  return { definition: args.definition, takenOver: takenOver ?? [], taskQueue };
};
