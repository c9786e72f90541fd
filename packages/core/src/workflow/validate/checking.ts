import type { Json, JsonObject, JsonSchema } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import type { Definition, TriggerKind } from '../definition.js';
import type { Edit } from '../edit.js';
import { pointer } from '../json-pointer.js';
import type { WorkflowLookup } from '../workflow-lookup.js';
import type { ProblemList } from './problem-list.js';
import type { WorkflowChains } from './workflow-chains.js';

/** What is carried through the semantic part of validation. */
export interface Checking {
  readonly definition: Definition;
  readonly actions: ActionLookup;
  readonly workflows: WorkflowLookup | undefined;
  /** The kinds of triggers that start runs on this server. */
  readonly triggers: ReadonlySet<TriggerKind>;
  readonly chains: WorkflowChains | undefined;
  /** What is known of the output of a workflow that a step runs. */
  readonly outputOf: (definition: Definition) => JsonSchema | undefined;
  readonly problems: ProblemList;
  /** All steps by id, in reading order. */
  readonly order: ReadonlyMap<string, number>;
}

/** A place in the definition whose value can be edited. */
export interface Spot {
  readonly path: string;
  /** The step it is in, with the step's own path. */
  readonly step?: { readonly id: string; readonly path: string };
  /** Whether secrets can be read here. */
  readonly secrets?: true;
}

/** The spot of a member. */
export const member = (spot: Spot, key: string | number): Spot => ({
  ...spot,
  path: pointer(spot.path, key),
});

/** The edits that set values at spots of one step; undefined outside steps. */
export const setAt = (spot: Spot, value: Json, unset: readonly Spot[] = []): readonly Edit[] | undefined => {
  if (!spot.step) return undefined;
  const set: JsonObject = { [inStep(spot)]: value };
  return [{ op: 'update', id: spot.step.id, set, ...(unset.length > 0 ? { unset: unset.map(inStep) } : {}) }];
};

/** The edit that removes the value at a spot of a step. */
export const unsetAt = (spot: Spot): readonly Edit[] | undefined =>
  spot.step && [{ op: 'update', id: spot.step.id, set: {}, unset: [inStep(spot)] }];

const inStep = ({ path, step }: Spot): string => path.slice(step?.path.length ?? 0);

/** Names or values for a sentence: not more than a person reads. */
export const listed = (texts: readonly string[]): string =>
  [
    ...texts.slice(0, mostListed).map((text) => text.slice(0, 120)),
    ...(texts.length > mostListed ? ['…'] : []),
  ].join(', ');

const mostListed = 30;

/** Reports a problem at a spot. */
export const report = (
  { problems }: Checking,
  spot: Spot,
  code: string,
  message: string,
  extra: { readonly fix?: readonly Edit[] | undefined; readonly severity?: 'error' | 'warning' } = {},
): void => {
  problems.add({
    code,
    severity: extra.severity ?? 'error',
    path: spot.path,
    ...(spot.step ? { stepId: spot.step.id } : {}),
    message,
    ...(extra.fix ? { fix: extra.fix } : {}),
  });
};
