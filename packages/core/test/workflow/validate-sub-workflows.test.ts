import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/workflow/apply-edits.js';
import type { Definition, Step } from '../../src/workflow/definition.js';
import { validateDefinition } from '../../src/workflow/validate.js';
import type { WorkflowLookup } from '../../src/workflow/workflow-lookup.js';
import { actions } from './support/catalog.js';

const sub = (id: string, workflow: string, version = 1, more: object = {}): Step => ({
  id,
  kind: 'workflow',
  workflow,
  version,
  ...more,
});

const definition = (id: string, steps: readonly Step[], rest: Partial<Definition> = {}): Definition => ({
  id,
  name: id,
  steps,
  ...rest,
});

/** The versions of each workflow, the first being 1. */
const saved = (...definitions: readonly Definition[]): WorkflowLookup => {
  const versionsOf = (id: string) => definitions.filter((one) => one.id === id);
  return {
    get: (id, version) => versionsOf(id)[version - 1],
    newest: (id) => versionsOf(id).length || undefined,
  };
};

const problemsOf = (value: Definition, workflows?: WorkflowLookup) =>
  validateDefinition(value, { actions, ...(workflows ? { workflows } : {}) }).problems;

const chase = definition('chase', [], {
  inputs: {
    type: 'object',
    required: ['facility'],
    properties: { facility: { type: 'string' }, hours: { type: 'number' } },
  },
  output: { replied: '${{ inputs.hours > 1 }}', who: '${{ inputs.facility }}' },
});

describe('a step that runs another workflow', () => {
  test('is checked on its own where no saved workflows are given', () => {
    expect(problemsOf(definition('main', [sub('a', 'nowhere', 7, { input: { x: 1 } })]))).toEqual([]);
  });

  test('names a workflow and a version that exist', () => {
    const [unknown] = problemsOf(definition('main', [sub('a', 'nowhere')]), saved(chase));
    expect(unknown).toMatchObject({ code: 'unknown_workflow', path: '/steps/0/workflow', stepId: 'a' });

    const main = definition('main', [sub('a', 'chase', 7, { input: { facility: 'Kiel' } })]);
    const [old] = problemsOf(main, saved(chase));
    expect(old).toMatchObject({
      code: 'unknown_workflow',
      path: '/steps/0/version',
      message: 'The workflow "chase" has no version 7: the newest is 1.',
    });
    const mended = applyEdits(main, old?.fix ?? []);
    expect(problemsOf(mended.definition, saved(chase))).toEqual([]);
  });

  test('gives the input that the workflow takes', () => {
    const input = { hours: 'many', facilty: 'Kiel' };
    const found = problemsOf(definition('main', [sub('a', 'chase', 1, { input })]), saved(chase));
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'invalid_input /steps/0/input/hours',
      'unknown_input /steps/0/input/facilty',
      'missing_input /steps/0/input/facility',
    ]);
  });

  test('has its templates checked against the type that is taken', () => {
    const inputs = { type: 'object', required: ['list'], properties: { list: { type: 'array' } } };
    const main = definition('main', [sub('a', 'chase', 1, { input: { facility: '${{ inputs.list }}' } })], {
      inputs,
    });
    expect(problemsOf(main, saved(chase))).toMatchObject([
      { code: 'type_mismatch', path: '/steps/0/input/facility' },
    ]);
  });

  test('takes nothing when the workflow declares no inputs', () => {
    const main = definition('main', [sub('a', 'plain', 1, { input: { x: 1 } })]);
    expect(problemsOf(main, saved(definition('plain', [])))).toMatchObject([{ code: 'unknown_input' }]);
  });

  test('has the output of the workflow', () => {
    const use = (field: string) =>
      definition('main', [
        sub('a', 'chase', 1, { input: { facility: 'Kiel' } }),
        { id: 'keep', kind: 'set', values: { x: `\${{ steps.a.output.${field} }}` } },
      ]);
    expect(problemsOf(use('replied'), saved(chase))).toEqual([]);
    expect(problemsOf(use('repleid'), saved(chase))).toMatchObject([
      { code: 'unknown_reference', path: '/steps/1/values/x' },
    ]);
    const stops = { ...chase, steps: [{ id: 's', kind: 'stop', outcome: 'succeeded', output: 7 }] } as const;
    expect(problemsOf(use('anything'), saved(stops))).toEqual([]);
  });
});

describe('workflows that run one another', () => {
  test('do not come back to the first: the cycle is named', () => {
    const itself = problemsOf(definition('main', [sub('a', 'main')]), saved());
    expect(itself).toMatchObject([
      {
        code: 'workflow_cycle',
        path: '/steps/0/workflow',
        message: '"main" would run itself: main → main. Take this step out.',
      },
    ]);

    const workflows = saved(
      definition('main', []),
      definition('b', [sub('x', 'c')]),
      definition('c', [
        { id: 'p', kind: 'parallel', branches: [{ steps: [] }, { steps: [sub('y', 'main')] }] },
      ]),
    );
    const branch = definition('main', [{ id: 'br', kind: 'branch', cases: [], otherwise: [sub('a', 'b')] }]);
    expect(problemsOf(branch, workflows)).toMatchObject([
      {
        code: 'workflow_cycle',
        path: '/steps/0/otherwise/0/workflow',
        message: '"main" would run itself: main → b → c → main. Take this step out.',
      },
    ]);
  });

  test('may be used twice', () => {
    const workflows = saved(definition('b', [sub('x', 'c')]), definition('c', []));
    expect(problemsOf(definition('main', [sub('a', 'b'), sub('d', 'c'), sub('e', 'b')]), workflows)).toEqual(
      [],
    );
  });

  test('go at most 8 deep', () => {
    const names = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8'];
    const chain = names.map((name, index) => {
      const next = names[index + 1];
      return definition(name, next === undefined ? [] : [sub('next', next)]);
    });
    expect(problemsOf(definition('main', [sub('a', 'w2')]), saved(...chain))).toEqual([]);
    expect(problemsOf(definition('main', [sub('a', 'w1')]), saved(...chain))).toMatchObject([
      {
        code: 'workflow_depth',
        path: '/steps/0/workflow',
        message: expect.stringContaining('main → w1 → w2'),
      },
    ]);
  });

  test('are followed in bounded time, also in circles and where every one runs every other', () => {
    const names = Array.from({ length: 60 }, (_, index) => `w${index}`);
    const all = names.map((name) =>
      definition(
        name,
        names.map((other) => sub(`to_${other}`, other)),
      ),
    );
    const started = performance.now();
    const found = problemsOf(definition('main', [sub('a', 'w0')]), saved(...all));
    expect(found.map(({ code }) => code)).toContain('workflow_depth');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
