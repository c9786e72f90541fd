import { WorkflowError } from '@fk-workflow/core';
import { createHandler } from '@fk-workflow/server-adapter';
import { expect, it } from 'vitest';
import { fakeBuilder } from '../support/fake-builder.js';

const runId = 'run_sched_weekly-2030-01-31T09:00:00Z';
const routes = [
  ['get', 'GET', '', undefined],
  ['events', 'GET', '/events', undefined],
  ['signal', 'POST', '/signals/ok', { decision: 'approved' }],
  ['cancel', 'POST', '/cancel', {}],
  ['retry', 'POST', '/retry', { from: 'a' }],
] as const;

it.each([runId, encodeURIComponent(runId)])(
  'the id of a scheduled run goes through every route (%s)',
  async (id) => {
    const { builder } = fakeBuilder();
    const asked: string[] = [];
    for (const [name] of routes) {
      builder.runs[name] = async (one: string) => {
        asked.push(`${name} ${one}`);
        throw new WorkflowError('conflict', 'It has ended.');
      };
    }
    const handler = createHandler(builder);
    for (const [, method, path, body] of routes) {
      const headers = { 'Content-Type': 'application/json' };
      const sent = body ? { method, headers, body: JSON.stringify(body) } : { method };
      expect((await handler(new Request(`http://x/api/runs/${id}${path}`, sent))).status).toBe(409);
    }
    expect(asked).toEqual(routes.map(([name]) => `${name} ${runId}`));
  },
);
