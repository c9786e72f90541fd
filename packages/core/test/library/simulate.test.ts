import { describe, expect, test } from 'vitest';
import { createLibrary } from '../../src/library/create-library.js';
import { memoryWorkflowStore } from '../../src/stores/memory-workflow-store.js';
import { called, catalog, input, notifier } from '../simulate/support/notifier.js';

const library = createLibrary({
  workflows: memoryWorkflowStore(),
  actions: catalog,
  limits: { steps: 500 },
  simulator: () => ({ hasReply: false }),
});

const nested = (depth: number): string =>
  `${'{"id":"b","kind":"branch","cases":[{"when":"x","steps":['.repeat(depth)}${']}]}'.repeat(depth)}`;

describe('a definition to be simulated', () => {
  test('is walked with the simulator of the host', async () => {
    const { paths, truncated } = await library.simulate({ definition: notifier, input });
    expect(paths.map(({ ending }) => ending.status)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(truncated).toBe(false);
    expect(called).toEqual([]);
  });

  test('is walked with the saved workflows that it runs, at the versions that it says', async () => {
    const waiting = (duration: string) => ({
      id: 'pause',
      name: 'Pause',
      steps: [
        { id: 'nap', kind: 'wait', duration },
        { id: 'ok', kind: 'approval', title: 'Go on?' },
      ],
    });
    await library.create(waiting('PT1H'));
    await library.replace('pause', waiting('PT2H'), 1);
    const definition = {
      id: 'main',
      name: 'Main',
      steps: [{ id: 'run', kind: 'workflow', workflow: 'pause', version: 1 }],
    };
    const answers = { 'run/ok': { decision: 'approved' } };
    const { paths } = await library.simulate({ definition, answers });
    expect(paths).toMatchObject([
      {
        ending: { status: 'succeeded' },
        waits: [{ path: 'run' }, { path: 'run/nap', duration: 'PT1H' }, { path: 'run/ok' }],
        subRuns: [{ path: 'run', workflow: 'pause', version: 1 }],
      },
    ]);
  });

  test('is checked first, as one to be saved is', async () => {
    const wrong = { ...notifier, steps: [{ id: 'ask', kind: 'action', action: 'send_letter' }] };
    await expect(library.simulate({ definition: wrong })).rejects.toMatchObject({
      code: 'invalid_definition',
      details: { problems: [expect.objectContaining({ severity: 'error', path: '/steps/0/action' })] },
    });
    await expect(library.simulate({ definition: notifier, input: {} })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test.each([
    ['nothing', null],
    ['100,000 steps', { ...notifier, steps: Array.from({ length: 100_000 }, () => notifier.steps[0]) }],
    ['steps 10,000 deep', { ...notifier, steps: [JSON.parse(nested(10_000))] }],
    ['a loop of 10^9 rounds', { ...notifier, steps: [{ id: 'r', kind: 'repeat', max: 1e9, steps: [] }] }],
  ])('is refused with problems when it is %s', async (_, definition) => {
    await expect(library.simulate({ definition })).rejects.toMatchObject({
      code: 'invalid_definition',
      details: { problems: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) },
    });
  });
});
