import { type WorkflowBuilder, WorkflowError } from '@fk-workflow/core';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.js';
import { parse, query, sessionIdSchema } from '../http/parse.js';

const sessionSchema = z.object({
  session_id: sessionIdSchema,
});

const sessionId = (value: string): string => parse(sessionSchema, { session_id: value }).session_id;

/** Sessions: read, delete (also under the first version's path), and the draft as its node list. */
export const sessionEndpoints = ({ chat }: WorkflowBuilder): readonly Endpoint[] => [
  {
    method: 'GET',
    path: '/api/workflow-agent/sessions/:id',
    handle: async ({ param, caller }) => Response.json(await chat.session(sessionId(param('id')), caller)),
  },
  {
    method: 'DELETE',
    path: '/api/workflow-agent/sessions/:id',
    async handle({ param, caller }) {
      const id = sessionId(param('id'));
      if (!(await chat.deleteSession(id, caller))) throw unknownSession(id);
      return new Response(null, { status: 204 });
    },
  },
  {
    method: 'DELETE',
    path: '/api/workflow-agent/session/:id',
    async handle({ param, caller }) {
      const id = sessionId(param('id'));
      if (!(await chat.deleteSession(id, caller))) throw unknownSession(id);
      return Response.json({ status: 'success', message: `The session "${id}" is deleted.` });
    },
  },
  {
    method: 'POST',
    path: '/api/workflow-agent/generate',
    async handle({ url, caller }) {
      const { session_id } = parse(sessionSchema, query(url, ['session_id']));
      const { workflow_json, agent_response } = await chat.generate(session_id, caller);
      return Response.json({ status: 'success', session_id, workflow_json, agent_response });
    },
  },
];

const unknownSession = (id: string): WorkflowError =>
  new WorkflowError('not_found', `There is no session "${id}": it was deleted, or it expired.`);
