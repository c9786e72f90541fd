import type { Json, JsonObject, JsonSchema } from '../json.js';
import type { Duration } from './definition.js';

/**
 * What calling an action does to the world.
 * `read`: nothing. `write`: changes that may be repeated with the same key. `irreversible`: cannot be taken back (a sent mail).
 */
export type Effect = 'read' | 'write' | 'irreversible';

/** An action of the catalog as pure data: what validation, the interpreter, the agent and the canvas need to know of it. */
export interface ActionSpec {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly icon?: string;
  readonly color?: string;
  readonly effect: Effect;
  /** True when the far side drops a second call with the same key, so that an irreversible action may be called again. */
  readonly idempotent: boolean;
  /** JSON Schema (an object) of what a person fills in. */
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  /** Sample input and output. */
  readonly example?: { readonly input: JsonObject; readonly output: Json };
  /** Default timeout of an attempt. */
  readonly timeout?: Duration;
  /** Action that undoes this one; its `input` templates may use `input` and `output` of the step. */
  readonly compensate?: { readonly action: string; readonly input?: JsonObject };
  /** Values by which the seed's `next` labels are chosen (from the result's `status`), shown by the seed's palette. */
  readonly branches?: readonly string[];
  /** Ids of older versions that mean this action. */
  readonly aliases?: readonly string[];
  /** Input values that an alias implies: `send_level_2` -> `{level: 2}`. What is given beside the alias wins. */
  readonly aliasInputs?: { readonly [alias: string]: JsonObject };
  /** Words people use for it, for search and the offline planner. */
  readonly keywords?: readonly string[];
}

/** Read access to actions by id (aliases included). */
export interface ActionLookup {
  get(id: string): ActionSpec | undefined;
  all(): readonly ActionSpec[];
}

/** The input values that the id somebody used implies, when it is an alias. */
export const impliedInput = ({ aliasInputs }: ActionSpec, id: string): JsonObject =>
  aliasInputs && Object.hasOwn(aliasInputs, id) ? (aliasInputs[id] ?? {}) : {};
