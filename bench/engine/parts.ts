/** What the suite measures, each in a process of its own. */
export const parts = [
  'no-op-steps',
  'durable-steps',
  'resume',
  'validation',
  'recovery',
  'long-loop',
] as const;

/** A part's name. */
export type Part = (typeof parts)[number];
