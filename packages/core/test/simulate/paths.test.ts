import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.js';
import { simulate } from '../../src/simulate/simulate.js';
import type { SimulateOptions } from '../../src/simulate/simulation.js';
import type { Definition, Step } from '../../src/workflow/definition.js';
import { catalogAnswering } from './support/embedded.js';

const actions = catalogAnswering({});

const look = (id = 'look', more: object = {}): Step => ({ id, kind: 'action', action: 'look', ...more });
const put = (id: string, input: JsonObject = {}): Step => ({ id, kind: 'action', action: 'put', input });
const branch = (id: string, when: string, yes: Step[], no: Step[] = []): Step => ({
  id,
  kind: 'branch',
  cases: [{ when: `\${{ ${when} }}`, steps: yes }],
  otherwise: no,
});

const walk = (
  steps: readonly Step[],
  options: Partial<SimulateOptions> = {},
  more: Partial<Definition> = {},
) => simulate({ id: 'd', name: 'D', steps, ...more }, { actions, ...options });

/** The paths of the `put` steps of every path, and how it ends when it fails. */
const ways = async (...args: Parameters<typeof walk>) =>
  (await walk(...args)).paths.map(({ effects, ending }) =>
    [
      ...effects.filter(({ action }) => action === 'put').map(({ path }) => path),
      ...(ending.status === 'succeeded' ? [] : [ending.status]),
    ].join(' '),
  );

describe('conditions', () => {
  test('on what is made up are walked both ways, and the sample agrees with the way', async () => {
    const { paths } = await walk([
      look(),
      branch('b', 'steps.look.output.level == "high"', [put('yes')], [put('no')]),
    ]);
    expect(paths.map(({ answers, effects }) => [answers.look, effects[1]?.path])).toEqual([
      [expect.objectContaining({ level: 'low' }), 'no'],
      [expect.objectContaining({ level: 'high' }), 'yes'],
    ]);
    expect(paths.every(({ unknown }) => unknown.every(({ what }) => what === 'output'))).toBe(true);
  });

  test('take every case and the rest', async () => {
    const level = (name: string) => ({
      when: `\${{ steps.look.output.level == "${name}" }}`,
      steps: [put(name)],
    });
    const step: Step = {
      id: 'b',
      kind: 'branch',
      cases: [level('low'), level('middle')],
      otherwise: [put('rest')],
    };
    expect(await ways([look(), step])).toEqual(['low', 'middle', 'rest']);
  });

  test('on numbers, sizes and what they are compared with are met', async () => {
    const inputs = { type: 'object', properties: { most: { type: 'number' } } };
    const met = async (when: string) =>
      (
        await walk([look(), branch('b', when, [put('yes')], [put('no')])], { input: { most: 7 } }, { inputs })
      ).paths.map(({ effects, unknown }) => [
        effects[1]?.path,
        unknown.some(({ what }) => what === 'condition'),
      ]);
    for (const when of [
      'steps.look.output.count > 100',
      'steps.look.output.count >= inputs.most',
      'size(steps.look.output.items) > 5',
      'size(steps.look.output.items) == 0',
      'steps.look.output.count > 100 && steps.look.output.level == "high"',
    ]) {
      expect(await met(when)).toEqual([
        ['no', false],
        ['yes', false],
      ]);
    }
  });

  test('on what is known are not forked', async () => {
    const inputs = { type: 'object', properties: { urgent: { type: 'boolean' } } };
    const steps = [branch('b', 'inputs.urgent', [put('yes')], [put('no')])];
    expect(await ways(steps, { input: { urgent: true } }, { inputs })).toEqual(['yes']);
    expect(await ways(steps, { input: {} }, { inputs })).toEqual(['failed']);
    expect(await ways(steps, {}, { inputs })).toEqual(['yes', 'no']);
  });

  test('come out the same when asked again, and never contradict one another', async () => {
    const twice = [
      look(),
      branch('a', 'steps.look.output.ok', [put('a1')], [put('a2')]),
      branch('b', 'steps.look.output.ok', [put('b1')], [put('b2')]),
      branch('c', '!steps.look.output.ok', [put('c1')], [put('c2')]),
    ];
    expect(await ways(twice)).toEqual(['a1 b1 c2', 'a2 b2 c1']);
  });

  test('on variables go back to what the variable is made of', async () => {
    const steps = (from: string): Step[] => [
      look(),
      { id: 's', kind: 'set', values: { ready: `\${{ ${from} }}` } },
      branch('b', 'vars.ready', [put('yes')], [put('no')]),
    ];
    expect(await ways(steps('1 > 0'))).toEqual(['yes']);
    const { paths } = await walk(steps('steps.look.output.ok'));
    expect(paths.map(({ effects }) => effects[1]?.path)).toEqual(['yes', 'no']);
    // The variable itself cannot be assumed: the second path says that its values contradict it.
    expect(paths.map(({ unknown }) => unknown.filter(({ what }) => what === 'condition'))).toEqual([
      [],
      [{ path: 'b', what: 'condition', assumed: 'false' }],
    ]);
  });

  test('on a failure or a decision follow from the path', async () => {
    const steps: Step[] = [
      look('look', { onError: 'continue' }),
      branch('b', 'steps.look.error == null', [put('worked')], [put('failed')]),
      { id: 'ok', kind: 'approval', title: 'Go on?', onReject: 'continue' },
      branch('c', 'steps.ok.output.decision == "approved"', [put('go')], [put('stay')]),
    ];
    expect(await ways(steps)).toEqual(['worked go', 'worked stay', 'failed go', 'failed stay']);
  });
});

