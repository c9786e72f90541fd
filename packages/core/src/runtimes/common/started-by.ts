import type { Run } from '../../workflow/run.js';

/** What started a run, as far as it is known: the fields of a run that a retry of it keeps. */
export const startedBy = ({
  trigger,
  tenant,
}: {
  readonly trigger?: Run['trigger'] | undefined;
  readonly tenant?: Run['tenant'] | undefined;
}): Pick<Run, 'trigger' | 'tenant'> => ({
  ...(trigger === undefined ? {} : { trigger }),
  ...(tenant === undefined ? {} : { tenant }),
});
