import { describe, expect, test } from 'vitest';
import { callTool } from '../../../src/agent/tools/call-tool.js';
import type { ToolContext } from '../../../src/agent/tools/tool.js';
import { workingDraft } from '../../../src/agent/working-draft.js';
import type { Json } from '../../../src/json.js';
import type { Definition } from '../../../src/workflow/definition.js';
import { catalog } from '../../chat/support/catalog.js';
import { chaseDefinition } from '../../chat/support/chat.js';

const definition: Definition = {
  id: 'chase',
  name: 'Chase',
  steps: [
    { id: 'ask', kind: 'action', action: 'send_email', title: 'Ask', input: { to: 'a@example.com' } },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    { id: 'inbox', kind: 'action', action: 'check_inbox' },
  ],
};

const setUp = (saved: Definition | null = definition) => {
  const draft = workingDraft(saved, { actions: catalog, limits: { steps: 500 } });
  const asked: string[][] = [];
  const context: ToolContext = {
    actions: catalog,
    draft,
    documents: [{ name: 'sop.pdf', text: 'Mail the dock.' }],
    ask: (questions) => void asked.push([...questions]),
  };
  const call = (name: string, args: Json = {}) => {
    const { content, isError } = callTool({ name, arguments: args }, context);
    return { isError, result: JSON.parse(content) };
  };
  const ids = () => draft.current()?.definition.steps.map(({ id }) => id);
  return { draft, asked, call, ids, modify: (args: Json) => call('modify_workflow_steps', args) };
};

describe('read_requirement_document', () => {
  test('gives the documents', () => {
    expect(setUp().call('read_requirement_document').result).toEqual({
      documents: [{ name: 'sop.pdf', text: 'Mail the dock.' }],
    });
  });
});

describe('get_available_actions', () => {
  test('lists, searches and filters with schemas', () => {
    const { call } = setUp();
    const ids = (args: Json) =>
      call('get_available_actions', args).result.actions.map(({ id }: { id: string }) => id);
    expect(ids({})).toEqual(['send_email', 'check_inbox', 'notify_ops']);
    expect(ids({ query: 'send a mail' })[0]).toBe('send_email');
    expect(ids({ category: 'notifications' })).toEqual(['notify_ops']);
    expect(call('get_available_actions').result.actions[0]).toMatchObject({
      effect: 'irreversible',
      input_schema: { type: 'object', required: ['to'] },
    });
  });
});

describe('analyze_requirement_and_map_actions', () => {
  test('checks ids against the catalog, aliases and step kinds included', () => {
    const args = {
      requirement: 'Mail and wait',
      suggested_actions: ['send_email', 'wait_timer', 'notify_ops_real', 'launch_rocket'],
      unmatched: ['fly'],
    };
    expect(setUp().call('analyze_requirement_and_map_actions', args).result).toEqual({
      suggested_actions: ['send_email', 'wait_timer', 'notify_ops'],
      unmatched: ['fly'],
      unknown_actions: ['launch_rocket'],
    });
  });

  test('searches when nothing is suggested', () => {
    const { result } = setUp().call('analyze_requirement_and_map_actions', {
      requirement: 'Look into the inbox',
    });
    expect(result.suggested_actions).toEqual(['check_inbox']);
  });
});

describe('generate_clarifying_questions', () => {
  test('notes the questions, the last ones counting', () => {
    const { call, asked } = setUp();
    call('generate_clarifying_questions', { questions: [' Who? ', ''] });
    call('generate_clarifying_questions', { questions: [] });
    expect(asked).toEqual([['Who?'], []]);
  });
});

describe('create_workflow_json', () => {
  test('drafts with ids for what has none, durations normalised, and an outline', () => {
    const { call, draft } = setUp(null);
    const { result, isError } = call('create_workflow_json', { definition: chaseDefinition });
    expect(isError).toBe(false);
    expect(result).toMatchObject({ success: true, problems: expect.any(Array), outline: expect.any(String) });
    expect(draft.current()?.definition).toMatchObject({
      id: 'chase-the-facility',
      steps: [
        { id: 'send_email' },
        { id: 'wait', duration: 'PT48H' },
        { id: 'check_inbox' },
        { id: 'branch' },
      ],
    });
  });

  test('gives distinct ids, and keeps those that are given', () => {
    const { call, ids } = setUp(null);
    const steps = [
      { kind: 'wait', duration: '1h' },
      { id: 'wait_2', kind: 'wait', duration: '1h' },
      { kind: 'wait', duration: '1h' },
      { kind: 'wait', duration: '1h' },
    ];
    call('create_workflow_json', { definition: { name: 'Waits', steps } });
    expect(ids()).toEqual(['wait', 'wait_2', 'wait_3', 'wait_4']);
  });

  test('keeps a draft that is there unless it is to be replaced', () => {
    const { call, ids } = setUp();
    expect(call('create_workflow_json', { definition: chaseDefinition })).toMatchObject({ isError: true });
    expect(ids()).toEqual(['ask', 'pause', 'inbox']);
    call('create_workflow_json', { definition: chaseDefinition, replace: true });
    expect(ids()?.[0]).toBe('send_email');
  });

  test('answers what is wrong with a structure that cannot be read, and drafts nothing', () => {
    const { call, draft } = setUp(null);
    const { isError, result } = call('create_workflow_json', {
      definition: { name: 'x', steps: [{ kind: 'dance' }] },
    });
    expect(isError).toBe(true);
    expect(result).toMatchObject({ success: false, problems: [{ code: 'unknown_kind' }] });
    expect(draft.current()).toBeNull();
  });
});

