import type { Limits, Turn } from '../../../src/builder.js';
import { type ChatDeps, createChat } from '../../../src/chat/create-chat.js';
import type { Json } from '../../../src/json.js';
import { memoryRateLimiter } from '../../../src/limiters/memory-rate-limiter.js';
import { resolveLimits } from '../../../src/limits.js';
import { memorySessionLock } from '../../../src/locks/memory-session-lock.js';
import type { LanguageModel, ModelEvent } from '../../../src/ports/language-model.js';
import type { TurnEvent } from '../../../src/protocol/turn-events.js';
import { memorySessionStore } from '../../../src/stores/memory-session-store.js';
import { manualClock } from '../../../src/testing/manual-clock.js';
import { scriptedModel } from '../../../src/testing/scripted-model.js';
import { catalog } from './catalog.js';

export const caller = { client: '203.0.113.7' };

const usage = { inputTokens: 10, outputTokens: 5 };

/** A model's last answer of a turn. */
export const says = (...deltas: string[]): ModelEvent[] => [
  ...deltas.map((delta): ModelEvent => ({ type: 'text', delta })),
  { type: 'finish', reason: 'stop', usage },
];

/** An answer that calls tools. */
export const calls = (...tools: [name: string, args: Json][]): ModelEvent[] => [
  ...tools.map(
    ([name, args], index): ModelEvent => ({ type: 'tool_call', id: `c${index}`, name, arguments: args }),
  ),
  { type: 'finish', reason: 'tool_calls', usage },
];

/** A model that waits until its call is aborted, and tells of it. */
export const stuckModel = (deltas: readonly string[] = []) => {
  const signals: AbortSignal[] = [];
  const model: LanguageModel = {
    name: 'stuck',
    async *stream(_request, signal) {
      signals.push(signal);
      for (const delta of deltas) yield { type: 'text', delta };
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    },
  };
  return { model, signals };
};

/** A logger that keeps what it is told. */
export const recordingLogger = () => {
  const lines: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
};

/** Chat over memory ports, with a script or a model. */
export const setUp = (
  script: readonly (readonly ModelEvent[])[] | LanguageModel,
  {
    limits,
    ...given
  }: Partial<Omit<ChatDeps, 'limits' | 'clock' | 'model'>> & { limits?: Partial<Limits> } = {},
) => {
  const clock = manualClock();
  const model = 'stream' in script ? { ...script, requests: [] } : scriptedModel(script);
  const { logger, lines } = recordingLogger();
  let turns = 0;
  const deps = {
    catalog,
    model,
    sessions: memorySessionStore(),
    locks: memorySessionLock(),
    limiter: memoryRateLimiter({ perMinute: 10 }),
    clock,
    logger,
    newId: () => `turn_${++turns}`,
    limits: resolveLimits(limits),
    ...given,
  } satisfies ChatDeps;
  const chat = createChat(deps);
  const send = (message: string, more: { current_workflow?: string; session_id?: string } = {}) =>
    chat.send({ session_id: 's1', message, ...more }, caller);
  const ask = async (...args: Parameters<typeof send>) => (await send(...args)).answer;
  const closeNow = async () => {
    const closing = chat.close(0);
    await clock.advance(0);
    await closing;
  };
  return { ...deps, requests: model.requests, chat, lines, send, ask, closeNow };
};

/** Every event of a turn, to its end. */
export const eventsOf = async (turn: Turn, after?: number): Promise<TurnEvent[]> => {
  const events: TurnEvent[] = [];
  for await (const { event } of turn.events(after)) events.push(event);
  return events;
};

/** What the seed's sentence becomes. */
export const chaseDefinition = {
  name: 'Chase the facility',
  steps: [
    {
      kind: 'action',
      action: 'send_email',
      title: 'Ask the facility',
      input: { to: 'dock@chicago.example' },
    },
    { kind: 'wait', duration: '48h' },
    { kind: 'action', action: 'check_inbox', input: { since_hours: 48 } },
    {
      kind: 'branch',
      cases: [
        { when: '${{ steps.check_inbox.output.hasReply }}', steps: [{ kind: 'stop', outcome: 'succeeded' }] },
      ],
      otherwise: [
        { kind: 'action', action: 'notify_ops', input: { message: 'No reply after ${{ run.id }}' } },
      ],
    },
  ],
};
