import type { WorkflowBuilder } from '@fk-workflow/core';
import type { Json, SavedWorkflow } from '@fk-workflow/core/protocol';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.js';
import { etagOf, expectedVersion } from '../http/etag.js';
import { jsonSchema, pageSchema, parse, query } from '../http/parse.js';
import { hookPath } from './hooks.js';

const versionSchema = z.object({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number from 1')
    .transform(Number)
    .optional(),
});

const simulateSchema = z.strictObject(
  {
    definition: z.custom<Json>((value) => value !== undefined, 'must be a workflow definition'),
    input: jsonSchema.optional(),
    answers: z.record(z.string(), jsonSchema, 'must be a JSON object by path or step id').optional(),
    paths: z.enum(['all', 'one'], 'must be "all" or "one"').optional(),
  },
  { error: 'must be a JSON object of definition, input, answers and paths' },
);

/** Saved definitions. Under a run's id, `GET` answers what the first version told about a run. */
export const workflowEndpoints = ({ workflows, runs, triggers }: WorkflowBuilder): readonly Endpoint[] => [
  {
    method: 'POST',
    path: '/api/workflows/validate',
    handle: async ({ json }) => Response.json(await workflows.validate(await json())),
  },
  {
    method: 'POST',
    path: '/api/workflows/simulate',
    async handle({ json }) {
      const { definition, input, answers, paths } = parse(simulateSchema, await json());
      const simulation = await workflows.simulate({
        definition,
        ...(input === undefined ? {} : { input }),
        ...(answers === undefined ? {} : { answers }),
        ...(paths === undefined ? {} : { paths }),
      });
      return Response.json(simulation);
    },
  },
  {
    method: 'POST',
    path: '/api/workflows',
    async handle({ json, basePath }) {
      const saved = await workflows.create(await json());
      const headers = { Location: `${basePath}/api/workflows/${saved.id}` };
      return savedResponse(saved, 201, hookOf(saved, triggers, basePath), headers);
    },
  },
  {
    method: 'GET',
    path: '/api/workflows',
    async handle({ url }) {
      const { limit, cursor } = parse(pageSchema, query(url, ['limit', 'cursor']));
      return Response.json(await workflows.list({ limit, ...(cursor === undefined ? {} : { cursor }) }));
    },
  },
  {
    method: 'GET',
    path: '/api/workflows/:id',
    async handle({ param, url, basePath }) {
      const id = param('id');
      if (id.startsWith('run_')) {
        const run = await runs.get(id);
        return Response.json({
          workflow_id: run.runId,
          status: run.status,
          run_id: await runs.executionId(run.runId),
          start_time: run.startedAt,
        });
      }
      const { version } = parse(versionSchema, query(url, ['version']));
      const saved = await workflows.get(id, version);
      return savedResponse(saved, 200, hookOf(saved, triggers, basePath));
    },
  },
  {
    method: 'PUT',
    path: '/api/workflows/:id',
    async handle({ param, request, json, basePath }) {
      const version = expectedVersion(request);
      const saved = await workflows.replace(param('id'), await json(), version);
      return savedResponse(saved, 200, hookOf(saved, triggers, basePath));
    },
  },
  {
    method: 'DELETE',
    path: '/api/workflows/:id',
    async handle({ param }) {
      await workflows.delete(param('id'));
      return new Response(null, { status: 204 });
    },
  },
  {
    method: 'GET',
    path: '/api/workflows/:id/versions',
    async handle({ param }) {
      const id = param('id');
      const versions = await workflows.versions(id);
      return Response.json({ items: versions.map((version) => ({ id, version })) });
    },
  },
];

/** The path that starts runs of a workflow whose trigger is a webhook. */
const hookOf = (
  saved: SavedWorkflow,
  triggers: WorkflowBuilder['triggers'],
  basePath: string,
): string | undefined => {
  const token = triggers.hookToken(saved);
  return token === undefined ? undefined : basePath + hookPath(saved.id, token);
};

const savedResponse = (
  { id, version, definition }: SavedWorkflow,
  status: number,
  hook: string | undefined,
  headers?: Record<string, string>,
): Response =>
  Response.json(
    { id, version, definition, ...(hook === undefined ? {} : { hook }) },
    { status, headers: { ...headers, ETag: etagOf(version) } },
  );
