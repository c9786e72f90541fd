/** Server-sent events: the frames of this protocol, written and read. */

/** Writes one frame: `id`, `data`, LF LF (never CRLF). `data` is one line of JSON. */
export const sseFrame = (id: string | number, data: unknown): string =>
  `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** A comment frame that keeps proxies from closing an idle stream. */
export const sseHeartbeat = ': keep-alive\n\n';

/** A parsed frame. */
export interface SseMessage {
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads frames out of a byte stream; accepts LF and CRLF and chunks cut anywhere, also inside a UTF-8 character.
 * Comments are passed on as a message without data, so that a watchdog sees them.
 *
 * @example
 * for await (const message of readSse(response.body)) if (message.data) handle(JSON.parse(message.data));
 */
export async function* readSse(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<SseMessage, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  let id: string | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      buffer += done ? decoder.decode() : decoder.decode(value, { stream: true });
      let end = frameEnd(buffer);
      while (end !== undefined) {
        const frame = buffer.slice(0, end.at);
        buffer = buffer.slice(end.next);
        const data: string[] = [];
        for (const line of frame.split(/\r\n|\n|\r/)) {
          if (line.startsWith('id:')) id = line.slice(3).trim();
          else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
        }
        yield { id, data: data.join('\n') };
        end = frameEnd(buffer);
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const frameEnd = (buffer: string): { at: number; next: number } | undefined => {
  const match = /\r\n\r\n|\n\n|\r\r/.exec(buffer);
  return match ? { at: match.index, next: match.index + match[0].length } : undefined;
};
