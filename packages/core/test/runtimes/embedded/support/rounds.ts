import { z } from 'zod';
import { defineAction } from '../../../../src/catalog/action.js';
import { type Catalog, createCatalog } from '../../../../src/catalog/catalog.js';
import type { Effect } from '../../../../src/workflow/action-spec.js';
import type { Definition } from '../../../../src/workflow/definition.js';

/** A run with every kind of effect in every round, until `look` says that it is enough. */
export const rounds: Definition = {
  id: 'rounds',
  name: 'Rounds',
  steps: [
    {
      id: 'round',
      kind: 'repeat',
      max: 1000,
      until: '${{ steps.look.output.enough }}',
      steps: [
        { id: 'look', kind: 'action', action: 'look' },
        { id: 'put', kind: 'action', action: 'put' },
        { id: 'mail', kind: 'action', action: 'mail', onError: 'continue' },
        { id: 'nap', kind: 'wait', duration: 'PT0.3S' },
      ],
    },
  ],
};

/** The paths of all that {@link rounds} does, in order. */
export const roundPaths = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, round) =>
    ['look', 'put', 'mail', 'nap'].map((step) => `round[${round}]/${step}`),
  ).flat();

/** The actions of {@link rounds}; each calls `happen` and answers a little later. */
export const roundsCatalog = (
  happen: (action: string, key: string) => void,
  enough: () => boolean,
): Catalog => {
  const action = (id: string, effect: Effect) =>
    defineAction({
      id,
      name: id,
      description: id,
      category: 'Test',
      effect,
      input: z.object({}),
      output: z.object({ enough: z.boolean() }),
      async handler(_input, { key }) {
        happen(id, key);
        await new Promise((resolve) => setTimeout(resolve, 10));
        return { enough: enough() };
      },
    });
  return createCatalog([action('look', 'read'), action('put', 'write'), action('mail', 'irreversible')]);
};
