import type { Run, RunEvent, RunEventBody } from '../../../workflow/run.js';

/** Whether a run says nothing after this event. */
export const isLast = (event: RunEvent | undefined): boolean =>
  event?.type === 'run.succeeded' || event?.type === 'run.failed' || event?.type === 'run.cancelled';

/**
 * The events of an ended run to its end. A run that was ended in Temporal could not say so itself: then its open steps,
 * whose effect is in doubt, and the run have failed.
 */
export const toTheEnd = (
  events: readonly RunEvent[],
  { error, endedAt }: Pick<Run, 'error' | 'endedAt'>,
): readonly RunEvent[] => {
  if (isLast(events.at(-1)) || !error || endedAt === undefined) return events;
  const closing: readonly RunEventBody[] = [
    ...openSteps(events).map((step) => ({ type: 'step.failed', ...step, error }) as const),
    { type: 'run.failed', path: '', error },
  ];
  return [...events, ...closing.map((body, n) => ({ ...body, seq: events.length + n + 1, at: endedAt }))];
};

/** The steps that have begun and not ended, the innermost first. */
const openSteps = (events: readonly RunEvent[]): readonly { path: string; stepId: string }[] => {
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'step.started') open.set(event.path, event.stepId);
    else if (event.type === 'step.succeeded' || event.type === 'step.failed') open.delete(event.path);
  }
  return [...open].reverse().map(([path, stepId]) => ({ path, stepId }));
};
