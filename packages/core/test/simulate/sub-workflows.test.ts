import { describe, expect, test } from 'vitest';
import { backtest } from '../../src/simulate/backtest.js';
import { simulate } from '../../src/simulate/simulate.js';
import type { SimulateOptions } from '../../src/simulate/simulation.js';
import type { Definition, Step } from '../../src/workflow/definition.js';
import { catalogAnswering } from './support/embedded.js';

const called: string[] = [];
const actions = catalogAnswering({}, called);

const definition = (id: string, steps: readonly Step[], more: Partial<Definition> = {}): Definition => ({
  id,
  name: id,
  steps,
  ...more,
});

const act = (id: string, action: string, more: object = {}): Step => ({
  id,
  kind: 'action',
  action,
  ...more,
});
const call = (id: string, workflow: string, more: object = {}): Step => ({
  id,
  kind: 'workflow',
  workflow,
  version: 3,
  ...more,
});

/** Asks, waits a day, lets a person decide, then pays. */
const chase = definition(
  'chase',
  [
    act('ask', 'put', { input: { about: '${{ inputs.facility }}', times: '${{ inputs.times }}' } }),
    { id: 'nap', kind: 'wait', duration: 'P1D' },
    { id: 'ok', kind: 'approval', title: 'Pay?' },
    act('pay', 'pay'),
  ],
  {
    inputs: {
      type: 'object',
      properties: { facility: { type: 'string' }, times: { type: 'number', default: 2 } },
      required: ['facility'],
    },
    output: { asked: '${{ inputs.facility }}', id: '${{ steps.ask.output.id }}' },
  },
);

const only = (...all: readonly Definition[]): Pick<SimulateOptions, 'actions' | 'workflows'> => ({
  actions,
  workflows: {
    get: (id, version) => (version === 3 ? all.find((each) => each.id === id) : undefined),
  },
});

const main = definition('main', [
  call('chase', 'chase', { input: { facility: 'Kiel' } }),
  act('note', 'put', { input: { after: '${{ steps.chase.output.asked }}' } }),
]);

describe('a sub-workflow that is given', () => {
  test('is walked: its effects, waits and costs are in the path, under the path of its step', async () => {
    const { paths } = await simulate(main, {
      ...only(chase),
      answers: { 'chase/ok': { decision: 'approved' } },
    });
    expect(paths).toHaveLength(1);
    expect(paths[0]).toMatchObject({
      ending: { status: 'succeeded' },
      effects: [
        { path: 'chase/ask', action: 'put', effect: 'write', input: { about: 'Kiel', times: 2 } },
        { path: 'chase/pay', action: 'pay', effect: 'irreversible' },
        { path: 'note', action: 'put', input: { after: 'Kiel' } },
      ],
      waits: [
        { kind: 'workflow', path: 'chase', duration: 'PT24H' },
        { kind: 'timer', path: 'chase/nap', duration: 'PT24H' },
        { kind: 'approval', path: 'chase/ok', duration: 'PT0S' },
      ],
      duration: 'PT24H',
      cost: { read: 0, write: 2, irreversible: 1 },
      answers: { 'chase/ok': { decision: 'approved' } },
    });
    expect(paths[0]?.unknown.map(({ path }) => path)).toEqual(['chase/ask', 'chase/pay', 'note']);
    expect(called).toEqual([]);
  });

  test('has a log of its own beside that of the run', async () => {
    const [path] = (await simulate(main, only(chase))).paths;
    expect(path?.events.map(({ type, path: at }) => `${type} ${at}`)).toEqual([
      'run.started ',
      'step.started chase',
      'run.waiting ',
      'step.succeeded chase',
      'step.started note',
      'step.succeeded note',
      'run.succeeded ',
    ]);
    expect(path?.subRuns).toMatchObject([{ path: 'chase', workflow: 'chase', version: 3 }]);
    const events = path?.subRuns[0]?.events ?? [];
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ type: 'run.started', input: { facility: 'Kiel', times: 2 } });
    expect(events.at(-1)).toMatchObject({ type: 'run.succeeded', at: '2030-01-02T00:00:00.000Z' });
  });

  test('goes each way that answers leave open', async () => {
    const { paths } = await simulate(main, only(chase));
    expect(paths.map(({ ending, answers }) => [ending.status, answers['chase/ok']])).toEqual([
      ['succeeded', { decision: 'approved' }],
      ['failed', { decision: 'rejected' }],
    ]);
    expect(paths[1]?.ending.error).toMatchObject({ code: 'rejected', path: 'chase' });
  });

  test('is answered in one round, in one attempt, or in all', async () => {
    const each: Step = {
      id: 'each',
      kind: 'forEach',
      items: ['Kiel', 'Rostock'],
      steps: [call('chase', 'chase', { input: { facility: '${{ item }}' }, retry: { maxAttempts: 2 } })],
    };
    const { paths } = await simulate(definition('main', [each]), {
      ...only(chase),
      answers: {
        'chase/ok': { decision: 'approved' },
        'each[1]/chase/ok': { decision: 'rejected' },
      },
    });
    const [path] = paths;
    expect(paths).toHaveLength(1);
    expect(path?.ending.status).toBe('succeeded');
    expect(path?.subRuns.map(({ path: at, events }) => [at, events.at(-1)?.type])).toEqual([
      ['each[0]/chase', 'run.succeeded'],
      ['each[1]/chase', 'run.failed'],
      ['each[1]/chase~2', 'run.succeeded'],
    ]);
  });

  test('is not walked where its step is answered', async () => {
    const { paths } = await simulate(main, { ...only(chase), answers: { chase: { asked: 'Bremen' } } });
    expect(paths).toHaveLength(1);
    expect(paths[0]).toMatchObject({
      subRuns: [],
      effects: [{ path: 'note', input: { after: 'Bremen' } }],
      duration: 'PT0S',
    });
  });

  test('takes no answer to a step that it has not', async () => {
    await expect(simulate(main, { ...only(chase), answers: { 'chase/none': {} } })).rejects.toThrow(
      /chase\/none/,
    );
    await expect(
      simulate(main, { ...only(chase), answers: { ok: { decision: 'approved' } } }),
    ).rejects.toThrow(/"ok"/);
    await expect(
      simulate(main, { actions, answers: { 'chase/ok': { decision: 'approved' } } }),
    ).rejects.toThrow();
  });
});

