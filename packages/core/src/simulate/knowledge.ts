import { compileTemplates } from '../expressions/compile.js';
import type { Scope } from '../expressions/frame.js';
import type { Reference } from '../expressions/references.js';
import { isRecord, type Json } from '../json.js';
import type { Definition, Step } from '../workflow/definition.js';
import { walkSteps } from '../workflow/walk.js';
import type { Origins } from './origins.js';

/** What a definition makes of what it reads. Made once a simulation. */
export interface Sources {
  readonly steps: ReadonlyMap<string, Step>;
  /** What the values of a variable are made of, wherever it is set. */
  readonly variables: ReadonlyMap<string, readonly Reference[]>;
  /** What the items of a loop variable are made of, in every loop that calls it so. */
  readonly items: ReadonlyMap<string, readonly Reference[]>;
  /** What the results of a `forEach` are made of, by its id. */
  readonly results: ReadonlyMap<string, readonly Reference[]>;
  /** What the output of a run is made of, however it ends well. */
  readonly output: readonly Reference[];
}

/** Reads {@link Sources} from a definition. */
export const sourcesOf = (definition: Definition): Sources => {
  const steps = new Map<string, Step>();
  const variables = new Map<string, readonly Reference[]>();
  const items = new Map<string, readonly Reference[]>();
  const results = new Map<string, readonly Reference[]>();
  const output = [...compileTemplates(definition.output ?? null).references];
  for (const { step } of walkSteps(definition.steps)) {
    steps.set(step.id, step);
    if (step.kind === 'set') {
      for (const [name, value] of Object.entries(step.values)) add(variables, name, value);
    } else if (step.kind === 'forEach') {
      add(items, step.as ?? 'item', step.items);
      add(results, step.id, step.items);
      add(results, step.id, step.output ?? `\${{ steps.${step.steps.at(-1)?.id} }}`);
    } else if (step.kind === 'stop' && step.outcome === 'succeeded') {
      output.push(...compileTemplates(step.output ?? null).references);
    }
  }
  return { steps, variables, items, results, output };
};

const add = (map: Map<string, readonly Reference[]>, name: string, value: Json): void => {
  map.set(name, [...(map.get(name) ?? []), ...compileTemplates(value).references]);
};

/** What of the run itself is known. */
export interface Given {
  /** Fields of the input that are not known. */
  readonly unknownInput: ReadonlySet<string> | 'all';
  readonly trigger: boolean;
  readonly startedAt: boolean;
}

/**
 * What is not known of a step's answer. `sample`: the objects and lists of its output, which are told by identity. `scalar`: an
 * output that is neither. `computed`: an output in which anything may go back to something made up.
 */
export type MadeUp = 'sample' | 'scalar' | 'computed';

/** What one run of a walk knows. */
export interface Knowledge {
  /** Notes that the answer of a step was made up. */
  madeUp(stepId: string, what: MadeUp): void;
  /** Whether some answer of a step was made up. */
  isMadeUp(stepId: string): boolean;
  /** Whether something that these were read for goes back to something made up, wherever they were read. */
  isMadeOfUnknown(references: readonly Reference[]): boolean;
  /** Whether a value goes back to something made up. When in doubt, it does. */
  isUnknown(reference: Reference, scope: Scope): boolean;
}

/** Makes the {@link Knowledge} of a run. */
export const createKnowledge = (sources: Sources, given: Given, origins: Origins): Knowledge => {
  /** Steps of which some answer was made up, each with all that this was. */
  const guessed = new Map<string, Set<MadeUp>>();

  /**
   * `scope` is undefined where the value was read earlier, elsewhere: then it counts whether any round's was made up.
   * `seen` holds what was looked at already.
   */
  const isUnknown = (reference: Reference, scope: Scope | undefined, seen: Set<string>): boolean => {
    if (scope && origins.leafAt(scope, reference.path)) return true;
    const [root, name] = reference.path;
    const isMadeOfUnknown = (key: string, references: readonly Reference[] = []): boolean => {
      if (seen.has(key)) return false;
      seen.add(key);
      return references.some((each) => isUnknown(each, undefined, seen));
    };
    switch (root) {
      case 'inputs':
        if (given.unknownInput === 'all') return true;
        return typeof name === 'string' ? given.unknownInput.has(name) : given.unknownInput.size > 0;
      case 'trigger':
        return !given.trigger;
      case 'run':
        return name === 'startedAt' ? !given.startedAt : name !== 'version';
      case 'secrets':
        return true;
      case 'vars':
        return [...sources.variables].some(
          ([variable, made]) =>
            (typeof name !== 'string' || variable === name) && isMadeOfUnknown(`vars ${variable}`, made),
        );
      case 'steps':
        if (typeof name !== 'string') return guessed.size > 0;
        if (sources.results.has(name)) return isMadeOfUnknown(`steps ${name}`, sources.results.get(name));
        return isAnswerUnknown(name, reference, scope);
      default:
        return root !== 'index' && isMadeOfUnknown(`items ${root}`, sources.items.get(String(root)));
    }
  };

  const isAnswerUnknown = (id: string, { path, guarded }: Reference, scope: Scope | undefined): boolean => {
    const guesses = guessed.get(id);
    if (!guesses) return false;
    const [, , part, field] = path;
    switch (sources.steps.get(id)?.kind) {
      case 'action':
      case 'workflow': {
        if (part === 'error') return field !== undefined || !guarded;
        const step = scope && stepIn(scope, id);
        if (!step) return true;
        // Without an output because it failed, which the path is about.
        if (step.error !== undefined) return false;
        return guesses.has('computed') || (guesses.has('scalar') && !isObject(step.output));
      }
      case 'wait':
        return field !== 'received' && (field !== undefined || !guarded);
      case 'approval':
        return field !== 'decision' && (field !== undefined || !guarded);
      default:
        return false;
    }
  };

  return {
    madeUp(stepId, what) {
      guessed.set(stepId, new Set([...(guessed.get(stepId) ?? []), what]));
    },
    isMadeUp: (stepId) => guessed.has(stepId),
    isMadeOfUnknown: (references) => references.some((each) => isUnknown(each, undefined, new Set())),
    isUnknown: (reference, scope) => isUnknown(reference, scope, new Set()),
  };
};

const stepIn = ({ steps }: Scope, id: string): Record<string, unknown> | undefined => {
  const step = isRecord(steps) ? steps[id] : undefined;
  return isRecord(step) ? step : undefined;
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