describe('validate_workflow_completeness', () => {
  test('says what is missing', () => {
    const { call, modify } = setUp();
    expect(call('validate_workflow_completeness').result).toMatchObject({ complete: true });
    modify({ edits: [{ op: 'update', id: 'ask', set: {}, unset: ['/input/to'] }] });
    const { result } = call('validate_workflow_completeness');
    expect(result.complete).toBe(false);
    expect(result.problems[0]).toMatchObject({ severity: 'error', stepId: 'ask' });
    expect(setUp(null).call('validate_workflow_completeness').isError).toBe(true);
  });
});

describe('modify_workflow_steps', () => {
  test('applies edits, says what it did and leaves the rest as it was', () => {
    const { modify, draft } = setUp();
    const { result } = modify({
      edits: [
        {
          op: 'insert',
          at: { after: 'inbox' },
          step: { kind: 'action', action: 'notify_ops', input: { message: 'Late' } },
        },
        { op: 'update', id: 'pause', set: { '/duration': '24h' } },
      ],
    });
    expect(result).toMatchObject({
      success: true,
      applied: [
        'Adds “Notify operations” after “Check inbox”.',
        'Changes duration of “Wait 48 hours” from 48 hours to 24 hours.',
      ],
      updated_steps: [{ stepNumber: 1, id: 'ask' }, {}, {}, { id: 'notify_ops', actionId: 'notify_ops' }],
    });
    expect(draft.current()?.definition.steps[0]).toEqual(definition.steps[0]);
  });

  test('applies all edits or none', () => {
    const { modify, ids, draft } = setUp();
    const { isError, result } = modify({
      edits: [
        { op: 'remove', id: 'ask' },
        { op: 'remove', id: 'nobody' },
      ],
    });
    expect(isError).toBe(true);
    expect(result.error).toContain('nobody');
    expect(ids()).toEqual(['ask', 'pause', 'inbox']);
    expect(draft.changed()).toBe(false);
  });

  test.each<[string, Json, readonly string[]]>([
    [
      'add at the end',
      { modification_type: 'add', details: { action_id: 'notify_ops', params: { message: 'x' } } },
      ['ask', 'pause', 'inbox', 'notify_ops'],
    ],
    [
      'add after a step',
      {
        modification_type: 'add',
        details: { action_id: 'wait_timer', params: { duration: '1h' }, insert_after: 1 },
      },
      ['ask', 'wait_timer', 'pause', 'inbox'],
    ],
    [
      'add at the start',
      { modification_type: 'add', details: { action_id: 'check_inbox', insert_after: 0 } },
      ['check_inbox', 'ask', 'pause', 'inbox'],
    ],
    [
      'details as text',
      { current_steps: '[]', modification_type: 'remove', details: '{"step_number": "2"}' },
      ['ask', 'inbox'],
    ],
    [
      'reorder down',
      { modification_type: 'reorder', details: { from_position: 1, to_position: 3 } },
      ['pause', 'inbox', 'ask'],
    ],
    [
      'reorder up',
      { modification_type: 'reorder', details: { from_position: 3, to_position: 1 } },
      ['inbox', 'ask', 'pause'],
    ],
  ])('takes the arguments of the first version: %s', (_, args, expected) => {
    const { modify, ids } = setUp();
    expect(modify(args)).toMatchObject({ isError: false, result: { success: true } });
    expect(ids()).toEqual(expected);
  });

  test('updates only the parameters that are named', () => {
    const { modify, draft } = setUp();
    modify({ modification_type: 'update', details: { step_number: 1, params: { subject: 'ETA' } } });
    expect(draft.current()?.definition.steps[0]).toMatchObject({
      input: { to: 'a@example.com', subject: 'ETA' },
    });
  });

  test.each<[string, Json, string]>([
    ['nothing', {}, 'Give "edits"'],
    ['no edits', { edits: [] }, 'empty'],
    ['an edit that is none', { edits: [{ op: 'explode' }] }, 'explode'],
    ['an edit without op', { edits: [1] }, 'edits[0]'],
    ['another modification', { modification_type: 'explode', details: {} }, 'add, remove, update or reorder'],
    [
      'a step that is not there',
      { modification_type: 'remove', details: { step_number: 9 } },
      'numbered 1 to 3',
    ],
    [
      'an unknown action',
      { modification_type: 'add', details: { action_id: 'launch_rocket' } },
      'launch_rocket',
    ],
    ['details that are no JSON', { modification_type: 'add', details: '{' }, 'not JSON'],
    [
      'a field the step does not have',
      { edits: [{ op: 'update', id: 'pause', set: { '/colour': 'red' } }] },
      'colour',
    ],
    [
      'a dangerous pointer',
      { edits: [{ op: 'update', id: 'ask', set: { '/input/__proto__/x': 1 } }] },
      '__proto__',
    ],
  ])('refuses %s with a sentence and changes nothing', (_, args, sentence) => {
    const { modify, draft } = setUp();
    const { isError, result } = modify(args);
    expect(isError).toBe(true);
    expect(result).toMatchObject({ success: false, error: expect.stringContaining(sentence) });
    expect(draft.changed()).toBe(false);
  });

  test('keeps the id of a step that is replaced', () => {
    const { modify, ids } = setUp();
    modify({ edits: [{ op: 'replace', id: 'pause', step: { kind: 'wait', signal: 'reply' } }] });
    expect(ids()).toEqual(['ask', 'pause', 'inbox']);
  });

  test('starts a draft when there is none', () => {
    const { modify, ids } = setUp(null);
    modify({
      modification_type: 'add',
      details: { action_id: 'send_email', params: { to: 'a@example.com' } },
    });
    expect(ids()).toEqual(['send_email']);
  });
});
