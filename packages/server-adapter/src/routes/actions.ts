import type { WorkflowBuilder } from '@fk-workflow/core';
import type { Endpoint } from '../endpoint.js';
import { listActions } from './action-listing.js';

/** `GET /api/actions`: the catalog by category. It cannot change while the process lives, so it is made once. */
export const actionEndpoints = ({ catalog }: WorkflowBuilder): readonly Endpoint[] => {
  const answer = JSON.stringify(listActions(catalog));
  return [
    {
      method: 'GET',
      path: '/api/actions',
      handle: () => new Response(answer, { headers: { 'Content-Type': 'application/json' } }),
    },
  ];
};
