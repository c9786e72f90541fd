import type Anthropic from '@anthropic-ai/sdk';
import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import pRetry from 'p-retry';
import pTimeout from 'p-timeout';
import { WorkflowError } from '../../errors.js';
import type { LanguageModel, ModelRequest } from '../../ports/language-model.js';
import { callFailure } from './errors.js';
import { createSlots } from './slots.js';
import { toEvents } from './to-events.js';
import { toParams } from './to-params.js';

/** Options of {@link createAnthropicModel}. */
export interface AnthropicModelOptions {
  readonly apiKey: string;
  /** Default: Anthropic's own address. */
  readonly baseURL?: string;
  /** Default `claude-sonnet-5-5`. */
  readonly model?: string;
  /** Calls at once, per process. Default 8. */
  readonly maxConcurrent?: number;
  /** Milliseconds without a byte after which a call is given up. Default 20,000. */
  readonly idleTimeoutMs?: number;
}

const defaultModel = 'claude-sonnet-5-5' satisfies Anthropic.Model;
/** Calls that may wait for a slot; one more is refused at once. */
const maxQueued = 100;
/** Tries of a call before its first event; after it nothing is repeated, because it has been shown. */
const tries = 3;
const firstPauseMs = 500;
/** A provider that asks for a longer pause is not waited for: the person is told how long it takes. */
const longestRetryAfter = 5;

type EventIterator = AsyncIterator<RawMessageStreamEvent>;

/**
 * Anthropic's models behind the {@link LanguageModel} port: streamed, at most `maxConcurrent` calls at once, tried up to
 * three times before the first event and never after it. The SDK's own retries are off, and because its timeout does
 * not cover a stream, a call without a byte for `idleTimeoutMs` is aborted here.
 * Throws `missing_peer` without the SDK.
 *
 * @example
 * const model = await createAnthropicModel({ apiKey: process.env.ANTHROPIC_API_KEY });
 */
export const createAnthropicModel = async (options: AnthropicModelOptions): Promise<LanguageModel> => {
  const { apiKey, baseURL, model = defaultModel, maxConcurrent = 8, idleTimeoutMs = 20_000 } = options;
  const sdk = await load();
  // Without a base URL the SDK would read one from the environment; what the host gave is all that counts.
  const client = new sdk({
    apiKey,
    authToken: null,
    baseURL: baseURL ?? null,
    maxRetries: 0,
    logLevel: 'off',
  });
  const slots = createSlots(maxConcurrent, maxQueued);

  const next = (
    iterator: EventIterator,
    abort: AbortController,
  ): Promise<IteratorResult<RawMessageStreamEvent>> => orStalled(iterator.next(), idleTimeoutMs, abort);

  /** Opens a stream and waits for its first event: up to here nobody has seen anything, so it may be repeated. */
  const open = async (request: ModelRequest, signal: AbortSignal) => {
    const abort = new AbortController();
    const onAbort = (): void => abort.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const close = (): void => {
      signal.removeEventListener('abort', onAbort);
      abort.abort();
    };
    try {
      const call = client.messages.create(toParams(request, model), { signal: abort.signal });
      const stream = await orStalled(call, idleTimeoutMs, abort);
      const iterator = stream[Symbol.asyncIterator]();
      return { first: await next(iterator, abort), next: () => next(iterator, abort), close };
    } catch (error) {
      close();
      throw error;
    }
  };

  return {
    name: model,
    async *stream(request, signal) {
      const release = await slots.take(signal);
      let close = (): void => undefined;
      try {
        const opened = await pRetry(() => open(request, signal), {
          retries: tries - 1,
          minTimeout: firstPauseMs,
          randomize: true,
          signal,
          shouldRetry: ({ error }) => isWorthRetrying(sdk, error),
          onFailedAttempt: async ({ error, retriesLeft }) => {
            const { retryAfter = 0 } = callFailure(sdk, error);
            if (retriesLeft > 0 && isWorthRetrying(sdk, error)) await pause(retryAfter * 1000, signal);
          },
        });
        close = opened.close;
        yield* toEvents(eventsFrom(opened.first, opened.next));
      } catch (error) {
        signal.throwIfAborted();
        throw callFailure(sdk, error).error;
      } finally {
        close();
        release();
      }
    },
    close: () => slots.close(),
  };
};

const load = async (): Promise<typeof Anthropic> => {
  try {
    return (await import('@anthropic-ai/sdk')).default;
  } catch (cause) {
    throw new WorkflowError(
      'missing_peer',
      "Anthropic's models need the package @anthropic-ai/sdk. Install it: npm i @anthropic-ai/sdk",
      { cause },
    );
  }
};

/** Gives a call up, and ends its socket, when it is silent for too long. */
const orStalled = <T>(promise: PromiseLike<T>, ms: number, abort: AbortController): Promise<T> =>
  pTimeout(promise, {
    milliseconds: ms,
    fallback: () => {
      abort.abort();
      throw new WorkflowError('model_failed', 'The language model has gone silent. Send the message again.');
    },
  });

const isWorthRetrying = (sdk: typeof Anthropic, error: unknown): boolean => {
  const { retryable, retryAfter = 0 } = callFailure(sdk, error);
  return retryable && retryAfter <= longestRetryAfter;
};

async function* eventsFrom(
  first: IteratorResult<RawMessageStreamEvent>,
  next: () => Promise<IteratorResult<RawMessageStreamEvent>>,
): AsyncGenerator<RawMessageStreamEvent, void, undefined> {
  for (let result = first; !result.done; result = await next()) yield result.value;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
