import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a call was answered with, and what came in. */
export interface LoopbackCall {
  readonly body: {
    readonly model: string;
    readonly system: unknown;
    readonly tools: readonly Record<string, unknown>[];
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  };
  readonly headers: IncomingMessage['headers'];
  /** Resolves when the caller has closed its side before the answer ended. */
  readonly left: Promise<unknown>;
}

/** Answers one call. */
export type Answer = (response: ServerResponse) => void | Promise<void>;

/**
 * A stand-in for Anthropic's API on a loopback port, spoken to by the real SDK through real sockets: the nth call gets
 * the nth answer. The real service is paid for and outside.
 */
export const loopback = async (answers: readonly Answer[]) => {
  const calls: LoopbackCall[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = answers[calls.length];
    calls.push({
      body: JSON.parse(Buffer.concat(chunks).toString()),
      headers: request.headers,
      left: once(response, 'close'),
    });
    if (answer) await answer(response);
    else response.writeHead(500).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    calls,
    baseURL: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const frame = (event: { readonly type: string }): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

export const opening = {
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 10, cache_read_input_tokens: 5, cache_creation_input_tokens: 2, output_tokens: 1 },
  },
} as const;

export const text = (...deltas: readonly string[]) => [
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  ...deltas.map((delta) => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: delta },
  })),
  { type: 'content_block_stop', index: 0 },
];

export const toolUse = (index: number, id: string, name: string, ...json: readonly string[]) => [
  { type: 'content_block_start', index, content_block: { type: 'tool_use', id, name, input: {} } },
  ...json.map((partial_json) => ({
    type: 'content_block_delta',
    index,
    delta: { type: 'input_json_delta', partial_json },
  })),
  { type: 'content_block_stop', index },
];

export const closing = (stop_reason: string) => [
  { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 42 } },
  { type: 'message_stop' },
];

/** Streams whole events. */
export const streams =
  (...events: readonly { readonly type: string }[]): Answer =>
  (response) => {
    startStream(response);
    response.end(events.map(frame).join(''));
  };

export const startStream = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
};

/** Streams the bytes one by one, so that every character and every frame is cut somewhere. */
export const streamsByteByByte =
  (...events: readonly { readonly type: string }[]): Answer =>
  async (response) => {
    startStream(response);
    for (const byte of Buffer.from(events.map(frame).join(''))) {
      response.write(Buffer.of(byte));
    }
    response.end();
  };

/** Streams events and then does nothing more. */
export const streamsAndStalls =
  (...events: readonly { readonly type: string }[]): Answer =>
  (response) => {
    startStream(response);
    response.write(events.map(frame).join(''));
  };

/** Streams events and then resets the connection. */
export const streamsAndBreaks =
  (...events: readonly { readonly type: string }[]): Answer =>
  (response) => {
    startStream(response);
    response.write(events.map(frame).join(''), () => response.destroy());
  };

/** Refuses with a status, as the API does. */
export const refuses =
  (status: number, type: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(
      JSON.stringify({ type: 'error', error: { type, message: 'secret detail of the provider' } }),
    );
  };
