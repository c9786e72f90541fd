/** The events of a turn are AG-UI 1.0: the schemas of `@ag-ui/core` take every one of them, and drop no field. */
import { EventSchemas } from '@ag-ui/core/schemas';
import { expect, test } from 'vitest';
import { createWorkflowBuilder } from '../../src/create-workflow-builder.js';
import type { LanguageModel, ModelEvent } from '../../src/ports/language-model.js';
import type { TurnEvent } from '../../src/protocol/turn-events.js';
import { manualClock } from '../../src/testing/manual-clock.js';
import { scriptedModel } from '../../src/testing/scripted-model.js';
import { catalog } from '../chat/support/catalog.js';
import { recordingLogger } from '../stores/support/recording-logger.js';

/** The events of turns with these messages in one session. */
const eventsOf = async (model: LanguageModel | undefined, ...messages: string[]): Promise<TurnEvent[]> => {
  const builder = createWorkflowBuilder({
    catalog,
    logger: recordingLogger(),
    clock: manualClock(),
    ...(model ? { model } : {}),
  });
  await builder.start();
  const events: TurnEvent[] = [];
  for (const message of messages) {
    const turn = await builder.chat.send({ session_id: 's1', message }, { client: 'me' });
    turn.answer.catch(() => undefined);
    for await (const { event } of turn.events()) events.push(event);
  }
  await builder.close(0);
  return events;
};

const check = (events: readonly TurnEvent[]): void => {
  for (const event of events) expect(EventSchemas.parse(event)).toEqual(event);
};

test('a draft and a change of it', async () => {
  const events = await eventsOf(undefined, 'send an email, wait 48 hours', 'wait 24 hours instead of 48');
  check(events);
  const types = new Set(events.map(({ type }) => type));
  for (const type of [
    'RUN_STARTED',
    'STATE_SNAPSHOT',
    'TOOL_CALL_START',
    'TOOL_CALL_ARGS',
    'TOOL_CALL_END',
    'TOOL_CALL_RESULT',
    'STATE_DELTA',
    'TEXT_MESSAGE_START',
    'TEXT_MESSAGE_CONTENT',
    'TEXT_MESSAGE_END',
    'RUN_FINISHED',
  ]) {
    expect(types).toContain(type);
  }
});

test('a turn that fails', async () => {
  const cut: ModelEvent[] = [{ type: 'text', delta: 'Let me' }];
  const events = await eventsOf(scriptedModel([cut]), 'send an email');
  check(events);
  expect(events.at(-1)?.type).toBe('RUN_ERROR');
});
