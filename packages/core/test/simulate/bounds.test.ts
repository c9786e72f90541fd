import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulate/simulate.js';
import type { Definition, Step } from '../../src/workflow/definition.js';
import { catalogAnswering } from './support/embedded.js';

const actions = catalogAnswering({});

const definition = (steps: readonly Step[], more: Partial<Definition> = {}): Definition => ({
  id: 'd',
  name: 'D',
  steps,
  ...more,
});

const look = (id: string, more: object = {}): Step => ({ id, kind: 'action', action: 'look', ...more });

/** Simulates; `took` is how many milliseconds of work that was, however busy the machine. */
const bounded = async (...args: Parameters<typeof simulate>) => {
  const before = process.cpuUsage();
  const simulation = await simulate(...args);
  return { ...simulation, took: process.cpuUsage(before).user / 1000 };
};

describe('what is too big', () => {
  test('a loop of 10^9 rounds is cut after its share of steps', async () => {
    const nested = (depth: number): Step => ({
      id: `r${depth}`,
      kind: 'repeat',
      max: 1000,
      steps: depth === 0 ? [look('a')] : [nested(depth - 1)],
    });
    const { paths, truncated, cut, took } = await bounded(definition([nested(2)]), { actions });
    expect({ truncated, cut }).toEqual({ truncated: true, cut: ['steps'] });
    expect(paths).toHaveLength(1);
    expect(paths[0]?.ending).toMatchObject({
      status: 'cut',
      reason: expect.stringContaining('fewer rounds'),
    });
    expect(took).toBeLessThan(1000);
  });

  test('loops without steps end too', async () => {
    const nested = (depth: number): Step => ({
      id: `r${depth}`,
      kind: 'repeat',
      max: 1000,
      until: '${{ false }}',
      steps: depth === 0 ? [] : [nested(depth - 1)],
    });
    const { truncated, took } = await bounded(definition([nested(2)]), { actions });
    expect(truncated).toBe(true);
    expect(took).toBeLessThan(1000);
  });

  const branches = (count: number): readonly Step[] =>
    Array.from({ length: count }, (_, index): readonly Step[] => [
      look(`l${index}`),
      {
        id: `b${index}`,
        kind: 'branch',
        cases: [{ when: `\${{ steps.l${index}.output.ok }}`, steps: [] }],
      },
    ]).flat();

  test('of 2^10 paths, 200 are walked', async () => {
    const { paths, truncated, cut, took } = await bounded(definition(branches(10)), { actions });
    expect(paths).toHaveLength(200);
    expect({ truncated, cut }).toEqual({ truncated: true, cut: ['paths'] });
    expect(took).toBeLessThan(1000);
  });

  test('of 2^60 paths, those that the steps suffice for are walked to their end', async () => {
    const { paths, truncated, cut, took } = await bounded(definition(branches(60)), { actions });
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.every(({ ending }) => ending.status === 'succeeded')).toBe(true);
    expect({ truncated, cut }).toEqual({ truncated: true, cut: ['steps'] });
    expect(took).toBeLessThan(1000);
  });

  test('100 conditions that no sample meets take no time to find that out', async () => {
    const when =
      '${{ steps.first.output.count > 3 && steps.first.output.count < 2 && steps.first.output.ok }}';
    const steps = Array.from({ length: 100 }, (_, index): readonly Step[] => [
      { id: `s${index}`, kind: 'set', values: { n: index } },
      { id: `b${index}`, kind: 'branch', cases: [{ when: when.replace('3', `${index + 3}`), steps: [] }] },
    ]).flat();
    const { took } = await bounded(definition([look('first'), ...steps]), { actions });
    expect(took).toBeLessThan(1000);
  });

  test('other work gets its turn', async () => {
    let breaths = 0;
    const items = Array.from({ length: 2000 }, () => 0);
    const each: Step = { id: 'each', kind: 'forEach', items, steps: [look('one')] };
    await simulate(definition([each]), {
      actions,
      async breathe() {
        breaths += 1;
      },
    });
    expect(breaths).toBe(11);
  });

  test('the host sets the bounds', async () => {
    const { paths, cut } = await simulate(definition(branches(3)), { actions, limits: { paths: 5 } });
    expect(paths).toHaveLength(5);
    expect(cut).toEqual(['paths']);
    expect(await simulate(definition(branches(3)), { actions, limits: { paths: 8 } })).toMatchObject({
      truncated: false,
      cut: [],
    });
  });

  test('60 branches inside one another are walked wholly', async () => {
    const nested = (depth: number): Step => ({
      id: `b${depth}`,
      kind: 'branch',
      cases: [{ when: `\${{ steps.first.output.count == ${depth} }}`, steps: [look(`y${depth}`)] }],
      otherwise: depth === 0 ? [] : [nested(depth - 1)],
    });
    const { paths, truncated, took } = await bounded(definition([look('first'), nested(59)]), { actions });
    expect(truncated).toBe(false);
    expect(paths).toHaveLength(61);
    expect(took).toBeLessThan(1000);
  });

  test('a large input in every event is cut', async () => {
    const steps = Array.from({ length: 400 }, (_, index) =>
      look(`l${index}`, { input: { all: '${{ inputs }}' } }),
    );
    const input = { text: 'x'.repeat(1_000_000) };
    const inputs = { type: 'object', properties: { text: { type: 'string' } } };
    const { paths, cut, took } = await bounded(definition(steps, { inputs }), { actions, input });
    expect(cut).toEqual(['characters']);
    expect(paths).toHaveLength(1);
    expect(took).toBeLessThan(1000);
  });

  test('a variable that doubles each round is cut', async () => {
    const steps: Step[] = [
      { id: 'start', kind: 'set', values: { text: 'xxxxxxxxxxxxxxxx' } },
      {
        id: 'grow',
        kind: 'repeat',
        max: 1000,
        steps: [{ id: 'twice', kind: 'set', values: { text: '${{ vars.text }}${{ vars.text }}' } }],
      },
      look('use', { input: { text: '${{ vars.text }}' } }),
    ];
    const { took } = await bounded(definition(steps), { actions });
    expect(took).toBeLessThan(1000);
  });

  test('a value that holds another twice, which does too, fails the step', async () => {
    const steps = Array.from({ length: 60 }, (_, index): Step => {
      const before = index === 0 ? 'x' : '${{ vars.x }}';
      return { id: `s${index}`, kind: 'set', values: { x: [before, before] } };
    });
    const { paths, took } = await bounded(definition(steps), { actions });
    expect(paths[0]?.ending).toMatchObject({ status: 'failed', error: { code: 'expression_failed' } });
    expect(took).toBeLessThan(1000);
  });

  test('waits past the year 9999 are cut', async () => {
    const steps: Step[] = [
      {
        id: 'long',
        kind: 'repeat',
        max: 1000,
        steps: [{ id: 'century', kind: 'wait', duration: 'P36500D' }],
      },
    ];
    const { paths, cut } = await bounded(definition(steps), { actions });
    expect(cut).toEqual(['years']);
    expect(paths[0]?.events.at(-1)?.at).toMatch(/^9\d{3}-/);
  });

  test('a list of 100,000 items is cut', async () => {
    const steps: Step[] = [
      { id: 'each', kind: 'forEach', items: '${{ inputs.items }}', steps: [look('one')] },
    ];
    const inputs = { type: 'object', properties: { items: { type: 'array' } } };
    const input = { items: Array.from({ length: 100_000 }, (_, index) => index) };
    const { cut, took } = await bounded(definition(steps, { inputs }), {
      actions,
      input,
      limits: { characters: 10_000_000 },
    });
    expect(cut).toEqual(['steps']);
    expect(took).toBeLessThan(1000);
  });
});
