import type { ActionLookup, ActionSpec } from '@fk-workflow/core/workflow';

const relay: ActionSpec = {
  id: 'relay',
  name: 'Relay',
  description: 'Gives on what it takes.',
  category: 'Bench',
  effect: 'read',
  idempotent: false,
  inputSchema: { type: 'object', properties: { id: { type: 'string' }, document: {} } },
  outputSchema: {
    type: 'object',
    properties: { id: { type: 'string' }, document: {} },
    required: ['id', 'document'],
  },
};

/** A catalog with the one action `relay`, which reads, and gives back its input. */
export const relayActions: ActionLookup = {
  get: (id) => (id === relay.id ? relay : undefined),
  all: () => [relay],
};
