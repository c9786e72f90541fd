import { afterEach, describe, expect, test } from 'vitest';
import { WorkflowError } from '../../../src/errors.js';
import {
  type AnthropicModelOptions,
  createAnthropicModel,
} from '../../../src/models/anthropic/create-anthropic-model.js';
import type { LanguageModel, ModelEvent, ModelRequest } from '../../../src/ports/language-model.js';
import {
  type Answer,
  closing,
  loopback,
  opening,
  refuses,
  streams,
  streamsAndBreaks,
  streamsAndStalls,
  streamsByteByByte,
  text,
  toolUse,
} from './loopback.js';

const request: ModelRequest = {
  system: 'You build workflows.',
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'Mail the dock' }] },
    { role: 'assistant', content: [{ type: 'tool_call', id: 'call_0', name: 'look', arguments: { a: 1 } }] },
    { role: 'user', content: [{ type: 'tool_result', id: 'call_0', content: 'seen', isError: false }] },
  ],
  tools: [
    { name: 'look', description: 'Looks.', inputSchema: { type: 'object', properties: {} } },
    { name: 'create', description: 'Creates.', inputSchema: { type: 'object', properties: {} } },
  ],
  maxOutputTokens: 500,
  context: { actions: { get: () => undefined, all: () => [] }, draft: null },
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const modelOver = async (
  answers: readonly Answer[],
  options: Partial<AnthropicModelOptions> = {},
): Promise<{ model: LanguageModel; calls: Awaited<ReturnType<typeof loopback>>['calls'] }> => {
  const server = await loopback(answers);
  const model = await createAnthropicModel({ apiKey: 'key-1', baseURL: server.baseURL, ...options });
  closers.push(server.close, async () => model.close?.());
  return { model, calls: server.calls };
};

const never = new AbortController().signal;

const collect = async (model: LanguageModel, signal: AbortSignal = never): Promise<ModelEvent[]> => {
  const events: ModelEvent[] = [];
  for await (const event of model.stream(request, signal)) events.push(event);
  return events;
};

const failure = async (model: LanguageModel): Promise<WorkflowError> => {
  const error: unknown = await collect(model).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!WorkflowError.is(error)) throw new Error('expected a WorkflowError', { cause: error });
  return error;
};

const hello = streams(opening, ...text('Hel', 'lo'), ...closing('end_turn'));

test('streams text and tool calls in order, whole and in deltas', async () => {
  const { model } = await modelOver([
    streams(
      opening,
      ...text('I will ', 'mail.'),
      ...toolUse(1, 'call_1', 'create', '{"name":', '"Mail"}'),
      ...toolUse(2, 'call_2', 'look'),
      ...closing('tool_use'),
    ),
  ]);
  expect(await collect(model)).toEqual([
    { type: 'text', delta: 'I will ' },
    { type: 'text', delta: 'mail.' },
    { type: 'tool_call_start', id: 'call_1', name: 'create' },
    { type: 'tool_call_delta', id: 'call_1', delta: '{"name":' },
    { type: 'tool_call_delta', id: 'call_1', delta: '"Mail"}' },
    { type: 'tool_call', id: 'call_1', name: 'create', arguments: { name: 'Mail' } },
    { type: 'tool_call_start', id: 'call_2', name: 'look' },
    { type: 'tool_call', id: 'call_2', name: 'look', arguments: {} },
    { type: 'finish', reason: 'tool_calls', usage: { inputTokens: 17, outputTokens: 42 } },
  ]);
});

test('sends what it was given, and marks the prefixes to cache', async () => {
  const { model, calls } = await modelOver([hello], { model: 'claude-test' });
  await collect(model);
  const cache_control = { type: 'ephemeral' };
  expect(calls[0]?.headers.authorization).toBe('Bearer key-1');
  expect(calls[0]?.body).toEqual({
    model: 'claude-test',
    max_tokens: 500,
    stream: true,
    system: [{ type: 'text', text: 'You build workflows.', cache_control }],
    tools: [
      { name: 'look', description: 'Looks.', input_schema: { type: 'object', properties: {} } },
      {
        name: 'create',
        description: 'Creates.',
        input_schema: { type: 'object', properties: {} },
        cache_control,
      },
    ],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Mail the dock' }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call_0', name: 'look', input: { a: 1 } }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_0', content: 'seen', is_error: false, cache_control },
        ],
      },
    ],
  });
});

test('reads characters and frames that are cut anywhere', async () => {
  const { model } = await modelOver([
    streamsByteByByte(opening, ...text('Grüße 🚚 ', 'an die Rampe'), ...closing('end_turn')),
  ]);
  const events = await collect(model);
  expect(events.map((event) => (event.type === 'text' ? event.delta : '')).join('')).toBe(
    'Grüße 🚚 an die Rampe',
  );
});

