import { expect, test, vi } from 'vitest';
import { createSavedCheck } from '../../src/library/saved-check.js';
import type { ActionSpec } from '../../src/workflow/action-spec.js';
import type { Definition } from '../../src/workflow/definition.js';

const look: ActionSpec = {
  id: 'look',
  name: 'Look',
  description: 'Looks.',
  category: 'Test',
  effect: 'read',
  idempotent: false,
  inputSchema: { type: 'object' },
  outputSchema: {},
};
const actions = { get: (id: string) => (id === 'look' ? look : undefined), all: () => [look] };
const limits = { steps: 10 };

const calling = (action: string): Definition => ({
  id: 'one',
  name: 'One',
  steps: [{ id: 'a', kind: 'action', action }],
});
const running: Definition = {
  id: 'two',
  name: 'Two',
  steps: [{ id: 'b', kind: 'workflow', workflow: 'one', version: 1 }],
};

test('what was found valid is given again, as the same object', async () => {
  const check = createSavedCheck({ actions, limits, workflows: { get: async () => undefined } });
  const first = await check(calling('look'));
  expect(first).toEqual(calling('look'));
  expect(await check(calling('look'))).toBe(first);
});

test('what is not valid is refused each time', async () => {
  const check = createSavedCheck({ actions, limits, workflows: { get: async () => undefined } });
  await expect(check(calling('leap'))).rejects.toMatchObject({ code: 'invalid_definition' });
  await expect(check(calling('leap'))).rejects.toMatchObject({ code: 'invalid_definition' });
});

test('one that runs another is checked beside those that are saved now', async () => {
  const get = vi.fn(
    async (): Promise<{ id: string; version: number; definition: Definition } | undefined> => ({
      id: 'one',
      version: 1,
      definition: calling('look'),
    }),
  );
  const check = createSavedCheck({ actions, limits, workflows: { get } });
  await check(running);
  get.mockResolvedValue(undefined);
  await expect(check(running)).rejects.toMatchObject({ code: 'invalid_definition' });
});
