/** Edits: pure-data changes of a definition, each with an exact inverse. Types only. */
import type { Json, JsonSchema } from '../json.js';
import type { Definition, DefinitionConfig, Step, Trigger } from './definition.js';

/**
 * A named list of steps inside a step: `cases/0`, `otherwise`, `branches/1`, `steps` (loops) or `onError` (a recovery list).
 */
export interface ListRef {
  readonly id: string;
  readonly list: string;
}

/** Where a step goes: beside another one, or at an end of a list (the top list when `in` is absent). */
export type At =
  | { readonly after: string }
  | { readonly before: string }
  | { readonly first: true; readonly in?: ListRef }
  | { readonly last: true; readonly in?: ListRef };

/** The name, description and output of the definition. Null removes the description; the output is removed by `unset`. */
export interface MetaEdit {
  readonly name?: string;
  readonly description?: string | null;
  readonly output?: Json;
}

/** One change. A batch is all or nothing. */
export type Edit =
  | { readonly op: 'insert'; readonly step: Step; readonly at: At }
  | { readonly op: 'remove'; readonly id: string }
  | { readonly op: 'replace'; readonly id: string; readonly step: Step }
  | {
      readonly op: 'update';
      readonly id: string;
      /** JSON-Pointer paths inside the step -> new value; missing parents are made. */
      readonly set: { readonly [pointer: string]: Json };
      /** JSON-Pointer paths to remove. */
      readonly unset?: readonly string[];
    }
  | { readonly op: 'move'; readonly id: string; readonly at: At }
  /** Puts neighbouring steps into list `list` (default: its first list) of `in`, which takes their place. */
  | { readonly op: 'wrap'; readonly ids: readonly string[]; readonly in: Step; readonly list?: string }
  /** The inverse of wrap: puts the steps of a container's list in its place. */
  | { readonly op: 'unwrap'; readonly id: string; readonly list?: string }
  | { readonly op: 'setTrigger'; readonly trigger: Trigger | null }
  | { readonly op: 'setInputs'; readonly inputs: JsonSchema | null }
  | { readonly op: 'setConfig'; readonly config: DefinitionConfig | null }
  | {
      readonly op: 'setMeta';
      readonly set: MetaEdit;
      readonly unset?: readonly ('description' | 'output')[];
    };

/** What applying a batch gives. `inverse`, applied to `definition`, gives the old one back exactly. */
export interface EditResult {
  readonly definition: Definition;
  readonly inverse: readonly Edit[];
}
