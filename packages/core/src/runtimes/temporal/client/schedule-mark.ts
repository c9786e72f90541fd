/**
 * What a schedule was made from. It stands behind each cron expression, where Temporal takes a comment: the one place that
 * an update can change and a list of schedules shows, whatever the namespace lets us register. Lost when somebody edits the
 * times by hand.
 */
export interface ScheduleMark {
  /** The version of the workflow. */
  readonly version: number;
  /** Whose schedule it is: several installations may share a namespace. */
  readonly taskQueue: string;
}

/** A cron expression with a mark behind it. */
export const markedCron = (cron: string, { version, taskQueue }: ScheduleMark): string =>
  `${cron} # version ${version}, task queue ${taskQueue}`;

/** The mark of a schedule as Temporal describes or lists it; undefined where none stands. */
export const markOf = (
  spec: { readonly calendars?: readonly { readonly comment?: string }[] } | undefined,
): ScheduleMark | undefined => {
  const match = /^version (\d+), task queue (.+)$/.exec(spec?.calendars?.[0]?.comment ?? '');
  const [, version, taskQueue] = match ?? [];
  return version === undefined || taskQueue === undefined
    ? undefined
    : { version: Number(version), taskQueue };
};
