import type { RunOutcome } from '../interpreter/interpret.js';
import type { Json } from '../json.js';
import type { Answers } from './answers.js';
import { assuming } from './assumptions.js';
import { type Budget, WalkEnd } from './budget.js';
import { createChoices, type Plan } from './choices.js';
import type { Definitions } from './definitions.js';
import type { Given } from './knowledge.js';
import { createOrigins } from './origins.js';
import { createSimulatedRun } from './simulated-run.js';
import type { Cut, SimulatedEnding, SimulatedPath, SimulateOptions } from './simulation.js';
import { createTrace } from './trace.js';
import { createVirtualTime } from './virtual-time.js';

/** What the walks of a simulation share. */
export interface WalkDeps {
  readonly definitions: Definitions;
  readonly options: SimulateOptions;
  readonly given: Given;
  readonly input: Json;
  readonly startedAt: string;
  readonly answers: Answers;
  readonly budget: Budget;
}

/** What came of a walk. */
export interface Walked {
  /** Undefined when the plan leads nowhere, or only to its forks. */
  readonly path: SimulatedPath | undefined;
  /** False when the plan cannot be walked. */
  readonly fits: boolean;
  readonly cut: Cut | undefined;
  readonly forks: readonly (readonly Plan[])[];
}

/** Runs a definition once as a plan says, and what it runs, through the interpreter. */
export const walk = async (plan: Plan, deps: WalkDeps): Promise<Walked> => {
  const { definitions, options, given, answers, budget, startedAt } = deps;
  const definition = definitions.root;
  const { actions, trigger = null } = options;
  const assume = assuming(plan.assumptions);
  const origins = createOrigins();
  const trace = createTrace(budget);
  const choices = createChoices(plan, options.paths !== 'one');
  const isInputKnown = given.unknownInput !== 'all';
  const input = isInputKnown ? deps.input : assume(deps.input, '');
  if (!isInputKnown) origins.add(input, '', definition.inputs);
  const run = createSimulatedRun(
    {
      runId: 'run_simulated',
      version: 0,
      prefix: '',
      log: trace.event,
      definition,
      input,
      trigger,
      given,
      depth: 0,
      failureIsTaken: false,
    },
    {
      actions,
      simulator: options.simulator,
      answers,
      definitions,
      assume,
      choices,
      origins,
      trace,
      budget,
    },
  );
  const time = createVirtualTime(trace, startedAt, options.breathe);

  if (!isInputKnown) trace.unknown({ path: '', what: 'input', assumed: 'schema' });
  if (!given.trigger) trace.unknown({ path: '', what: 'trigger', assumed: 'nothing' });
  const leave = (ending: SimulatedEnding): SimulatedPath => trace.path(ending, input, time.elapsed());

  try {
    const outcome = await time.run(run);
    return { path: leave(endingOf(outcome)), fits: true, cut: undefined, forks: choices.forks };
  } catch (error) {
    // A RangeError: a text became longer than texts can be.
    if (!(error instanceof WalkEnd || error instanceof RangeError)) throw error;
    const why = error instanceof WalkEnd ? error.why : 'characters';
    if (why === 'diverged') return { path: undefined, fits: false, cut: undefined, forks: [] };
    if (why === 'split') return { path: undefined, fits: true, cut: undefined, forks: choices.forks };
    return {
      path: leave({ status: 'cut', reason: reasons[why] }),
      fits: true,
      cut: why,
      forks: choices.forks,
    };
  }
};

const reasons: { readonly [C in Cut]: string } = {
  paths: 'More paths than are walked.',
  steps: 'More steps than are walked: give loops fewer rounds or items, or answers to what is open.',
  characters: 'More data than is shown: give a smaller input or smaller answers.',
  years: 'A wait goes on past the year 9999.',
};

const endingOf = (outcome: RunOutcome): SimulatedEnding => {
  switch (outcome.status) {
    case 'succeeded':
      return { status: 'succeeded', output: outcome.output };
    case 'failed':
      return { status: 'failed', reason: outcome.error.message, error: outcome.error };
    case 'cancelled':
      return { status: 'cancelled', ...(outcome.reason === null ? {} : { reason: outcome.reason }) };
  }
};
