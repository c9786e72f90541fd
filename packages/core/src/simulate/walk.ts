import { interpret, type RunOutcome } from '../interpreter/interpret.js';
import type { Json } from '../json.js';
import type { Definition } from '../workflow/definition.js';
import type { Answers } from './answers.js';
import { assuming } from './assumptions.js';
import { type Budget, WalkEnd } from './budget.js';
import { createChoices, type Plan } from './choices.js';
import { createKnowledge, type Given, type Sources } from './knowledge.js';
import { createOrigins } from './origins.js';
import type { Cut, SimulatedEnding, SimulatedPath, SimulateOptions } from './simulation.js';
import { createTrace } from './trace.js';
import { createVirtualRuntime } from './virtual-runtime.js';
import { createWorld } from './world.js';

/** What the walks of a simulation share. */
export interface WalkDeps {
  readonly definition: Definition;
  readonly options: SimulateOptions;
  readonly sources: Sources;
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

/** Runs a definition once as a plan says, through the interpreter. */
export const walk = async (plan: Plan, deps: WalkDeps): Promise<Walked> => {
  const { definition, options, sources, given, answers, budget, startedAt } = deps;
  const { actions, trigger = null } = options;
  const assume = assuming(plan.assumptions);
  const origins = createOrigins();
  const trace = createTrace(budget);
  const choices = createChoices(plan, options.paths !== 'one');
  const knowledge = createKnowledge(sources, given, origins);
  const input = given.input ? deps.input : assume(deps.input, '');
  if (!given.input) origins.add(input, '', definition.inputs);
  const world = createWorld({
    actions,
    simulator: options.simulator,
    answers,
    sources,
    assume,
    choices,
    origins,
    knowledge,
    trace,
    budget,
  });
  const { runtime, run, elapsed } = createVirtualRuntime(world, trace, startedAt, options.breathe);

  if (!given.input) trace.unknown({ path: '', what: 'input', assumed: 'schema' });
  if (!given.trigger) trace.unknown({ path: '', what: 'trigger', assumed: 'nothing' });
  const leave = (ending: SimulatedEnding): SimulatedPath => trace.path(ending, input, elapsed());

  try {
    let over = false;
    const outcome = interpret({ definition, input, trigger, actions }, runtime).finally(() => {
      over = true;
    });
    await Promise.all([outcome, run(() => over)]);
    return { path: leave(endingOf(await outcome)), fits: true, cut: undefined, forks: choices.forks };
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
