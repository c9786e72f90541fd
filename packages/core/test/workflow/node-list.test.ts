import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WorkflowError } from '../../src/errors.js';
import { fromNodeList } from '../../src/workflow/node-list/from-node-list.js';
import { isNodeList } from '../../src/workflow/node-list/is-node-list.js';
import { toNodeList } from '../../src/workflow/node-list/to-node-list.js';
import { outline } from '../../src/workflow/outline.js';
import { validateDefinition } from '../../src/workflow/validate.js';
import { actions } from './support/catalog.js';

const mail = { recipient: 'a@example.com', facility: 'Kiel' };
const node = (id: string, activity: string, params: Record<string, unknown> = {}, next: string[] = []) => ({
  id,
  type: 'action',
  activity,
  params,
  next,
});
const start = (next: string[]) => ({ ...node('start', 'send_email', mail, next), type: 'trigger' });
const list = (nodes: unknown[], more: Record<string, unknown> = {}) => ({
  id: 'wf',
  name: 'Workflow',
  config: { task_queue: 'queue' },
  nodes,
  ...more,
});
const convert = (value: unknown) => fromNodeList(value, actions);

const refusal = (value: unknown): string => {
  try {
    convert(value);
  } catch (error) {
    if (WorkflowError.is(error) && error.code === 'not_convertible') return error.message;
    throw error;
  }
  return 'converted';
};

const escalateAt = (level: number) => ({ recipient: 'b@example.com', level });
const escalate = escalateAt(1);

/** Parse, then two labelled ways that meet again. */
const diamond = (edges: unknown[]) =>
  list(
    [
      start(['parse']),
      node('parse', 'parse_reply'),
      node('followup', 'send_followup', { recipient: 'a@example.com' }, ['end']),
      node('escalation', 'send_escalation', escalate, ['end']),
      node('end', 'check_inbox'),
    ],
    { edges },
  );

test('a node list is told from a definition', () => {
  expect([list([]), { nodes: 1 }, { steps: [] }, { steps: [], nodes: [] }, null, []].map(isNodeList)).toEqual(
    [true, true, false, false, false, false],
  );
});

