import { expect, test } from 'vitest';
import type { ModelEvent, ModelRequest } from '../../src/ports/language-model.js';
import { scriptedModel } from '../../src/testing/scripted-model.js';

const request = (text: string): ModelRequest => ({
  system: 'You build workflows.',
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
  tools: [],
  maxOutputTokens: 100,
  context: { actions: { get: () => undefined, all: () => [] }, draft: null },
});
const hello: ModelEvent[] = [
  { type: 'text', delta: 'Hello.' },
  { type: 'finish', reason: 'stop', usage: { inputTokens: 1, outputTokens: 1 } },
];
const collect = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

test('plays its answers in order and records what it was asked', async () => {
  const model = scriptedModel([hello, hello.slice(1)]);
  const { signal } = new AbortController();
  const first = request('one');
  expect(await collect(model.stream(first, signal))).toEqual(hello);
  Object.assign(first.messages[0] ?? {}, { role: 'assistant' });
  expect(await collect(model.stream(request('two'), signal))).toEqual(hello.slice(1));
  expect(model.requests.map(({ messages }) => messages)).toEqual([
    request('one').messages,
    request('two').messages,
  ]);
  await expect(collect(model.stream(request('three'), signal))).rejects.toMatchObject({
    code: 'model_failed',
  });
});

test('stops when it is aborted', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const seen: ModelEvent[] = [];
  const reading = (async () => {
    for await (const event of scriptedModel([hello]).stream(request('one'), abort.signal)) {
      seen.push(event);
      abort.abort(reason);
    }
  })();
  await expect(reading).rejects.toBe(reason);
  expect(seen).toEqual(hello.slice(0, 1));
});
