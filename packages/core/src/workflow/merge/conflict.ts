/** Two lists of edits that do not go together, as data. The merge keeps what `theirs` did. */
export interface Conflict {
  /**
   * - `field`: both gave a field different values.
   * - `removed`: one removed a step, a case or a branch, the other changed it or put steps into it.
   * - `inserted`: both inserted a step of the same id, not the same one or not at the same place.
   * - `moved`: both moved a step, to different places, or each of two steps into the other.
   * - `replaced`: one replaced a step, the other changed or replaced it as well.
   */
  readonly kind: 'field' | 'removed' | 'inserted' | 'moved' | 'replaced';
  /** The step; absent for the fields of the workflow. */
  readonly stepId?: string;
  /** `field` only: JSON Pointer inside the step, or inside the definition. */
  readonly pointer?: string;
  /** What ours made of it, JSON: the value, the step, or for `moved` its place. Undefined when it is gone. */
  readonly ours: unknown;
  /** What theirs made of it. */
  readonly theirs: unknown;
  /** A sentence for people. */
  readonly message: string;
}
