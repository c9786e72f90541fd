import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/json.js';
import { createOfflinePlanner } from '../../../src/models/offline-planner/create-offline-planner.js';
import type { ModelEvent, ModelMessage, TurnContext } from '../../../src/ports/language-model.js';
import { chase } from './support/chase.js';
import { logistics } from './support/logistics.js';
import { onboarding } from './support/onboarding.js';

type Draft = TurnContext['draft'];

const user = (text: string): ModelMessage => ({ role: 'user', content: [{ type: 'text', text }] });
const drafted = { definition: chase, problems: [] };

const respond = async (messages: readonly ModelMessage[], draft: Draft = null, actions = logistics) => {
  const events: ModelEvent[] = [];
  const request = { system: '', messages, tools: [], maxOutputTokens: 1000, context: { actions, draft } };
  for await (const event of createOfflinePlanner().stream(request, new AbortController().signal))
    events.push(event);
  return {
    events,
    text: events.flatMap((event) => (event.type === 'text' ? [event.delta] : [])).join(''),
    calls: events.flatMap((event) => (event.type === 'tool_call' ? [event] : [])),
  };
};

/** The conversation after tool calls were answered. */
const answered = async (messages: readonly ModelMessage[], draft: Draft, results: Record<string, Json>) => {
  const { calls } = await respond(messages, draft);
  return [
    ...messages,
    {
      role: 'assistant',
      content: calls.map(({ id, name, arguments: given }) => ({
        type: 'tool_call',
        id,
        name,
        arguments: given,
      })),
    },
    {
      role: 'user',
      content: calls.map(({ id, name }) => ({
        type: 'tool_result',
        id,
        content: JSON.stringify(results[name] ?? {}),
        isError: false,
      })),
    },
  ] satisfies readonly ModelMessage[];
};

describe('a requirement', () => {
  const said = user('I need to send an email, wait 48 hours, check for response, and escalate if no reply');

  test('is analysed, then drafted', async () => {
    const { events, calls } = await respond([said]);
    expect(calls.map(({ name }) => name)).toEqual([
      'analyze_requirement_and_map_actions',
      'create_workflow_json',
    ]);
    expect(calls[0]?.arguments).toMatchObject({
      suggested_actions: ['send_initial_email', 'check_email_inbox', 'send_escalation_email'],
      unmatched: [],
    });
    expect(events.map(({ type }) => type)).toEqual([
      ...[
        'tool_call_start',
        'tool_call_delta',
        'tool_call',
        'tool_call_start',
        'tool_call_delta',
        'tool_call',
        'finish',
      ],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'tool_calls' });
  });

  test('is answered with what was applied: outline, waits, conditions, asked values, and who speaks', async () => {
    const messages = await answered([said], null, {});
    const { text, events } = await respond(messages, drafted);
    expect(text).toContain('- **2.** **Wait 48 hours**');
    expect(text).toContain('`!steps.email_inbox.output.hasReply`');
    expect(text).toContain('to `boss@example.com`');
    expect(text).toContain('- `recipient_email`');
    expect(text).toContain('offline planner: rule-based, no language model');
    expect(events.filter(({ type }) => type === 'text').length).toBeGreaterThan(3);
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
  });

  test('that fits only partly is built, and what was left out is named', async () => {
    const messages = [user('Email the facility and launch a rocket')];
    const { calls } = await respond(messages);
    expect(calls.map(({ name }) => name)).toEqual([
      'analyze_requirement_and_map_actions',
      'create_workflow_json',
      'generate_clarifying_questions',
    ]);
    const { text } = await respond(await answered(messages, null, {}), drafted);
    expect(text).toMatch(/Left out[\s\S]*launch a rocket/);
  });

  test('that nothing can do is refused by name', async () => {
    const messages = [user('bake a cake')];
    const { calls } = await respond(messages);
    expect(calls.map(({ name }) => name)).toEqual([
      'analyze_requirement_and_map_actions',
      'generate_clarifying_questions',
    ]);
    const { text } = await respond(await answered(messages, null, {}));
    expect(text).toContain('“bake a cake”');
  });

  test('in a document is read first', async () => {
    const messages = [user('Build the workflow from the uploaded document')];
    const read = await respond(messages);
    expect(read.calls.map(({ name }) => name)).toEqual(['read_requirement_document']);
    const documents = {
      documents: [{ name: 'a.pdf', text: 'Email the facility.\nWait 2 days.\nCheck the inbox.' }],
    };
    const { calls } = await respond(await answered(messages, null, { read_requirement_document: documents }));
    expect(calls.at(-1)).toMatchObject({
      name: 'create_workflow_json',
      arguments: {
        definition: {
          steps: [{ action: 'send_initial_email' }, { duration: 'P2D' }, { action: 'check_email_inbox' }],
        },
      },
    });
  });

  test('that fits two actions is asked about, and built once answered', async () => {
    const first = [user('look up the shipment and log it')];
    const { calls } = await respond(first);
    expect(calls.at(-1)).toMatchObject({
      name: 'generate_clarifying_questions',
      arguments: {
        questions: [
          'Which action do you mean by “look up the shipment”: “Find shipments” or “Get shipment”?',
        ],
      },
    });
    const then = [
      ...(await answered(first, null, {})),
      { role: 'assistant', content: [{ type: 'text', text: 'Which?' }] } as const,
      user('Get shipment'),
    ];
    const next = await respond(then);
    expect(next.calls.at(-1)).toMatchObject({
      name: 'create_workflow_json',
      arguments: { definition: { steps: [{ action: 'get_shipment' }, { action: 'log_workflow_action' }] } },
    });
  });
});

