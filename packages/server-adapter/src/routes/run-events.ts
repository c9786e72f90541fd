import type { WorkflowBuilder } from '@fk-workflow/core';
import { sseFrame } from '@fk-workflow/core/protocol';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.js';
import { eventStreamResponse, wantsEventStream } from '../http/event-stream.js';
import { parse } from '../http/parse.js';

const resumeSchema = z.object({
  'Last-Event-ID': z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of an event of this run')
    .transform(Number),
});

/** `GET /api/runs/{id}/events`: all events so far as JSON, or the live stream after `Last-Event-ID` until the run ends. */
export const runEventEndpoints = ({ runs, logger }: WorkflowBuilder): readonly Endpoint[] => [
  {
    method: 'GET',
    path: '/api/runs/:id/events',
    async handle({ param, request, caller }) {
      const runId = param('id');
      if (!wantsEventStream(request)) return Response.json({ events: await runs.events(runId) });
      const { 'Last-Event-ID': after } = parse(resumeSchema, {
        'Last-Event-ID': request.headers.get('last-event-id') || '0',
      });
      // An unknown run is a plain 404, not a stream that breaks.
      await runs.get(runId);
      return eventStreamResponse({
        open: (signal) => runs.observe(runId, after, signal),
        frame: (event) => sseFrame(event.seq, event),
        logger,
        requestId: caller.requestId,
      });
    },
  },
];