describe('a sub-workflow fails as it would', () => {
  test.each<[string, Step, string, RegExp]>([
    [
      'input that does not fit',
      call('sub', 'chase', { input: { facility: ['Kiel'] } }),
      'invalid_input',
      /"chase".*text/,
    ],
    ['input that is missing', call('sub', 'chase'), 'invalid_input', /facility/],
    ['another version', call('sub', 'chase', { version: 4 }), 'unknown_workflow', /version 4/],
    ['no such workflow', call('sub', 'none'), 'unknown_workflow', /"none"/],
  ])('%s', async (_, step, code, message) => {
    const { paths } = await simulate(definition('main', [step]), only(chase));
    expect(paths).toHaveLength(1);
    expect(paths[0]?.ending).toMatchObject({ status: 'failed', error: { code, path: 'sub' } });
    expect(paths[0]?.ending.error?.message).toMatch(message);
    expect(paths[0]?.subRuns).toEqual([]);
  });

  test('one that runs itself ends at the depth that runs have', async () => {
    const round = definition('round', [act('put', 'put'), call('again', 'round')]);
    const { paths } = await simulate(round, only(round));
    expect(paths).toHaveLength(1);
    expect(paths[0]?.ending).toMatchObject({
      status: 'failed',
      error: { code: 'workflow_depth', path: 'again' },
    });
    expect(paths[0]?.subRuns).toHaveLength(7);
    // What was done is undone, in every run.
    expect(paths[0]?.cost).toEqual({ read: 0, write: 16, irreversible: 0 });
  });

  test('a failure that its step takes is walked, wherever it comes from', async () => {
    const sub = definition('sub', [act('first', 'put'), act('second', 'pay')]);
    const taken = definition('main', [call('run', 'sub', { onError: 'continue' }), act('after', 'put')]);
    const { paths } = await simulate(taken, only(sub));
    const called = paths.map(({ effects }) =>
      effects.map(({ path, undo }) => (undo ? `${path}#undo` : path)),
    );
    expect(called).toEqual([
      ['run/first', 'run/second', 'after'],
      ['run/first', 'run/second', 'run/first#undo', 'after'],
      ['run/first', 'after'],
    ]);
    const untaken = await simulate(definition('main', [call('run', 'sub')]), only(sub));
    expect(untaken.paths).toHaveLength(1);
  });

  test('one that takes too long is cancelled, and undoes what it did', async () => {
    const { paths } = await simulate(
      definition('main', [
        call('sub', 'chase', { input: { facility: 'Kiel' }, timeout: 'PT1H', onError: 'continue' }),
      ]),
      { ...only(chase), answers: { 'sub/ask': { id: 'm1' } } },
    );
    expect(paths).toHaveLength(1);
    expect(paths[0]).toMatchObject({
      ending: { status: 'succeeded' },
      duration: 'PT1H',
      waits: [
        { path: 'sub', duration: 'PT1H' },
        { path: 'sub/nap', duration: 'PT1H' },
      ],
      effects: [
        { path: 'sub/ask' },
        { path: 'sub/ask', action: 'take_back', undo: true, input: { was: { id: 'm1' } } },
      ],
    });
    expect(paths[0]?.subRuns[0]?.events.at(-1)).toMatchObject({ type: 'run.cancelled' });
  });
});

