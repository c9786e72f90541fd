import type { WorkflowBuilder } from '@fk-workflow/core';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.js';
import { jsonSchema, parse } from '../http/parse.js';

const name = 'must be a string of 1 to 200 characters';
const id = 'must be a string of 1 to 255 characters that names this event alone';

const eventSchema = z.strictObject(
  {
    event: z.string({ error: name }).min(1, name).max(200, name),
    payload: jsonSchema.default(null),
    id: z.string({ error: id }).min(1, id).max(255, id),
  },
  { error: 'must be a JSON object of event, payload and id' },
);

/** `POST /api/events`: starts a run of every workflow that waits for the event, once per id. */
export const eventEndpoints = ({ triggers }: WorkflowBuilder): readonly Endpoint[] => [
  {
    method: 'POST',
    path: '/api/events',
    async handle({ json, caller }) {
      const told = await triggers.event(parse(eventSchema, await json()), caller);
      return Response.json(told, { status: 202 });
    },
  },
];
