/** Bounds of a definition. Each keeps checking, drawing and running it cheap, whoever wrote it. */
export const definitionLimits = {
  /** Steps, unless the caller sets another bound. */
  steps: 500,
  /** Lists of steps inside one another. */
  stepDepth: 64,
  /** Objects and lists inside one another, anywhere in the document. */
  jsonDepth: 400,
  /** Values in the document. */
  jsonValues: 500_000,
  /** Characters of one text. */
  text: 100_000,
  /** Templates in the document, for each step that it may have. */
  templatesPerStep: 40,
  /** Errors that are listed, and as many warnings. */
  problems: 200,
  /** Characters of the fixes that are listed, over all problems. */
  fixes: 1_000_000,
  /** Variables of a `set`. */
  variables: 100,
  /** Rounds of a `repeat`. */
  rounds: 1000,
  /** Items of a `forEach` at work at the same time. */
  concurrency: 100,
  /** Workflows that run one another, the first one included. */
  workflowDepth: 8,
  /** Attempts of a step. */
  attempts: 100,
  /** Milliseconds an attempt may take: a week, which timers of every runtime can hold. */
  attemptTimeoutMs: 7 * 86_400_000,
  /** Milliseconds from which a wait is suspicious: a year. */
  longWaitMs: 365 * 86_400_000,
} as const;