describe('a draft', () => {
  test('is changed by edits', async () => {
    const messages = [user('wait 24 hours instead of 48')];
    const { calls } = await respond(messages, drafted);
    expect(calls).toMatchObject([
      {
        name: 'modify_workflow_steps',
        arguments: { edits: [{ op: 'update', id: 'wait', set: { '/duration': 'PT24H' } }] },
      },
    ]);
    const applied = { success: true, applied: ['Changed duration of “Wait 24 hours”.'], problems: [] };
    const { text } = await respond(
      await answered(messages, drafted, { modify_workflow_steps: applied }),
      drafted,
    );
    expect(text).toContain('- Changed duration of “Wait 24 hours”.');
  });

  test('whose edit failed is not said to be changed', async () => {
    const messages = [user('remove the wait')];
    const failed = { success: false, error: 'There is no step "wait".' };
    const { text } = await respond(
      await answered(messages, drafted, { modify_workflow_steps: failed }),
      drafted,
    );
    expect(text).toContain('nothing was changed: There is no step "wait".');
    expect(text).not.toContain('Done');
  });

  test('is replaced only when asked to', async () => {
    const requirement = 'I need to get the ETA of FK-1001, wait 2 hours and log it';
    const first = await respond([user(requirement)], drafted);
    expect(first.calls.map(({ name }) => name)).toEqual(['generate_clarifying_questions']);
    const then = [...(await answered([user(requirement)], drafted, {})), user('replace it')];
    const { calls } = await respond(then, drafted);
    expect(calls.at(-1)).toMatchObject({ name: 'create_workflow_json', arguments: { replace: true } });
  });

  test('problems are told', async () => {
    const problem = {
      code: 'missing_input',
      severity: 'error',
      path: '/steps/0',
      message: 'Step 1 needs a facility.',
    } as const;
    const { text } = await respond([user('what does it do?')], { definition: chase, problems: [problem] });
    expect(text).toContain('Step 1 needs a facility.');
  });
});

describe('talk', () => {
  test.each([
    ['hello', null, /Tell me what the workflow should do/],
    ['which actions can I use?', null, /\*\*Shipments\*\*[\s\S]*Get shipment eta/],
    ['what does it do?', drafted, /Chase the facility[\s\S]*Wait 48 hours/],
    ['what does it do?', null, /Nothing is drafted yet/],
    ['undo that', drafted, /cannot undo by chat/],
    ['', null, /Tell me what/],
    ['Bitte sende eine Nachricht an das Lager', null, /I did not understand|“Bitte/],
    ['请给仓库发一封邮件', null, /I did not understand|“请/],
  ] as const)('%s', async (message, draft, reply) => {
    const { text, calls } = await respond([user(message)], draft);
    expect(`${text}${JSON.stringify(calls)}`).toMatch(reply);
    expect(calls.map(({ name }) => name)).not.toContain('create_workflow_json');
  });

  test('lists the actions of any host', async () => {
    expect((await respond([user('what can you do?')], null, onboarding)).text).toContain('**Helpdesk**');
  });
});

describe('whatever is said', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        'if',
        'unless',
        'otherwise',
        'then',
        'wait 2 days',
        'send an email',
        'for each shipment',
        'until',
        'in parallel',
        ',',
        '.',
        '\n',
        '"',
        '${{',
        'step 3',
        'remove',
        'before',
        'after',
        'escalate',
        'swap 1 and 2',
        'every day at 99',
        'no reply',
        '@',
        'a@b.example',
        'approve',
      ),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    ),
    { maxLength: 60 },
  );

  test('it never throws, ends with one finish, and says the same again', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.boolean(), async (parts, hasDraft) => {
        const messages = [user(parts.join(' ').slice(0, 5000))];
        const once = await respond(messages, hasDraft ? drafted : null);
        expect(once.events.filter(({ type }) => type === 'finish')).toHaveLength(1);
        expect(await respond(messages, hasDraft ? drafted : null)).toEqual(once);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test.each([
    ['words', 'if there is no reply then escalate and '],
    ['spaces', ' '],
    ['letters', 'a'],
    ['quotes', '"\''],
    ['digits', '1 '],
    ['addresses', 'a.b@c.d.'],
    ['days', 'every monday and '],
    ['commas', ', , and '],
    ['reminders', 'chase, wait 1 day, '],
    ['questions', 'if a? '],
    ['nouns', 'x,'],
    ['polite', 'please i need to '],
  ])('5000 characters of %s take bounded time', async (_, unit) => {
    // Of this process: what else is at work on the machine does not count.
    const before = process.cpuUsage();
    await respond([user(unit.repeat(5000).slice(0, 5000))]);
    await respond([user(unit.repeat(5000).slice(0, 5000))], drafted);
    const { user: own, system } = process.cpuUsage(before);
    expect((own + system) / 1000).toBeLessThan(3000);
  });

  test('a text that is too long is read in part, and says so', async () => {
    const messages = [user('log it, '.repeat(600))];
    const { calls } = await respond(messages);
    expect(JSON.stringify(calls.at(-1))).toContain('The text is too long');
  });

  test('an aborted call throws the reason', async () => {
    const reason = new Error('gone');
    const request = {
      system: '',
      messages: [user('hi')],
      tools: [],
      maxOutputTokens: 1,
      context: { actions: logistics, draft: null },
    };
    const run = async () => {
      for await (const _ of createOfflinePlanner().stream(request, AbortSignal.abort(reason)))
        expect.unreachable();
    };
    await expect(run()).rejects.toBe(reason);
  });
});
