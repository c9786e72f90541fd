import { WorkflowError } from '../errors.js';
import { triggerHolds, triggerInput } from '../interpreter/trigger-input.js';
import type { Definition } from '../workflow/definition.js';
import type { Budget } from './budget.js';
import { createBudget } from './budget.js';
import { explore } from './explore.js';
import type { Backtest, BacktestOptions, BacktestResult, PastEvent } from './past-event.js';

const defaultLimits = { events: 1000, steps: 100_000, characters: 20_000_000 };

/**
 * What a valid definition would have done about events of the past, each along one path: what no answer fixes comes out as
 * the samples say, approvals approved. No handler is called. Events it would not have run for are told, not thrown.
 *
 * @example
 * const { results, summary } = await backtest(definition, [{ trigger: { payload: { shipmentId: 'FK-1' } } }], { actions: catalog });
 */
export const backtest = async (
  definition: Definition,
  events: readonly PastEvent[],
  options: BacktestOptions,
): Promise<Backtest> => {
  const limits = { ...defaultLimits, ...options.limits };
  const budget = createBudget(limits);
  const results: BacktestResult[] = [];
  for (const event of events.slice(0, limits.events)) {
    results.push({ index: results.length, ...(await resultOf(definition, event, options, budget)) });
    if (budget.usedUp()) break;
  }
  const cut = results.some(({ ending }) => ending.status === 'cut');
  return { results, summary: summaryOf(results), truncated: cut || results.length < events.length };
};

type Result = Omit<BacktestResult, 'index'>;

const resultOf = async (
  definition: Definition,
  event: PastEvent,
  options: BacktestOptions,
  budget: Budget,
): Promise<Result> => {
  const { trigger = null, startedAt } = event;
  const { limits: _, ...shared } = options;
  try {
    if (!triggerHolds(definition, trigger)) return withoutRun({ status: 'ignored' });
    const simulation = await explore(
      definition,
      {
        ...shared,
        trigger,
        input: event.input ?? triggerInput(definition, trigger).value,
        answers: { ...options.answers, ...event.answers },
        paths: 'one',
        ...(startedAt === undefined ? {} : { startedAt }),
      },
      budget,
      1,
    );
    const [path] = simulation.paths;
    if (!path)
      return withoutRun({ status: 'cut', reason: 'A limit was reached before its first path ended.' });
    const { ending, effects, waits, unknown } = path;
    return { ending, effects, waits, unknown };
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    return withoutRun({ status: 'refused', reason: error.message });
  }
};

const withoutRun = (ending: Result['ending']): Result => ({ ending, effects: [], waits: [], unknown: [] });

const summaryOf = (results: readonly BacktestResult[]): Backtest['summary'] => {
  const calls = results.flatMap(({ effects }) => effects);
  const effects = counted(calls.map(({ effect }) => effect));
  return {
    endings: counted(results.map(({ ending }) => ending.status)),
    effects: { read: effects.read ?? 0, write: effects.write ?? 0, irreversible: effects.irreversible ?? 0 },
    actions: counted(calls.map(({ action }) => action)),
  };
};

const counted = (names: readonly string[]): { readonly [name: string]: number } => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
};
