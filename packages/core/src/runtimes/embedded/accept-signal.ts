import { WorkflowError } from '../../errors.js';
import type { Json } from '../../json.js';
import { requireDecision } from '../common/decision.js';
import type { JournaledRuntime } from '../common/journaled-runtime.js';
import { notAwaited } from '../common/run-errors.js';

/** Signals that a run keeps for waits to come. */
const mostKept = 1000;

/**
 * Throws unless a run takes this signal: `conflict` when it never waits for it, when the approval was decided or when it
 * keeps too many already, `invalid_request` for a bad decision. `underWay` counts signals that are accepted but not
 * delivered. Answers whether it decides an approval.
 */
export const acceptSignal = (
  runId: string,
  journaled: Pick<JournaledRuntime, 'asks' | 'awaits' | 'takes' | 'kept'>,
  { name, payload }: { readonly name: string; readonly payload: Json },
  underWay: number,
): 'decision' | 'signal' => {
  if (journaled.asks(name)) {
    requireDecision(payload);
    return 'decision';
  }
  if (!journaled.takes(name)) throw notAwaited(runId, name);
  if (!journaled.awaits(name) && journaled.kept() + underWay >= mostKept) throw tooMany(runId);
  return 'signal';
};

const tooMany = (runId: string): WorkflowError =>
  new WorkflowError(
    'conflict',
    `The run "${runId}" keeps ${mostKept} early signals already. Send more when its waits have taken some.`,
  );
