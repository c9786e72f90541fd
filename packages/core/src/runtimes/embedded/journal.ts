import { WorkflowError } from '../../errors.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { JournalEntry, RunLease, RunPatch, RunStore } from '../../ports/run-store.js';
import { shuttingDown } from '../common/run-errors.js';

/** The writing end of a run's journal. Writes go out in order; those that come meanwhile share the next append. */
export interface Journal {
  /** Entries that were handed to `durable`, and those that were there before. */
  readonly length: number;
  /** Writes an entry, again and again until the store takes it; resolves when it is durable, or when the journal stops. */
  write(entry: JournalEntry): Promise<void>;
  /** Writes an entry once. Throws what the store throws; then nothing is written, as far as the store knows. */
  tryWrite(entry: JournalEntry): Promise<void>;
  /** Changes the row, again and again until the store takes it. */
  patch(patch: RunPatch): Promise<void>;
  /** Takes in what others have posted. */
  catchUp(): Promise<void>;
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
  /** Gives up what is not written yet. Whoever waits for it has to be aborted before. */
  stop(): void;
}

interface Write {
  readonly entry: JournalEntry | undefined;
  readonly patch: RunPatch | undefined;
  readonly insists: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const firstPauseMs = 100;
const longestPauseMs = 5000;

/** Opens the {@link Journal} of a run of which `length` entries are known. */
export const openJournal = (deps: {
  readonly runs: RunStore;
  readonly lease: RunLease;
  readonly length: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Gets every entry once it is written, in the journal's order, also those that others have posted. */
  readonly durable: (entry: JournalEntry) => void;
  /** Called when another process has taken the run over: the journal has stopped. */
  readonly lost: () => void;
}): Journal => {
  const { runs, lease, clock, logger, durable, lost } = deps;
  const { runId } = lease;
  let { length } = deps;
  let queue: Write[] = [];
  let writing: Promise<void> | undefined;
  let refusal: WorkflowError | undefined;
  let failures = 0;
  /** After a failure nobody knows whether the store has written. */
  let unsure = false;
  let endPause = (): void => undefined;

  const pause = (error: unknown): Promise<void> => {
    const pauseMs = Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
    failures += 1;
    logger.warn(
      { runId, pauseMs, err: error },
      'The journal cannot be written: the run pauses and tries again.',
    );
    return new Promise((resolve) => {
      const cancel = clock.after(pauseMs, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });
  };

  /** Takes in the entries up to the `until`th, and answers them. */
  const takeIn = async (until: number): Promise<readonly JournalEntry[]> => {
    if (until <= length) return [];
    const entries = (await runs.journal(runId, length)).slice(0, until - length);
    for (const entry of entries) {
      length += 1;
      durable(entry);
    }
    return entries;
  };

  /** Leaves out what an append has written that seemed to fail. */
  const unwritten = async (batch: readonly Write[]): Promise<readonly Write[]> => {
    const found = await takeIn(await runs.append(lease, []));
    const written = new Set(found.map((entry) => JSON.stringify(entry)));
    unsure = false;
    return batch.map((write) =>
      write.entry && written.has(JSON.stringify(write.entry)) ? { ...write, entry: undefined } : write,
    );
  };

  const append = async (asked: readonly Write[]): Promise<void> => {
    const batch = unsure ? await unwritten(asked) : asked;
    const entries = batch.flatMap(({ entry }) => entry ?? []);
    const written = await runs.append(lease, entries, batch.findLast(({ patch }) => patch)?.patch);
    unsure = true;
    if (written - entries.length > length) await takeIn(written - entries.length);
    unsure = false;
    length = written;
    failures = 0;
    for (const { entry, resolve } of batch) {
      if (entry) durable(entry);
      resolve();
    }
  };

  const stop = (error: WorkflowError): void => {
    refusal ??= error;
    for (const { insists, resolve, reject } of queue.splice(0)) {
      if (insists) resolve();
      else reject(refusal);
    }
    endPause();
  };

  const failed = async (batch: readonly Write[], error: unknown): Promise<void> => {
    unsure = true;
    for (const { insists, reject } of batch) if (!insists) reject(error);
    queue = [...batch.filter(({ insists }) => insists), ...queue];
    if (WorkflowError.is(error) && error.code === 'stale_lease') {
      stop(error);
      lost();
    } else if (refusal) stop(refusal);
    else if (queue.some(({ insists }) => insists)) await pause(error);
  };

  const writeAll = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0);
      try {
        await append(batch);
      } catch (error) {
        await failed(batch, error);
      }
    }
    writing = undefined;
  };

  const add = (
    entry: JournalEntry | undefined,
    patch: RunPatch | undefined,
    insists: boolean,
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      queue.push({ entry, patch, insists, resolve, reject });
      if (refusal) stop(refusal);
      else writing ??= writeAll();
    });

  return {
    get length() {
      return length;
    },
    write: (entry) => add(entry, undefined, true),
    tryWrite: (entry) => add(entry, undefined, false),
    patch: (patch) => add(undefined, patch, true),
    catchUp: () => add(undefined, undefined, true),
    async idle() {
      await writing;
    },
    stop: () => stop(shuttingDown()),
  };
};
