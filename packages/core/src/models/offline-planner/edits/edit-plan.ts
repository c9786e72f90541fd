import type { Definition, Step } from '../../../workflow/definition.js';
import type { Edit } from '../../../workflow/edit.js';
import type { RunInputs } from '../build/run-inputs.js';
import type { NewId } from '../build/step-ids.js';
import type { ActionIndex } from '../matching/match-actions.js';

/** What an instruction about a draft comes to. */
export interface EditPlan {
  readonly edits: readonly Edit[];
  /** What must be known first. */
  readonly questions: readonly string[];
}

/** What every kind of instruction is planned with. */
export interface EditContext {
  readonly definition: Definition;
  readonly index: ActionIndex;
  readonly preferred: ReadonlySet<string>;
  readonly newId: NewId;
  readonly inputs: RunInputs;
}

/** A kind of instruction: its plan, or undefined when the text is not of this kind. */
export type EditReader = (text: string, context: EditContext) => EditPlan | undefined;

/** A plan of edits only. */
export const doEdits = (...edits: readonly Edit[]): EditPlan => ({ edits, questions: [] });

/** A plan that only asks. */
export const ask = (...questions: readonly string[]): EditPlan => ({ edits: [], questions });

/** A question that offers several steps by number and title. */
export const whichStep = (what: string, steps: readonly Step[], name: (step: Step) => string): EditPlan =>
  ask(`Which step do you mean by “${what}”: ${steps.slice(0, 5).map(name).join(', ')}?`);
