import { WorkflowError } from '../errors.js';
import type { ActionLookup } from '../workflow/action-spec.js';
import { applyEdits } from '../workflow/apply-edits.js';
import type { Definition, TriggerKind } from '../workflow/definition.js';
import type { Edit } from '../workflow/edit.js';
import type { Problem } from '../workflow/problem.js';
import { validateDefinition } from '../workflow/validate.js';

/** A definition with what is wrong with it. */
export interface CheckedDefinition {
  readonly definition: Definition;
  readonly problems: readonly Problem[];
}

/** The draft while a turn works on it: nothing outside the turn sees it until the turn is saved. */
export interface WorkingDraft {
  /** The draft now; null while nothing is drafted. */
  current(): CheckedDefinition | null;
  /** Whether it differs from what the turn began with. */
  changed(): boolean;
  /**
   * Drafts a definition in place of what there is. Throws `invalid_definition` (details `{problems}`) when its structure
   * is not sound; other problems are kept with it.
   */
  create(definition: unknown): CheckedDefinition;
  /** Applies a batch, all or nothing; an empty draft is started when there is none. Throws `invalid_request` naming the edit. */
  apply(edits: readonly Edit[]): CheckedDefinition;
}

/** What {@link workingDraft} checks against. */
export interface DraftRules {
  readonly actions: ActionLookup;
  readonly limits: { readonly steps: number };
  /** See `ValidationOptions.triggers`. */
  readonly triggers?: ReadonlySet<TriggerKind> | undefined;
}

/** Where edits begin when nothing is drafted yet. */
export const emptyDefinition: Definition = { id: 'workflow', name: 'Workflow', steps: [] };

/** Starts a turn's work on `saved`. */
export const workingDraft = (saved: Definition | null, rules: DraftRules): WorkingDraft => {
  let current = saved === null ? null : checkSaved(saved, rules);

  const set = (definition: unknown): CheckedDefinition => {
    const checked = validateDefinition(definition, rules);
    if (!checked.definition) {
      const [first] = checked.problems;
      throw new WorkflowError(
        'invalid_definition',
        first ? `${first.message} (at "${first.path}")` : 'The definition cannot be read.',
        { details: { problems: checked.problems } },
      );
    }
    current = { definition: checked.definition, problems: checked.problems };
    return current;
  };

  return {
    current: () => current,
    changed: () => JSON.stringify(current?.definition ?? null) !== JSON.stringify(saved),
    create: set,
    apply: (edits) => set(applyEdits(current?.definition ?? emptyDefinition, edits).definition),
  };
};

/** What was saved stays readable, even if the rules have become stricter since. */
export const checkSaved = (definition: Definition, rules: DraftRules): CheckedDefinition => {
  const checked = validateDefinition(definition, rules);
  return { definition: checked.definition ?? definition, problems: checked.problems };
};
