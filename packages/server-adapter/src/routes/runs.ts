import type { Run, WorkflowBuilder } from '@fk-workflow/core';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.js';
import { idempotencyOf } from '../http/idempotency-key.js';
import { jsonSchema, pageSchema, parse, query } from '../http/parse.js';

const startSchema = z.strictObject(
  {
    input: jsonSchema.optional(),
    version: z
      .int({ error: 'must be a whole number from 1' })
      .min(1, 'must be a whole number from 1')
      .optional(),
  },
  { error: 'must be a JSON object of input and version' },
);

const reason = 'must be a string of at most 1000 characters';
const cancelSchema = z.strictObject(
  { reason: z.string({ error: reason }).max(1000, reason).nullish() },
  { error: 'must be a JSON object of reason' },
);

const from = 'must be the path of a step, such as "ask" or "each[3]/notify"';
const retrySchema = z.strictObject(
  { from: z.string({ error: from }).min(1, from).max(5000, from) },
  { error: 'must be a JSON object of from' },
);

const listSchema = pageSchema.extend({
  workflowId: z.string().max(100, 'must be at most 100 characters').optional(),
});

/** Runs: start, list, read, signal, cancel, retry. */
export const runEndpoints = ({ runs }: WorkflowBuilder): readonly Endpoint[] => [
  {
    method: 'POST',
    path: '/api/workflows/:id/runs',
    async handle({ param, optionalJson, basePath, caller, request }) {
      const { input, version } = parse(startSchema, (await optionalJson()) ?? {});
      const asked = {
        ...(input === undefined ? {} : { input }),
        ...(version === undefined ? {} : { version }),
      };
      const run = await runs.start(param('id'), asked, caller, idempotencyOf(request));
      return accepted(run, basePath);
    },
  },
  {
    method: 'GET',
    path: '/api/runs',
    async handle({ url }) {
      const { limit, cursor, workflowId } = parse(listSchema, query(url, ['limit', 'cursor', 'workflowId']));
      const page = await runs.list({
        limit,
        ...(cursor === undefined ? {} : { cursor }),
        ...(workflowId === undefined ? {} : { workflowId }),
      });
      return Response.json(page);
    },
  },
  {
    method: 'GET',
    path: '/api/runs/:id',
    handle: async ({ param }) => Response.json(await runs.get(param('id'))),
  },
  {
    method: 'POST',
    path: '/api/runs/:id/signals/:name',
    async handle({ param, optionalJson, caller, request }) {
      const payload = parse(jsonSchema, (await optionalJson()) ?? null);
      await runs.signal(param('id'), param('name'), payload, caller, idempotencyOf(request));
      return Response.json({ accepted: true }, { status: 202 });
    },
  },
  {
    method: 'POST',
    path: '/api/runs/:id/cancel',
    async handle({ param, optionalJson, basePath }) {
      const { reason } = parse(cancelSchema, (await optionalJson()) ?? {});
      return accepted(await runs.cancel(param('id'), reason ?? null), basePath);
    },
  },
  {
    method: 'POST',
    path: '/api/runs/:id/retry',
    async handle({ param, json, basePath, caller, request }) {
      const { from: path } = parse(retrySchema, await json());
      return accepted(await runs.retry(param('id'), path, caller, idempotencyOf(request)), basePath);
    },
  },
];

const accepted = (run: Run, basePath: string): Response =>
  Response.json(run, { status: 202, headers: { Location: `${basePath}/api/runs/${run.runId}` } });
