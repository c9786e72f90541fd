import type { WorkflowBuilder } from '@fk-workflow/core';
import type { Endpoint } from '../endpoint.js';

const open = () => true;

/** Health, for people and probes. Always open, and never waits for anything. */
export const healthEndpoints = (builder: WorkflowBuilder): readonly Endpoint[] => [
  { method: 'GET', path: '/health', open, handle: () => Response.json(builder.health()) },
  {
    method: 'GET',
    path: '/health/ready',
    open,
    handle() {
      const ready = builder.ready();
      return Response.json({ ready }, { status: ready ? 200 : 503 });
    },
  },
  { method: 'GET', path: '/health/live', open, handle: () => Response.json({ alive: true }) },
];
