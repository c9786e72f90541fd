import { createHandler, type HandlerOptions } from '@fk-workflow/server-adapter';
import { describe, expect, it } from 'vitest';
import { apiKeyCheck } from '../../src/auth/api-keys.js';
import { fakeBuilder } from '../support/fake-builder.js';
import { chatPath, jsonOf, post, problem } from '../support/requests.js';

const url = `http://x${chatPath}`;
const message = { session_id: 's1', message: 'Hello' };
const serve = (options: HandlerOptions) => {
  const fake = fakeBuilder();
  const handler = createHandler(fake.builder, options);
  return {
    ...fake,
    handler,
    get: (path: string, headers = {}) => handler(new Request(`http://x${path}`, { headers })),
  };
};

describe('API keys', () => {
  const keys = { apiKeys: ['first-key', 'second-key'] };

  it('are taken as a bearer token or as X-API-Key, and name a principal each', async () => {
    const { handler, sent } = serve(keys);
    for (const headers of [
      { Authorization: 'Bearer first-key' },
      { 'X-API-Key': 'first-key' },
      { Authorization: 'bearer second-key' },
    ]) {
      expect((await handler(post(url, message, headers))).status).toBe(200);
    }
    const [first, again, second] = sent.map(([, caller]) => caller);
    expect(first?.principal).toMatch(/^key_[0-9a-f]{16}$/);
    expect(again?.principal).toBe(first?.principal);
    expect(second?.principal).not.toBe(first?.principal);
    expect(first?.client).toBe(`principal:${first?.principal}`);
  });

  it.each([{}, { Authorization: 'Bearer wrong' }, { Authorization: 'Basic first-key' }, { 'X-API-Key': '' }])(
    'answer 401 to %j before the body is looked at',
    async (headers: Record<string, string>) => {
      const { handler, limited } = serve(keys);
      const response = await handler(post(url, 'no JSON', headers));
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      await problem(response, 401, 'unauthorized');
      expect(limited).toEqual([]);
    },
  );

  it('leave health open and close the rest; the route comes first', async () => {
    const { get } = serve({
      ...keys,
      page: () => new Response('<p>page</p>', { headers: { 'Content-Type': 'text/html' } }),
    });
    for (const path of ['/health', '/health/ready', '/health/live'])
      expect((await get(path)).status).toBe(200);
    expect((await get('/', { Accept: 'text/html' })).status).toBe(200);
    for (const path of [
      '/',
      '/api/actions',
      '/api/workflows',
      '/api/runs',
      '/api/workflow-agent/sessions/known',
    ]) {
      expect((await get(path)).status).toBe(401);
    }
    expect((await get('/api/runs/x/y/z')).status).toBe(404);
  });

  it('give principals that do not tell the key', () => {
    expect(apiKeyCheck(['k'])('k')).not.toContain('k'.repeat(2));
    expect(apiKeyCheck(['a', 'b'])('c')).toBeNull();
  });

  it.each([[[]], [['']], [[' ']]])('are refused at the start as %j', (apiKeys) => {
    expect(() => serve({ apiKeys })).toThrow(expect.objectContaining({ code: 'configuration' }));
  });
});

describe('the host’s authenticate', () => {
  const options: HandlerOptions = {
    apiKeys: ['key'],
    authenticate: async (request) => {
      expect(request.body).toBeNull();
      const user = request.headers.get('x-user');
      if (user === 'broken') throw new Error('database password is hunter2');
      return user ? { principal: user } : null;
    },
  };

  it('beats the API keys and names the principal', async () => {
    const { handler, sent } = serve(options);
    expect((await handler(post(url, message, { 'X-User': 'ada' }))).status).toBe(200);
    expect(sent[0]?.[1]).toMatchObject({ principal: 'ada', client: 'principal:ada' });
    await problem(await handler(post(url, message, { Authorization: 'Bearer key' })), 401, 'unauthorized');
  });

  it('that breaks is a 500 which tells nothing', async () => {
    const { handler, lines } = serve(options);
    const body = await problem(await handler(post(url, message, { 'X-User': 'broken' })), 500, 'internal');
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'request failed' }));
  });

  it('may say a tenant, which the runs carry that are started', async () => {
    const { handler } = serve({
      authenticate: async ({ headers }) => {
        const tenant = headers.get('x-tenant');
        return { principal: 'ann', ...(tenant === null ? {} : { tenant }) };
      },
    });
    const startRun = async (headers = {}) =>
      jsonOf(await handler(post('http://x/api/workflows/w/runs', {}, headers)));
    expect(await startRun({ 'X-Tenant': 'acme' })).toMatchObject({ workflowId: 'w', tenant: 'acme' });
    expect(await startRun()).not.toHaveProperty('tenant');
  });
});
