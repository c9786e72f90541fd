/**
 * The same path with a language model: the real SDK against a loopback stand-in of the provider (which is paid for and
 * outside) that streams tool calls.
 */
import { readSse, type SseMessage } from '@fk-workflow/core/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  closing,
  loopback,
  opening,
  streams,
  text,
  toolUse,
} from '../packages/core/test/models/anthropic/loopback.js';
import { chat, save, startRun, untilStatus } from './support/api.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

const definition = {
  name: 'Chase the dock',
  steps: [
    {
      id: 'ask',
      kind: 'action',
      action: 'send_initial_email',
      input: { recipient_email: 'dock@chicago.example', facility: 'Chicago DC' },
    },
    { id: 'pause', kind: 'wait', duration: '48h' },
    { id: 'inbox', kind: 'action', action: 'check_email_inbox', input: { since_hours: 48 } },
  ],
};
const json = JSON.stringify({ definition });

const turn = [
  streams(
    opening,
    ...text('Let me draft ', 'that.'),
    ...toolUse(1, 'call_1', 'create_workflow_json', json.slice(0, 40), json.slice(40)),
    ...closing('tool_use'),
  ),
  streams(opening, ...text('It mails the dock and ', 'checks after 48 hours.'), ...closing('end_turn')),
];

let provider: Awaited<ReturnType<typeof loopback>>;
let demo: Demo;
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  provider = await loopback([...turn, ...turn]);
  folder = await dataFolder();
  demo = await startDemo({
    dataDir: folder.path,
    env: {
      ANTHROPIC_API_KEY: 'test-key-1234',
      ANTHROPIC_BASE_URL: provider.baseURL,
      DEMO_TIME_SCALE: '360000',
    },
  });
});
afterAll(async () => {
  await demo.kill();
  await provider.close();
  await folder.remove();
});

test('JSON: the draft is what the tool call said, and it runs', async () => {
  expect(demo.output()).toMatch(/claude/);
  expect(demo.output()).not.toContain('test-key-1234');
  const answer = await chat(demo.url, 'claude-1', 'Mail the dock and look after two days');
  expect(answer.tool_calls_made).toBe(1);
  expect(answer.detected_actions).toEqual(['send_initial_email', 'wait_timer', 'check_email_inbox']);
  expect(answer.draft?.definition.steps[1]).toEqual({ id: 'pause', kind: 'wait', duration: 'PT48H' });
  expect(answer.draft?.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!answer.draft) throw new Error('nothing was drafted');
  const saved = await save(demo.url, answer.draft.definition);
  const { runId } = await startRun(demo.url, saved.id, {});
  expect((await untilStatus(demo.url, runId, ['succeeded', 'failed'])).status).toBe('succeeded');
});

test('SSE: the events arrive in order, the draft only once it is saved', async () => {
  const response = await fetch(`${demo.url}/api/workflow-agent/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ session_id: 'claude-2', message: 'Mail the dock and look after two days' }),
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  if (!response.body) throw new Error('no body');
  const frames: SseMessage[] = [];
  for await (const frame of readSse(response.body)) if (frame.data) frames.push(frame);
  const events = frames.map(({ data }) => JSON.parse(data));
  const types = events.map(({ type }) => type);

  expect(types[0]).toBe('RUN_STARTED');
  expect(types.at(-1)).toBe('RUN_FINISHED');
  expect(types.filter((type) => /^RUN_(FINISHED|ERROR)$/.test(type))).toHaveLength(1);
  expect(types.filter((type) => type === 'TEXT_MESSAGE_START')).toHaveLength(
    types.filter((type) => type === 'TEXT_MESSAGE_END').length,
  );
  const order = ['TOOL_CALL_START', 'TOOL_CALL_ARGS', 'TOOL_CALL_END', 'TOOL_CALL_RESULT'].map((type) =>
    types.indexOf(type),
  );
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);

  // The mirror starts empty, and changes once: to the saved draft.
  expect(events.find(({ type }) => type === 'STATE_SNAPSHOT').snapshot.definition).toBeNull();
  const deltas = events.filter(({ type }) => type === 'STATE_DELTA');
  expect(deltas).toHaveLength(1);
  expect(deltas[0].delta[0]).toEqual({ op: 'test', path: '/revision', value: 0 });
  expect(JSON.stringify(deltas[0])).toContain('send_initial_email');

  const turnId = frames[0]?.id?.split(':')[0];
  expect(frames.map(({ id }) => id)).toEqual(frames.map((_, index) => `${turnId}:${index + 1}`));
  expect(events.at(-1).result).toMatchObject({ status: 'success', turn_id: turnId });
});