test('hands on arguments that are no JSON as text', async () => {
  const { model } = await modelOver([
    streams(opening, ...toolUse(0, 'call_1', 'create', '{"name": '), ...closing('tool_use')),
  ]);
  expect(await collect(model)).toContainEqual({
    type: 'tool_call',
    id: 'call_1',
    name: 'create',
    arguments: {},
    invalid: '{"name": ',
  });
});

describe('before the first event', () => {
  test('a busy or broken provider is tried again, honouring a short Retry-After', async () => {
    const { model, calls } = await modelOver([
      refuses(529, 'overloaded_error', { 'retry-after': '1' }),
      refuses(500, 'api_error'),
      hello,
    ]);
    const started = performance.now();
    expect((await collect(model)).at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
    expect(performance.now() - started).toBeGreaterThan(990);
    expect(calls).toHaveLength(3);
  });

  test('it gives up after three tries, without the words of the provider', async () => {
    const { model, calls } = await modelOver(Array.from({ length: 5 }, () => refuses(500, 'api_error')));
    const error = await failure(model);
    expect(error.code).toBe('model_failed');
    expect(error.message).not.toContain('secret detail');
    expect(calls).toHaveLength(3);
  });

  test.each([
    [401, 'authentication_error', 'model_unavailable', /API key/],
    [400, 'invalid_request_error', 'model_failed', /shorter/],
    [404, 'not_found_error', 'model_unavailable', /name/],
  ])('a %i is not tried again', async (status, type, code, sentence) => {
    const { model, calls } = await modelOver([refuses(status, type), hello]);
    const error = await failure(model);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
    expect(calls).toHaveLength(1);
  });

  test('a long Retry-After is told instead of slept', async () => {
    const { model, calls } = await modelOver([
      refuses(429, 'rate_limit_error', { 'retry-after': '90' }),
      hello,
    ]);
    const error = await failure(model);
    expect([error.code, error.retryAfter]).toEqual(['model_unavailable', 90]);
    expect(calls).toHaveLength(1);
  });

  test('a provider that cannot be reached is model_unavailable', async () => {
    const server = await loopback([]);
    await server.close();
    const model = await createAnthropicModel({ apiKey: 'key-1', baseURL: server.baseURL });
    closers.push(async () => model.close?.());
    expect((await failure(model)).code).toBe('model_unavailable');
  });
});

describe('after the first event', () => {
  test.each([
    ['a reset', streamsAndBreaks(opening, ...text('Hel'))],
    ['an end without an outcome', streams(opening, ...text('Hel'))],
    ['a stall', streamsAndStalls(opening, ...text('Hel'))],
    [
      'an error event',
      streams(
        opening,
        ...text('Hel'),
        Object.assign({ type: 'error' }, { error: { type: 'overloaded_error' } }),
      ),
    ],
  ])('%s fails the call and is not tried again', async (_, answer) => {
    const { model, calls } = await modelOver([answer, hello], { idleTimeoutMs: 200 });
    const error = await failure(model);
    expect(['model_failed', 'model_unavailable']).toContain(error.code);
    expect(calls).toHaveLength(1);
  });

  test('a stalled call closes its socket', async () => {
    const { model, calls } = await modelOver([streamsAndStalls(opening)], { idleTimeoutMs: 100 });
    await failure(model);
    await calls[0]?.left;
  });

  test('aborting ends the upstream call and throws the reason', async () => {
    const { model, calls } = await modelOver([streamsAndStalls(opening, ...text('Hel'))]);
    const abort = new AbortController();
    const reason = new WorkflowError('timeout', 'It took too long.');
    const seen: ModelEvent[] = [];
    const reading = (async () => {
      for await (const event of model.stream(request, abort.signal)) {
        seen.push(event);
        abort.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(seen).toEqual([{ type: 'text', delta: 'Hel' }]);
    await calls[0]?.left;
  });

  test('a reader that leaves ends the upstream call', async () => {
    const { model, calls } = await modelOver([streamsAndStalls(opening, ...text('Hel'))]);
    for await (const _ of model.stream(request, never)) break;
    await calls[0]?.left;
  });
});

test('a call beyond the bound waits for a slot, and leaves the queue when it is aborted', async () => {
  const { model, calls } = await modelOver([streamsAndStalls(opening, ...text('Hel')), hello], {
    maxConcurrent: 1,
  });
  const first = model.stream(request, never)[Symbol.asyncIterator]();
  await first.next();
  const abort = new AbortController();
  const second = collect(model, abort.signal);
  abort.abort(new WorkflowError('cancelled', 'Stopped.'));
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  expect(calls).toHaveLength(1);

  const third = collect(model);
  await first.return?.();
  expect((await third).at(-1)).toMatchObject({ type: 'finish' });
});
