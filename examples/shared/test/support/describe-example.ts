import { createCatalog, createWorkflowBuilder } from '@fk-workflow/core';
import { createHandler, createLogger, type Handler } from '@fk-workflow/server-adapter';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** An example that listens on a port of its own. */
export interface ListeningExample {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Says what every example does over HTTP, whatever its framework. */
export const describeExample = (
  framework: string,
  listen: (handler: Handler) => Promise<ListeningExample>,
): void => {
  const builder = createWorkflowBuilder({
    catalog: createCatalog([]),
    logger: createLogger({ level: 'silent' }),
  });
  let example: ListeningExample;
  let url: string;

  beforeAll(async () => {
    await builder.start();
    example = await listen(createHandler(builder));
    ({ url } = example);
  });
  afterAll(async () => {
    await example.close();
    await builder.close(0);
  });

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  describe(`the ${framework} example`, () => {
    test('is ready, and says what it is', async () => {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`${url}/`)).json()).toMatchObject({ name: 'fk-workflow' });
    });

    test('saves a workflow, runs it and shows its events', async () => {
      const id = 'sum';
      const steps = [{ id: 'total', kind: 'set', values: { total: '${{ inputs.a + inputs.b }}' } }];
      const inputs = {
        type: 'object',
        required: ['a', 'b'],
        properties: { a: { type: 'number' }, b: { type: 'number' } },
      };
      const saved = await post('/api/workflows', {
        id,
        name: 'Sum',
        inputs,
        steps,
        output: '${{ vars.total }}',
      });
      expect(saved.status).toBe(201);
      const started = await post(`/api/workflows/${id}/runs`, { input: { a: 2, b: 3 } });
      expect(started.status).toBe(202);
      const { runId }: { runId: string } = JSON.parse(await started.text());
      const stream = await fetch(`${url}/api/runs/${runId}/events`, {
        headers: { Accept: 'text/event-stream' },
      });
      expect(await stream.text()).toContain('run.succeeded');
      expect(await (await fetch(`${url}/api/runs/${runId}`)).json()).toMatchObject({
        status: 'succeeded',
        output: 5,
      });
    });

    test('what is not there is a problem document', async () => {
      const response = await fetch(`${url}/api/runs/run_none`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    });
  });
};
