/** What the suite measures, each in a process of its own. */
export const parts = [
  'events',
  'wall-time',
  'throughput',
  'workflow-code',
  'worker-ready',
  'long-definition',
] as const;

/** A part's name. */
export type Part = (typeof parts)[number];
