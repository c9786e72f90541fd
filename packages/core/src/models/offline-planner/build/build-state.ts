import type { ActionSpec } from '../../../workflow/action-spec.js';
import type { Step } from '../../../workflow/definition.js';
import type { ActionIndex } from '../matching/match-actions.js';
import type { Source } from '../matching/sources.js';
import type { RunInputs } from './run-inputs.js';
import type { NewId } from './step-ids.js';

/** A list of steps under construction, with what its steps may read. */
export interface Frame {
  readonly steps: Step[];
  readonly sources: Source[];
  /** The condition that holds in it, as CEL. */
  readonly guard?: string;
  /** Words of that condition. */
  readonly label?: string;
  /** Closed when the sentence ends. */
  readonly untilEnd: boolean;
  /** The branch whose case or otherwise list this is. */
  readonly branch?: OpenBranch;
}

/** A branch under construction. */
export interface OpenBranch {
  readonly id: string;
  readonly cases: { when: string; title: string; steps: Step[] }[];
  otherwise?: Step[];
  /** The step whose output its conditions ask. */
  readonly about: string;
  /** The list it stands in. */
  readonly home: Frame;
}

/** Words no action or output fits. */
export interface Unmatched {
  readonly text: string;
  readonly nearest: readonly ActionSpec[];
  readonly what: 'action' | 'condition' | 'value' | 'length';
}

/** Words two actions fit equally. */
export interface Ambiguous {
  readonly text: string;
  readonly actions: readonly ActionSpec[];
}

/** What building works on. */
export interface BuildState {
  readonly index: ActionIndex;
  readonly preferred: ReadonlySet<string>;
  readonly newId: NewId;
  readonly inputs: RunInputs;
  readonly root: Frame;
  /** Open lists, the outermost (`root`) first. */
  readonly frames: Frame[];
  /** The last branch closed, for an "otherwise" in the next sentence. */
  last: OpenBranch | undefined;
  /** Lists of the last reminder that hung on "no reply", for the next one. */
  chain: readonly Frame[];
  /** Condition of a sentence that could not be read: what it governs is left out. */
  skipping: boolean;
  readonly actions: string[];
  readonly unmatched: Unmatched[];
  readonly ambiguous: Ambiguous[];
  /** Things done that were not said, as sentences. */
  readonly notes: string[];
}

/** The list steps are added to. */
export const current = (state: BuildState): Frame => state.frames.at(-1) ?? state.root;

/** How far back words may refer, in steps: bounds the time that long texts take. */
const farthest = 25;

/** What a step added now may read, oldest first: the nearest sources. */
export const visible = (state: BuildState): readonly Source[] =>
  state.frames.flatMap(({ sources }) => sources).slice(-farthest);

/** Conditions that hold where a step added now stands. */
export const guards = (state: BuildState): readonly string[] =>
  state.frames.flatMap(({ guard }) => (guard === undefined ? [] : [guard]));