describe('outcomes', () => {
  test('an action fails once only where something takes its failure', async () => {
    expect(await ways([look(), put('after')])).toEqual(['after']);
    expect(await ways([look('look', { onError: { steps: [put('recovery')] } }), put('after')])).toEqual([
      'after',
      'recovery after',
    ]);
  });

  test('a signal comes or, with a timeout, does not', async () => {
    const wait = (more: object = {}): Step[] => [
      { id: 'reply', kind: 'wait', signal: 'reply', ...more },
      branch('b', 'steps.reply.output.received', [put('came')], [put('missed')]),
    ];
    expect(await ways(wait())).toEqual(['came']);
    expect(await ways(wait({ timeout: 'P2D' }))).toEqual(['came', 'missed']);
    expect((await walk(wait({ timeout: 'P2D' }))).paths.map(({ duration }) => duration)).toEqual([
      'PT0S',
      'PT48H',
    ]);
  });

  test('the payload of a signal is assumed as a condition wants it', async () => {
    const { paths } = await walk([
      { id: 'reply', kind: 'wait', signal: 'reply' },
      branch('b', 'steps.reply.output.payload.kind == "yes"', [put('yes')], [put('no')]),
    ]);
    expect(paths.map(({ answers }) => answers.reply)).toEqual([
      { payload: {} },
      { payload: { kind: 'yes' } },
    ]);
  });

  test('the deadline of a run counts in virtual time, and compensates', async () => {
    const steps: Step[] = [put('first'), { id: 'pause', kind: 'wait', duration: 'P20D' }, put('second')];
    const { paths } = await walk(steps, {}, { config: { timeout: 'P14D' } });
    expect(paths[0]).toMatchObject({
      ending: { status: 'failed', error: { code: 'timeout' } },
      duration: 'P14D',
    });
    expect(paths[0]?.effects.map(({ action, undo }) => [action, undo])).toEqual([
      ['put', undefined],
      ['take_back', true],
    ]);
  });
});