describe('a line of nodes', () => {
  test('an alias says some of the input by itself, and what is given wins', () => {
    const escalation = (params: Record<string, unknown>) =>
      convert(
        list([
          {
            ...node('up', 'send_escalation_level2', { recipient: 'b@example.com', ...params }),
            type: 'trigger',
          },
        ]),
      ).definition.steps[0];
    expect(escalation({})).toMatchObject({ action: 'send_escalation', input: escalateAt(2) });
    expect(escalation({ level: 3 })).toMatchObject({ input: escalateAt(3) });
  });

  test('becomes a line of steps', () => {
    const { definition, problems, taskQueue } = convert(
      list([
        start(['Pause-1']),
        node('Pause-1', 'wait_for_duration', { duration: 48, unit: 'hours' }, ['3']),
        node('3', 'send_email_real', mail),
      ]),
    );
    expect(definition).toEqual({
      id: 'wf',
      name: 'Workflow',
      steps: [
        { id: 'start', kind: 'action', action: 'send_email', input: mail },
        { id: 'pause_1', kind: 'wait', duration: 'PT48H' },
        { id: 'node_3', kind: 'action', action: 'send_email', input: mail },
      ],
    });
    expect([problems, taskQueue]).toEqual([[], 'queue']);
    expect(validateDefinition(definition, { actions }).problems).toEqual([]);
  });

  test('takes a missing required value from the step before', () => {
    const { definition } = convert(
      list([
        start(['parse']),
        node('parse', 'parse_reply', {}, ['chase']),
        node('chase', 'send_followup', { recipient: 'a@example.com' }),
      ]),
    );
    expect(definition.steps[2]).toMatchObject({
      input: { missing_fields: '${{ steps.parse.output.missing_fields }}' },
    });
  });

  test('leaves out what the action does not take, with a warning', () => {
    const { definition, problems } = convert(
      list([{ ...start([]), params: { ...mail, colour: 'red', cc: null } }]),
    );
    expect(definition.steps[0]).toMatchObject({ input: mail });
    expect(problems).toMatchObject([
      { code: 'unknown_input', severity: 'warning', path: '/nodes/0/params/colour' },
    ]);
  });

  test('passes a router with one way out', () => {
    const { definition } = convert(
      list([
        start(['r']),
        node('r', 'conditional_router', {}, ['w']),
        node('w', 'wait_timer', { duration: 'PT1H' }),
      ]),
    );
    expect(definition.steps.map(({ id }) => id)).toEqual(['start', 'w']);
  });

  test('keeps activities and params in order, there and back', () => {
    const anyNode = fc.oneof(
      fc.record({
        activity: fc.constant('send_email'),
        params: fc.record({ recipient: fc.emailAddress(), facility: fc.string() }),
      }),
      fc.record({
        activity: fc.constant('check_inbox'),
        params: fc.record({ since_hours: fc.integer({ min: 1, max: 99 }) }),
      }),
      fc.record({
        activity: fc.constant('wait_timer'),
        params: fc.record({ duration: fc.constantFrom('PT48H', 'P14D', 'PT5M') }),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(anyNode, { minLength: 1, maxLength: 20 }),
        fc.array(fc.string({ minLength: 1 }), { maxLength: 20 }),
        (nodes, names) => {
          const ids = nodes.map((_, index) => `${names[index] ?? ''}-${index}`);
          const given = nodes.map((each, index) => ({
            ...each,
            id: ids[index],
            type: index === 0 ? 'trigger' : 'action',
            next: ids.slice(index + 1, index + 2),
          }));
          const { definition } = convert(list(given));
          const back = toNodeList(definition, actions);
          expect(back.nodes.map(({ activity, params }) => ({ activity, params }))).toEqual(nodes);
          expect(convert(back).definition.steps.map(({ id }) => id)).toEqual(
            definition.steps.map(({ id }) => id),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('branching', () => {
  test('labelled ways become cases and meet again', () => {
    const { definition, problems } = convert(
      diamond([
        { source: 'parse', target: 'followup', label: 'partial' },
        { source: 'parse', target: 'escalation', label: 'incomplete/gibberish' },
        { source: 'parse', target: 'end', label: 'complete' },
      ]),
    );
    expect(definition.steps.map(({ id }) => id)).toEqual(['start', 'parse', 'parse_branch', 'end']);
    expect(definition.steps[2]).toMatchObject({
      kind: 'branch',
      cases: [
        {
          title: 'partial',
          when: '${{ steps.parse.output.completeness == "partial" }}',
          steps: [{ id: 'followup' }],
        },
        {
          when: '${{ steps.parse.output.completeness == "incomplete" || steps.parse.output.is_gibberish == true }}',
          steps: [{ id: 'escalation' }],
        },
        { title: 'complete', steps: [] },
      ],
    });
    expect(problems).toEqual([]);
    expect(validateDefinition(definition, { actions }).problems).toEqual([]);
  });

  test('a converted branch keeps its shape there and back', () => {
    const { definition } = convert(
      diamond([
        { source: 'parse', target: 'followup', label: 'partial' },
        { source: 'parse', target: 'end', label: 'otherwise' },
      ]),
    );
    const again = convert(toNodeList(definition, actions)).definition;
    expect(outline(again, actions)).toBe(outline(definition, actions));
  });

  test('labels are guessed from the targets, with a warning; the first edge is taken otherwise', () => {
    const { definition, problems } = convert(
      diamond([
        { source: 'parse', target: 'followup' },
        { source: 'parse', target: 'escalation' },
      ]),
    );
    expect(definition.steps[2]).toMatchObject({
      cases: [{ title: 'incomplete/gibberish', steps: [{ id: 'escalation' }] }],
      otherwise: [{ id: 'followup' }],
    });
    expect(problems).toMatchObject([{ code: 'guessed_labels', severity: 'warning', path: '/nodes/1' }]);
  });

  test('what several ways pass before they meet is repeated', () => {
    const { definition } = convert(
      list(
        [
          start(['parse']),
          node('parse', 'parse_reply'),
          node('a', 'check_inbox', {}, ['b']),
          node('b', 'check_inbox', {}, ['c']),
          node('c', 'check_inbox'),
        ],
        {
          edges: ['a', 'b', 'c'].map((target, index) => ({
            source: 'parse',
            target,
            label: ['complete', 'partial', 'incomplete'][index],
          })),
        },
      ),
    );
    expect(definition.steps[2]).toMatchObject({
      cases: [{ steps: [{ id: 'a' }, { id: 'b' }] }, { steps: [{ id: 'b_2' }] }, { steps: [] }],
    });
    expect(definition.steps[3]).toMatchObject({ id: 'c' });
    expect(validateDefinition(definition, { actions }).problems).toEqual([]);
  });
});

describe('what cannot be converted is refused by name', () => {
  test.each<[string, unknown, RegExp]>([
    ['no list', { nodes: 1 }, /"nodes"/],
    ['no nodes', list([]), /no nodes/],
    ['no trigger', list([node('a', 'check_inbox')]), /"trigger"/],
    ['an id twice', list([start([]), node('start', 'check_inbox')]), /"start"/],
    ['a missing target', list([start(['nowhere'])]), /"start".*"nowhere"/],
    ['an edge from nowhere', list([start([])], { edges: [{ source: 'x', target: 'start' }] }), /"x"/],
    [
      'a cycle',
      list([start(['a']), node('a', 'check_inbox', {}, ['b']), node('b', 'check_inbox', {}, ['a'])]),
      /"a".*cycle/,
    ],
    ['a node that follows itself', list([start(['start'])]), /"start".*cycle/],
    ['an unknown activity', list([start(['a']), node('a', 'send_fax')]), /"a".*"send_fax"/],
    [
      'a missing value',
      list([start(['a']), node('a', 'send_escalation', { level: 1 })]),
      /"a" \(send_escalation\).*"recipient"/,
    ],
    [
      'a wait without duration',
      list([start(['a']), node('a', 'wait_timer')]),
      /"a" \(wait_timer\).*"duration"/,
    ],
    [
      'a wait for nonsense',
      list([start(['a']), node('a', 'wait_timer', { duration: 3, unit: 'moons' })]),
      /"a".*3 moons/,
    ],
    [
      'a label that nothing tells',
      diamond([
        { source: 'parse', target: 'followup', label: 'purple' },
        { source: 'parse', target: 'end', label: 'partial' },
      ]),
      /"parse".*"purple"/,
    ],
    ['no JSON', list([{ ...start([]), params: { x: () => 1 } }]), /JSON/],
    ['very many ways', manyWays(), /500 steps/],
  ])('%s', (_, value, sentence) => {
    expect(refusal(value)).toMatch(sentence);
  });
});

/** Ways that double at every node and never meet. */
function manyWays() {
  const nodes = Array.from({ length: 20 }, (_, n) => [
    { ...node(`p${n}`, 'parse_reply'), type: 'trigger' },
    node(`end${n}`, 'check_inbox'),
    node(`q${n}`, 'parse_reply'),
  ]).flat();
  const edges = Array.from({ length: 19 }, (_, n) => [
    { source: `p${n}`, target: `p${n + 1}`, label: 'complete' },
    { source: `p${n}`, target: `q${n}`, label: 'partial' },
    { source: `q${n}`, target: `p${n + 1}`, label: 'complete' },
    { source: `q${n}`, target: `end${n}`, label: 'partial' },
  ]).flat();
  return list(nodes, { edges });
}

test('loops stand once and parallel branches one after another', () => {
  const { definition } = validateDefinition(
    {
      id: 'wf',
      name: 'n',
      steps: [
        {
          id: 'both',
          kind: 'parallel',
          branches: [
            { steps: [{ id: 'a', kind: 'action', action: 'check_inbox' }] },
            { steps: [{ id: 'b', kind: 'action', action: 'check_inbox' }] },
          ],
        },
        {
          id: 'each',
          kind: 'forEach',
          items: [1],
          steps: [{ id: 'c', kind: 'action', action: 'check_inbox' }],
        },
      ],
    },
    { actions },
  );
  const { nodes, edges } = toNodeList(definition!, actions);
  expect(nodes.map(({ id, type, next }) => [id, type, next])).toEqual([
    ['a', 'trigger', ['b']],
    ['b', 'action', ['c']],
    ['c', 'action', []],
  ]);
  expect(edges).toEqual([
    { source: 'a', target: 'b' },
    { source: 'b', target: 'c' },
  ]);
});
