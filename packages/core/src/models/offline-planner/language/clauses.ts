/** What a requirement says, clause by clause: the planner's parse tree. Types only. */

/** How a condition was put. */
export interface Condition {
  readonly text: string;
  /** True for "unless". */
  readonly negated: boolean;
}

/** How often a clause is repeated. */
export interface Repetition {
  readonly max?: number;
  readonly until?: string;
  /** ISO 8601, between two rounds. */
  readonly every?: string;
}

/** One thing a requirement asks for, in order. */
export type Clause =
  | {
      readonly kind: 'do';
      readonly text: string;
      readonly condition?: Condition;
      readonly repeat?: Repetition;
    }
  | { readonly kind: 'wait'; readonly text: string; readonly duration?: string }
  | { readonly kind: 'approval'; readonly text: string }
  | { readonly kind: 'stop'; readonly text: string; readonly condition?: Condition }
  | { readonly kind: 'if'; readonly condition: Condition }
  | { readonly kind: 'otherwise' }
  | { readonly kind: 'each'; readonly text: string }
  /** What follows in the sentence, several times. */
  | { readonly kind: 'rounds'; readonly max: number }
  | { readonly kind: 'parallel'; readonly branches: readonly Clause[] }
  /** The end of a sentence: what a condition or loop governs ends here. */
  | { readonly kind: 'end' };