describe('loops', () => {
  const each: Step = {
    id: 'each',
    kind: 'forEach',
    items: '${{ steps.look.output.items }}',
    steps: [branch('b', 'item.late', [put('note')])],
  };

  test('over a list that is made up walk the sample, each round both ways', async () => {
    expect(await ways([look(), each])).toEqual([
      'each[0]/note',
      'each[0]/note each[1]/note',
      '',
      'each[1]/note',
    ]);
  });

  test('over a known list walk that', async () => {
    const answers = {
      look: { ok: true, level: 'low', count: 0, items: [{ late: false }, { late: true }, { late: true }] },
    };
    expect(await ways([look(), each], { answers })).toEqual(['each[1]/note each[2]/note']);
  });

  test('are repeated until it holds at once, or to their most rounds', async () => {
    const again: Step = {
      id: 'again',
      kind: 'repeat',
      max: 4,
      until: '${{ steps.look.output.ok }}',
      steps: [look()],
    };
    const { paths } = await walk([again]);
    expect(paths.map(({ effects }) => effects.length)).toEqual([1, 4]);
    expect(paths[1]?.answers).toMatchObject({
      'again[0]/look': { ok: false },
      'again[3]/look': { ok: false },
    });
  });

  test('are repeated as the answers of their rounds say', async () => {
    const again: Step = {
      id: 'again',
      kind: 'repeat',
      max: 9,
      until: '${{ steps.look.output.ok }}',
      steps: [look()],
    };
    const answer = (ok: boolean) => ({ ok, level: 'low', count: 0, items: [] });
    const answers = {
      'again[0]/look': answer(false),
      'again[1]/look': answer(false),
      'again[2]/look': answer(true),
    };
    const { paths } = await walk([again], { answers });
    expect(paths.map(({ effects }) => effects.length)).toEqual([3]);
  });
});

describe('answers', () => {
  const ok: Step = { id: 'ok', kind: 'approval', title: 'Go on?' };

  test('an error is final, and an output may look like one', async () => {
    const failing = { look: { error: { code: 'gone', message: 'It is gone.' } } };
    expect((await walk([look()], { answers: failing })).paths).toMatchObject([
      { ending: { status: 'failed', error: { code: 'gone', path: 'look' } } },
    ]);
    expect((await walk([look()], { answers: { look: { timeout: true } } })).paths).toMatchObject([
      { ending: { error: { code: 'timeout' } } },
    ]);
    const output = { error: 'a field' };
    expect((await walk([look()], { answers: { look: output } })).paths[0]?.events).toContainEqual(
      expect.objectContaining({ type: 'step.succeeded', output }),
    );
  });

  test.each([
    ['nowhere', { a: 1 }, 'answers no step'],
    ['ok', { decision: 'perhaps' }, 'takes {"decision"'],
    ['ok', { decision: 'approved', why: 'because' }, 'takes {"decision"'],
    ['ok', { timeout: true }, 'cannot time out'],
    ['pause', { payload: 1 }, 'of kind "wait", which takes no answer'],
  ])('%s answered with %j is refused', async (key, answer, why) => {
    const steps: Step[] = [ok, { id: 'pause', kind: 'wait', duration: 'PT1H' }];
    await expect(walk(steps, { answers: { [key]: answer } })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining(why),
    });
  });

  test('an input that does not fit is refused', async () => {
    const inputs = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
    await expect(walk([ok], { input: {} }, { inputs })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(walk([ok], { startedAt: 'tomorrow' })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

test('a sub-workflow is not walked: it answers as said, else nothing is known of it', async () => {
  const sub: Step = { id: 'sub', kind: 'workflow', workflow: 'chase', version: 3, onError: 'continue' };
  const steps = [sub, branch('b', 'steps.sub.output.done', [put('done')], [put('open')])];
  expect(await ways(steps, { answers: { sub: { done: true } } })).toEqual(['done']);
  const { paths } = await walk(steps);
  expect(paths.map(({ answers }) => answers.sub)).toEqual([
    { done: true },
    { done: false },
    { error: { code: 'action_failed', message: 'It fails on this path of the simulation.' } },
  ]);
});

test('secrets stay templates', async () => {
  const { paths } = await walk([put('send', { token: 'Bearer ${{ secrets.TOKEN }}' })]);
  expect(paths[0]?.effects).toMatchObject([{ input: { token: 'Bearer ${{ secrets.TOKEN }}' } }]);
});

test('time starts where it is set', async () => {
  const { paths } = await walk([{ id: 'nap', kind: 'wait', until: '2031-05-01T08:00:00Z' }], {
    startedAt: '2031-05-01T06:00:00Z',
  });
  expect(paths[0]).toMatchObject({
    duration: 'PT2H',
    waits: [{ kind: 'timer', path: 'nap', duration: 'PT2H' }],
  });
  expect(paths[0]?.events.map(({ at }) => at)).toContain('2031-05-01T08:00:00.000Z');
});
