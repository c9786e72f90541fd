/**
 * The items of `source` until `signal` aborts; then it throws the signal's reason at once, also when the source does not
 * react to the signal, and lets the source know that nobody reads on.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  // Without a race under way nobody else would take this rejection.
  aborted.catch(() => undefined);
  let ended = false;
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done) {
        ended = true;
        return;
      }
      yield next.value;
      signal.throwIfAborted();
    }
  } catch (error) {
    signal.throwIfAborted();
    ended = true;
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    // Not awaited: a source that is stuck would keep us. What it fails with now concerns nobody.
    if (!ended) iterator.return?.()?.catch(() => undefined);
  }
}