describe('conditions', () => {
  const when = (condition: string): Step => ({
    id: 'b',
    kind: 'branch',
    cases: [{ when: condition, steps: [act('yes', 'put')] }],
    otherwise: [act('no', 'put')],
  });
  const ways = async (sub: Definition, steps: readonly Step[], more: object = {}) => {
    const { paths } = await simulate(definition('main', steps), { ...only(sub), ...more });
    return paths.map(({ effects, unknown }) => ({
      went: effects.at(-1)?.path,
      forced: unknown.some(({ what }) => what === 'condition'),
    }));
  };

  test('on what the step gives go as it says, where that is known', async () => {
    const sub = definition('sub', [when('${{ inputs.n > 1 }}')]);
    expect(await ways(sub, [call('sub', 'sub', { input: { n: 2 } })])).toEqual([
      { went: 'sub/yes', forced: false },
    ]);
    const known = [
      act('look', 'look'),
      call('sub', 'sub', { input: { n: '${{ steps.look.output.count }}' } }),
    ];
    expect(await ways(sub, known, { answers: { look: { count: 0 } } })).toEqual([
      { went: 'sub/no', forced: false },
    ]);
  });

  test('on what goes back to a sample go both ways, with another sample where it is handed on as it is', async () => {
    const bySample = definition('sub', [when('${{ inputs.look.count > 1 }}')]);
    const whole = [act('look', 'look'), call('sub', 'sub', { input: { look: '${{ steps.look.output }}' } })];
    expect(await ways(bySample, whole)).toEqual([
      { went: 'sub/yes', forced: false },
      { went: 'sub/no', forced: false },
    ]);
    const byField = definition('sub', [when('${{ inputs.n > 1 }}')]);
    const part = [
      act('look', 'look'),
      call('sub', 'sub', { input: { n: '${{ steps.look.output.count }}' } }),
    ];
    expect(await ways(byField, part)).toEqual([
      { went: 'sub/yes', forced: false },
      { went: 'sub/no', forced: true },
    ]);
  });

  test('on its output go both ways unless that is known', async () => {
    const sub = definition('sub', [act('look', 'look')], {
      output: { n: '${{ steps.look.output.count * 2 }}' },
    });
    const steps = [call('sub', 'sub'), when('${{ steps.sub.output.n > 5 }}')];
    expect(await ways(sub, steps)).toEqual([
      { went: 'no', forced: false },
      { went: 'yes', forced: true },
    ]);
    expect(await ways(sub, steps, { answers: { 'sub/look': { count: 3 } } })).toEqual([
      { went: 'yes', forced: false },
    ]);
    const handed = definition('sub', [act('look', 'look')], { output: '${{ steps.look.output }}' });
    expect(await ways(handed, [call('sub', 'sub'), when('${{ steps.sub.output.count > 5 }}')])).toEqual([
      { went: 'no', forced: false },
      { went: 'yes', forced: false },
    ]);
  });
});

describe('bounds', () => {
  test('hold over all runs of the simulation', async () => {
    const level = (n: number): Definition =>
      definition(
        `l${n}`,
        Array.from({ length: 20 }, (_, index) =>
          n === 0 ? act(`s${index}`, 'look') : call(`s${index}`, `l${n - 1}`),
        ),
      );
    const levels = [0, 1, 2, 3, 4, 5].map(level);
    const [root] = levels.slice(-1);
    const { paths, truncated, cut } = await simulate(root ?? level(0), {
      ...only(...levels),
      limits: { steps: 2000 },
    });
    expect({ truncated, cut }).toEqual({ truncated: true, cut: ['steps'] });
    expect(paths).toHaveLength(1);
    expect(paths[0]?.ending.status).toBe('cut');
    const taken = [paths[0]?.events ?? [], ...(paths[0]?.subRuns ?? []).map(({ events }) => events)].flat();
    expect(taken.filter(({ type }) => type === 'step.started')).toHaveLength(2000);
  });
});

test('a backtest walks them too', async () => {
  const { results, summary } = await backtest(main, [{}], only(chase));
  expect(results[0]?.ending.status).toBe('succeeded');
  expect(summary.effects).toEqual({ read: 0, write: 2, irreversible: 1 });
});
