import { WorkflowError } from '../errors.js';
import type { Json } from '../json.js';
import { checkInput } from '../workflow/check-input.js';
import { isDateTime } from '../workflow/date-time.js';
import type { Definition } from '../workflow/definition.js';
import { readAnswers } from './answers.js';
import type { Budget } from './budget.js';
import { openPlan, type Plan } from './choices.js';
import { createDefinitions } from './definitions.js';
import { sampleOf } from './sample.js';
import type { Cut, SimulatedPath, SimulateOptions, Simulation } from './simulation.js';
import { walk } from './walk.js';

const defaultStart = '2030-01-01T00:00:00.000Z';

/** Walks the paths of a definition, depth first, until none is open or a limit is reached; throws as `simulate` does. */
export const explore = async (
  definition: Definition,
  options: SimulateOptions,
  budget: Budget,
  mostPaths: number,
): Promise<Simulation> => {
  const definitions = createDefinitions(definition, options.workflows);
  const deps = {
    definitions,
    options,
    budget,
    answers: readAnswers(definitions, options.answers ?? {}),
    input: inputOf(definition, options.input),
    startedAt: startOf(options.startedAt),
    given: {
      // What takes no input leaves nothing open.
      unknownInput:
        options.input !== undefined || definition.inputs === undefined ? new Set<string>() : ('all' as const),
      trigger: options.trigger !== undefined || (definition.trigger?.kind ?? 'manual') === 'manual',
      startedAt: options.startedAt !== undefined,
    },
  };
  const paths: SimulatedPath[] = [];
  const cut = new Set<Cut>();
  const open: (readonly Plan[])[] = [[openPlan]];

  for (let plans = open.pop(); plans && !budget.usedUp(); plans = open.pop()) {
    if (paths.length >= mostPaths) {
      cut.add('paths');
      break;
    }
    for (const plan of plans) {
      await options.breathe?.();
      const walked = await walk(plan, deps);
      open.push(...walked.forks);
      if (walked.cut) cut.add(walked.cut);
      // What the limits of all paths leave of a later one says nothing.
      if (walked.path && (paths.length === 0 || !budget.usedUp())) paths.push(walked.path);
      if (walked.fits) break;
    }
    if (options.paths === 'one' && paths.length > 0) break;
  }
  return { paths, truncated: cut.size > 0, cut: [...cut] };
};

const inputOf = (definition: Definition, given: Json | undefined): Json => {
  if (given === undefined) return sampleOf({ type: 'object', ...definition.inputs });
  const { value, problems } = checkInput(definition.inputs, given);
  const first = problems.find(({ severity }) => severity === 'error');
  if (first) throw new WorkflowError('invalid_input', first.message, { details: { problems } });
  return value;
};

const startOf = (given: string = defaultStart): string => {
  if (isDateTime(given)) return given;
  throw new WorkflowError('invalid_request', 'startedAt is no date-time: write it as 2030-01-31T08:00:00Z.');
};
