import type { RunOutcome } from '../../../interpreter/outcome.js';
import type { Runtime } from '../../../interpreter/runtime.js';
import type { RunError } from '../../../workflow/run.js';
import { isTooLarge, payloadBytes } from '../common/payload-size.js';

const error: RunError = {
  code: 'output_too_large',
  message: `The output of the run has more than ${payloadBytes} bytes. Put less into it, or store large payloads elsewhere.`,
};

/** Lets a run fail whose output is more than Temporal takes: it could not end. */
export const withBoundedOutput = async (
  runtime: Runtime,
  interpretOver: (runtime: Runtime) => Promise<RunOutcome>,
): Promise<RunOutcome> => {
  let fits = true;
  const outcome = await interpretOver({
    ...runtime,
    emit(event) {
      fits = event.type !== 'run.succeeded' || !isTooLarge(event.output);
      runtime.emit(fits ? event : { type: 'run.failed', path: '', error });
    },
  });
  return fits ? outcome : { status: 'failed', error };
};
