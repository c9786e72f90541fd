import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleWorkflow } from '../../../bundle-workflow.js';
import type { Step } from '../../../src/workflow/definition.js';
import { embeddedInOrder, onTemporal, scripts, withoutTime } from './support/same-events.js';
import { createTemporalWorld } from './support/temporal-world.js';

const core = fileURLToPath(new URL('../../../', import.meta.url));

const look = (id: string): Step => ({ id, kind: 'action', action: 'look', input: { does: 'works' } });
const steps: readonly Step[] = [
  { id: 'both', kind: 'parallel', branches: [{ steps: [look('a')] }, { steps: [look('b')] }] },
  { id: 'n', kind: 'set', values: { n: 1 } },
];

let folder: string;
beforeAll(async () => {
  // Beside the sources, so that packages are found; its name keeps it out of every other search.
  folder = await mkdtemp(join(core, '.mutant-'));
  await cp(join(core, 'src'), join(folder, 'src'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** The workflow's code with a change in one of its sources. */
const mutated = async (path: string, from: string, to: string): Promise<string> => {
  const file = join(folder, 'src', path);
  const source = await readFile(file, 'utf8');
  expect(source).toContain(from);
  await writeFile(file, source.replace(from, to));
  try {
    return await bundleWorkflow(join(folder, 'src/runtimes/temporal/workflow/workflow-run.ts'));
  } finally {
    await writeFile(file, source);
  }
};

/** What the test of equal events compares, with a mutated interpreter on Temporal. */
const compare = async (code: string) => {
  const world = await createTemporalWorld({ scripts, worker: false });
  try {
    await world.startWorker({ workflowBundle: { code } });
    const { events } = await onTemporal(world, steps);
    return { temporal: withoutTime(events), embedded: withoutTime(await embeddedInOrder(steps, events)) };
  } finally {
    await world.close();
  }
};

describe('an interpreter that is not a function of its answers is found out', { timeout: 120_000 }, () => {
  test('when it asks a module of Node', async () => {
    const imported =
      "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID;\nexport type { RunOutcome };";
    await expect(
      mutated('interpreter/interpret.ts', 'export type { RunOutcome };', imported),
    ).rejects.toThrow('Webpack');
  });

  test.each([
    ['when it reads a clock', 'Date.now()'],
    ['when it is random', 'Math.random()'],
  ])('%s', async (_, value) => {
    const code = await mutated('interpreter/set.ts', 'succeeded(null)', `succeeded(${value})`);
    const { temporal, embedded } = await compare(code);
    expect(temporal).not.toEqual(embedded);
  });

  test('when it does one after the other what it should do side by side', async () => {
    const code = await mutated(
      'interpreter/parallel.ts',
      'together(lists.length, lists.length,',
      'together(lists.length, 1,',
    );
    const { temporal, embedded } = await compare(code);
    expect(temporal).not.toEqual(embedded);
  });

  test('and the one that is, is not', async () => {
    const { temporal, embedded } = await compare(await bundleWorkflow());
    expect(temporal).toEqual(embedded);
  });
});
