import { describe, expect, test } from 'vitest';
import type { AgentListener } from '../../src/agent/ask-model.js';
import { runAgent } from '../../src/agent/run-agent.js';
import { workingDraft } from '../../src/agent/working-draft.js';
import type { ModelEvent } from '../../src/ports/language-model.js';
import { scriptedModel } from '../../src/testing/scripted-model.js';
import { catalog } from '../chat/support/catalog.js';
import { calls, chaseDefinition, says } from '../chat/support/chat.js';

const recorder = () => {
  const heard: string[] = [];
  const listener: AgentListener = {
    text: (delta) => void heard.push(`text ${delta}`),
    messageEnd: () => void heard.push('end'),
    toolCallStart: (_, name) => void heard.push(`call ${name}`),
    toolCallArguments: (_, delta) => void heard.push(`args ${delta}`),
    toolCallEnd: () => void heard.push('call end'),
    toolCallResult: (_, content) => void heard.push(`result ${content}`),
  };
  return { heard, listener };
};

const run = async (script: readonly (readonly ModelEvent[])[], maxModelCalls = 12) => {
  const model = scriptedModel(script);
  const draft = workingDraft(null, { actions: catalog, limits: { steps: 500 } });
  const { heard, listener } = recorder();
  const outcome = await runAgent({
    model,
    actions: catalog,
    message: 'Chase the facility',
    turns: [],
    documents: [],
    draft,
    maxModelCalls,
    signal: new AbortController().signal,
    listener,
  });
  return { model, draft, heard, outcome };
};

describe('the agent', () => {
  test('tells the model the catalog, the rules and every tool with an object schema', async () => {
    const { model } = await run([says('Hello.')]);
    const [request] = model.requests;
    expect(request?.system).toContain('send_email (irreversible)');
    expect(request?.system).toContain('Inputs: to*, subject');
    expect(request?.system).toContain('Nothing is drafted yet.');
    expect(request?.tools.map(({ name }) => name)).toEqual([
      'read_requirement_document',
      'get_available_actions',
      'analyze_requirement_and_map_actions',
      'generate_clarifying_questions',
      'create_workflow_json',
      'validate_workflow_completeness',
      'modify_workflow_steps',
    ]);
    expect(request?.tools.every(({ inputSchema }) => inputSchema.type === 'object')).toBe(true);
  });

  test('calls tools until the model calls none, and gives it their results and the new draft', async () => {
    const { model, outcome, heard } = await run([
      calls(['create_workflow_json', { definition: chaseDefinition }]),
      says('Drafted.'),
    ]);
    expect(outcome).toMatchObject({
      toolCalls: 1,
      modelCalls: 2,
      usage: { inputTokens: 20, outputTokens: 10 },
    });
    expect(outcome.transcript.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(model.requests[1]?.context.draft?.definition.name).toBe('Chase the facility');
    expect(model.requests[1]?.system).toBe(model.requests[0]?.system);
    expect(heard.slice(0, 3)).toEqual([
      'call create_workflow_json',
      `args ${JSON.stringify({ definition: chaseDefinition })}`,
      'call end',
    ]);
  });

  test('stops at its number of model calls and says so', async () => {
    const again = calls(['get_available_actions', {}]);
    const { outcome, heard, model } = await run([again, again, again], 2);
    expect(model.requests).toHaveLength(2);
    expect(outcome.modelCalls).toBe(2);
    expect(heard.at(-2)).toContain('I stopped after 2 steps');
  });

  test('survives an unknown tool, arguments that are no JSON, and arguments of the wrong type', async () => {
    const broken: ModelEvent[] = [
      { type: 'tool_call', id: 'a', name: 'launch_rocket', arguments: {} },
      {
        type: 'tool_call',
        id: 'b',
        name: 'create_workflow_json',
        arguments: {},
        invalid: '{"definition": {',
      },
      { type: 'tool_call', id: 'c', name: 'create_workflow_json', arguments: [1] },
      {
        type: 'tool_call',
        id: 'd',
        name: 'generate_clarifying_questions',
        arguments: { questions: 'what?' },
      },
      { type: 'finish', reason: 'tool_calls', usage: { inputTokens: 1, outputTokens: 1 } },
    ];
    const { model, outcome } = await run([broken, says('Sorry.')]);
    const results = model.requests[1]?.messages.at(-1)?.content ?? [];
    expect(results.map((part) => part.type === 'tool_result' && part.isError)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(JSON.stringify(results)).toContain('There is no tool');
    expect(JSON.stringify(results)).toContain('not valid JSON');
    expect(JSON.stringify(results)).toContain('must be a JSON object');
    expect(JSON.stringify(results)).toContain('must be a list of strings');
    expect(outcome.toolCalls).toBe(4);
  });

  test('finds words of its own when the model has none, or was cut', async () => {
    const silent = await run([calls(['create_workflow_json', { definition: chaseDefinition }]), says()]);
    expect(silent.heard.at(-2)).toContain('The workflow is now:');
    const asking = await run([calls(['generate_clarifying_questions', { questions: ['Who?'] }]), says(' ')]);
    expect(asking.heard.at(-2)).toContain('- Who?');
    const cut = await run([
      [
        { type: 'text', delta: 'Half a' },
        { type: 'finish', reason: 'length', usage: { inputTokens: 1, outputTokens: 1 } },
      ],
    ]);
    expect(cut.heard.at(-2)).toContain('length limit');
  });
});
