import { createPending } from '../../interpreter/pending.js';
import type { Pending, SignalAnswer, SignalRequest } from '../../interpreter/runtime.js';

/** A signal on its way: its name is a wait's signal, or the path of a wait or an approval. */
export interface Letter extends SignalAnswer {
  readonly name: string;
}

/** Brings signals and the waits for them together. */
export interface Mailbox {
  /** Waits for a signal; one that is kept is taken at once, the oldest first. */
  wait(request: SignalRequest): Pending<SignalAnswer>;
  /** Gives a signal to the wait that has waited longest for it, an approval first. False when there is none. */
  post(letter: Letter): boolean;
  /** Keeps a signal for a later wait. */
  keep(letter: Letter): void;
  /** Whether the approval of this path is asked now. */
  asks(path: string): boolean;
  /** Whether something waits for a signal of this name now. */
  awaits(name: string): boolean;
  /** How many signals are kept. */
  kept(): number;
}

interface Waiter {
  readonly request: SignalRequest;
  readonly answer: (answer: SignalAnswer) => void;
}

/** Makes a {@link Mailbox}; what it hands to `later` is to be done after the turn of the interpreter that asked for it. */
export const createMailbox = (later: (work: () => void) => void): Mailbox => {
  const waiters = new Set<Waiter>();
  const kept: Letter[] = [];

  const give = (waiter: Waiter, { payload, by }: Letter): void => {
    waiters.delete(waiter);
    waiter.answer({ payload, by });
  };

  const find = (fits: (request: SignalRequest) => boolean): Waiter | undefined =>
    [...waiters].find(({ request }) => fits(request));

  return {
    wait(request) {
      const { pending, give: answer } = createPending<SignalAnswer>(() => waiters.delete(waiter));
      const waiter: Waiter = { request, answer };
      const index = kept.findIndex((letter) => isFor(letter, request));
      const [letter] = index < 0 ? [] : kept.splice(index, 1);
      if (letter) later(() => give(waiter, letter));
      else waiters.add(waiter);
      return pending;
    },
    post(letter) {
      const waiter =
        find((request) => isApproval(request) && request.path === letter.name) ??
        find((request) => isFor(letter, request));
      if (waiter) give(waiter, letter);
      return waiter !== undefined;
    },
    keep: (letter) => {
      kept.push(letter);
    },
    asks: (path) => find((request) => isApproval(request) && request.path === path) !== undefined,
    awaits: (name) => find((request) => isFor({ name }, request)) !== undefined,
    kept: () => kept.length,
  };
};

const isApproval = ({ name }: SignalRequest): boolean => name === undefined;

const isFor = (letter: Pick<Letter, 'name'>, { name, path }: SignalRequest): boolean =>
  name !== undefined && (letter.name === name || letter.name === path);
