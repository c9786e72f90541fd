import type { Definition } from '../workflow/definition.js';
import { createBudget } from './budget.js';
import { explore } from './explore.js';
import type { SimulateOptions, Simulation, SimulationLimits } from './simulation.js';

const defaultLimits: SimulationLimits = { paths: 200, steps: 10_000, characters: 2_000_000 };

/**
 * Walks every path of a valid definition under a virtual clock, with the interpreter that runs it for real. No handler is
 * called: an action answers what `answers` says, a `read` action else what `simulator` says, any other what its example or
 * output schema says. Whatever no answer fixes is walked both ways: conditions on such values, approvals, signals with a
 * timeout, failures that an `onError` takes. Where a condition can be met by another sample, that sample is shown on its path.
 * Sub-workflows are walked with it where `workflows` are given, within the same bounds.
 * Deterministic and bounded, see `SimulationLimits`; `truncated` says when a limit cut it.
 * Throws `invalid_input` for an input that does not fit the schema (details `{problems}`), `invalid_request` for answers that
 * no step takes and a start that is no date-time, `expression_failed` for a template that cannot be read.
 *
 * @example
 * const { paths } = await simulate(definition, { actions: catalog, input: { facility: 'Kiel' }, answers: { ok: { decision: 'approved' } } });
 * for (const { ending, effects, duration } of paths) console.log(ending.status, effects.length, duration);
 */
export const simulate = async (definition: Definition, options: SimulateOptions): Promise<Simulation> => {
  const limits = { ...defaultLimits, ...options.limits };
  return explore(definition, options, createBudget(limits), limits.paths);
};
