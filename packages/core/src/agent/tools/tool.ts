import type { JsonObject } from '../../json.js';
import type { ModelTool } from '../../ports/language-model.js';
import type { ActionLookup } from '../../workflow/action-spec.js';
import type { WorkingDraft } from '../working-draft.js';

/** What the tools of one turn work on. */
export interface ToolContext {
  readonly actions: ActionLookup;
  readonly draft: WorkingDraft;
  /** Texts of requirement documents: untrusted data. */
  readonly documents: readonly { readonly name: string; readonly text: string }[];
  /** Notes what the agent needs to know, in place of what was noted before. */
  readonly ask: (questions: readonly string[]) => void;
}

/**
 * A tool of the agent: what the model is told, and what it does. `run` answers the result, JSON for the model.
 * A `WorkflowError` that it throws becomes an error result, so that the model can do better.
 */
export interface AgentTool extends ModelTool {
  run(args: JsonObject, context: ToolContext): unknown;
}
