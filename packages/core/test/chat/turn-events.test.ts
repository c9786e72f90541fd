import { applyPatch } from 'rfc6902';
import { describe, expect, test } from 'vitest';
import type { ModelEvent } from '../../src/ports/language-model.js';
import type { DraftState, LoggedTurnEvent, TurnEvent } from '../../src/protocol/turn-events.js';
import { caller, calls, chaseDefinition, eventsOf, says, setUp, stuckModel } from './support/chat.js';

const usage = { inputTokens: 1, outputTokens: 1 };

/** What a client that mirrors the draft has after these events. */
const mirror = (events: readonly TurnEvent[]): DraftState | undefined => {
  let state: DraftState | undefined;
  for (const event of events) {
    if (event.type === 'STATE_SNAPSHOT') state = structuredClone(event.snapshot);
    if (event.type === 'STATE_DELTA')
      expect(applyPatch(state, structuredClone([...event.delta]) as never)).toEqual(
        event.delta.map(() => null),
      );
  }
  return state;
};

const loggedOf = async (source: AsyncIterable<LoggedTurnEvent>): Promise<LoggedTurnEvent[]> => {
  const events: LoggedTurnEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
};

describe('the events of a turn', () => {
  test('come in order: text live, tool calls, the draft after the save, the answer last', async () => {
    const asksTool: ModelEvent[] = [
      { type: 'text', delta: 'Let me draft.' },
      { type: 'tool_call_start', id: 'c', name: 'create_workflow_json' },
      { type: 'tool_call_delta', id: 'c', delta: '{"definition":' },
      { type: 'tool_call_delta', id: 'c', delta: '…}' },
      {
        type: 'tool_call',
        id: 'c',
        name: 'create_workflow_json',
        arguments: { definition: chaseDefinition },
      },
      { type: 'finish', reason: 'tool_calls', usage },
    ];
    const { send } = setUp([asksTool, says('It is ', 'drafted.')]);
    const turn = await send('Chase');
    const answer = await turn.answer;
    const events = await eventsOf(turn);
    expect(events.map(({ type }) => type)).toEqual([
      'RUN_STARTED',
      'STATE_SNAPSHOT',
      'TEXT_MESSAGE_START',
      'TEXT_MESSAGE_CONTENT',
      'TEXT_MESSAGE_END',
      'TOOL_CALL_START',
      'TOOL_CALL_ARGS',
      'TOOL_CALL_ARGS',
      'TOOL_CALL_END',
      'TOOL_CALL_RESULT',
      'TEXT_MESSAGE_START',
      'TEXT_MESSAGE_CONTENT',
      'TEXT_MESSAGE_CONTENT',
      'TEXT_MESSAGE_CONTENT',
      'TEXT_MESSAGE_END',
      'STATE_DELTA',
      'RUN_FINISHED',
    ]);
    expect(events[0]).toEqual({ type: 'RUN_STARTED', threadId: 's1', runId: 'turn_1' });
    expect(events.at(-1)).toMatchObject({ result: answer, outcome: { type: 'success' } });
    const said = events.flatMap((event) => (event.type === 'TEXT_MESSAGE_CONTENT' ? [event.delta] : []));
    expect(said.join('')).toBe('Let me draft.It is drafted.\n\nDoes this workflow look good?');
    expect(answer.agent_response).toBe('Let me draft.\n\nIt is drafted.\n\nDoes this workflow look good?');
  });

  test('tell of the draft only what is saved', async () => {
    const { send, sessions } = setUp([
      calls(['create_workflow_json', { definition: chaseDefinition }]),
      says('Done.'),
    ]);
    const turn = await send('Chase');
    for await (const { event } of turn.events()) {
      if (event.type === 'STATE_DELTA') expect((await sessions.load('s1'))?.session.draft?.revision).toBe(1);
    }
    expect(mirror(await eventsOf(turn))).toEqual((await turn.answer).draft);
  });

  test('begin the next turn with the draft, and patch it', async () => {
    const { ask, send } = setUp([
      calls(['create_workflow_json', { definition: chaseDefinition }]),
      says('Done.'),
      calls(['modify_workflow_steps', { edits: [{ op: 'move', id: 'check_inbox', at: { first: true } }] }]),
      says('Moved.'),
    ]);
    const first = await ask('Chase');
    const turn = await send('Check first');
    const events = await eventsOf(turn);
    expect(events[1]).toEqual({ type: 'STATE_SNAPSHOT', snapshot: first.draft });
    const delta = events.find((event) => event.type === 'STATE_DELTA');
    expect(delta?.delta[0]).toEqual({ op: 'test', path: '/revision', value: 1 });
    expect(mirror(events)).toEqual((await turn.answer).draft);
  });

  test('have ids by turn and number; a reader goes on after any of them', async () => {
    const { send } = setUp([says('One.')]);
    const turn = await send('Hello');
    await turn.answer;
    const all = await loggedOf(turn.events());
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => `turn_1:${index + 1}`));
    expect(await loggedOf(turn.events(3))).toEqual(all.slice(3));
    expect(await loggedOf(turn.events(99))).toEqual([]);
  });

  test('reach several readers live; one that leaves stops at once and disturbs nobody', async () => {
    const stuck = stuckModel(['Hello']);
    const { send, closeNow } = setUp(stuck.model);
    const turn = await send('Hello');
    const leaver = turn.events()[Symbol.asyncIterator]();
    for (let n = 0; n < 4; n++) await leaver.next();
    const pending = leaver.next();
    await leaver.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await leaver.next()).toEqual({ done: true, value: undefined });
    expect(stuck.signals[0]?.aborted).toBe(false);
    const reading = eventsOf(turn);
    await closeNow();
    expect((await reading).at(-1)).toMatchObject({ type: 'RUN_ERROR' });
  });

  test('give every tool call an id of its own, even when the model repeats its ids', async () => {
    const { chat } = setUp([
      calls(['get_available_actions', {}], ['read_requirement_document', {}]),
      calls(['get_available_actions', {}]),
      says('Done.'),
    ]);
    const turn = await chat.send({ session_id: 's1', message: 'Hello' }, caller);
    const events = await eventsOf(turn);
    const ids = (type: TurnEvent['type']) =>
      events.flatMap((event) => (event.type === type && 'toolCallId' in event ? [event.toolCallId] : []));
    expect(new Set(ids('TOOL_CALL_START')).size).toBe(3);
    expect(ids('TOOL_CALL_END').toSorted()).toEqual(ids('TOOL_CALL_START').toSorted());
    expect(ids('TOOL_CALL_RESULT').toSorted()).toEqual(ids('TOOL_CALL_START').toSorted());
  });
});
