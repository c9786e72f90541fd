import { describe, expect, test } from 'vitest';
import { createOfflinePlanner } from '../../src/models/offline-planner/create-offline-planner.js';
import { setUp } from './support/chat.js';

describe('chat with the offline planner', () => {
  test('drafts a sentence, then changes one step and keeps every other', async () => {
    const { ask } = setUp(createOfflinePlanner());
    const first = await ask(
      'Email dock@chicago.example, wait 48 hours, check the inbox, and if there is no reply notify operations that it is late',
    );
    expect(first.detected_actions).toEqual([
      'send_email',
      'wait_timer',
      'check_inbox',
      'conditional_router',
      'notify_ops',
    ]);
    expect(first.collected_params?.wait_timer).toEqual({ duration: 'PT48H' });
    expect(first.agent_response).toMatch(/Does this workflow look good\?$/);

    const second = await ask('make it 24 hours', { current_workflow: JSON.stringify(first.updated_steps) });
    expect(second.draft).toMatchObject({ revision: 2 });
    expect(second.collected_params?.wait_timer).toEqual({ duration: 'PT24H' });
    const others = (answer: typeof first) =>
      answer.draft?.definition.steps.filter(({ kind }) => kind !== 'wait');
    expect(others(second)).toEqual(others(first));
  });
});
