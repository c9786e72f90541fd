import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalog, createWorkflowBuilder } from '@fk-workflow/core';
import { createHandler, createLogger, type HandlerOptions } from '@fk-workflow/server-adapter';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withDemoSite } from '../src/site/demo-handler.js';
import { hostPage } from '../src/site/page.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fk-workflow-site-'));
  await mkdir(join(folder, 'widget'));
  await writeFile(join(folder, 'secret.js'), 'secret');
  await writeFile(join(folder, 'widget', 'fk-workflow-builder.js'), 'element');
  await writeFile(join(folder, 'widget', 'chunk-ABCD1234.js'), 'chunk');
});
afterAll(() => rm(folder, { recursive: true }));

const site = (options: HandlerOptions = {}, widget: string | undefined = join(folder, 'widget')) => {
  const builder = createWorkflowBuilder({
    catalog: createCatalog([]),
    logger: createLogger({ level: 'silent' }),
  });
  const handler = withDemoSite(createHandler(builder, options), {
    widget,
    mails: () => [{ to: 'a@b.example' }],
  });
  return {
    handler,
    get: (path: string, headers: Record<string, string> = {}) =>
      handler(new Request(`http://localhost${path}`, { headers })),
  };
};

describe('the files of the page', () => {
  test('the element is asked for anew each time, and not sent again while it is the same', async () => {
    const { get } = site();
    const first = await get('/widget/fk-workflow-builder.js');
    expect(await first.text()).toBe('element');
    expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await get('/widget/fk-workflow-builder.js', {
      'If-None-Match': first.headers.get('etag') ?? '',
    });
    expect(again.status).toBe(304);
  });

  test('a file with a hash in its name may be kept for ever', async () => {
    const { get } = site();
    const response = await get('/widget/chunk-ABCD1234.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test.each([
    '/widget/../secret.js',
    '/widget/..%2fsecret.js',
    '/widget/%2e%2e/secret.js',
    '/widget/..%5csecret.js',
    '/widget//secret.js',
    '/widget/nested/secret.js',
    '/widget/.hidden.js',
    '/widget/',
    '/widget/missing.js',
    '/demo/page.css/',
    '/demo/page.html',
  ])('%s is not found', async (path) => {
    const response = await site().get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });

  test('while the widget is not built its files are not found', async () => {
    const { handler } = site();
    const without = withDemoSite(handler, { widget: undefined, mails: () => [] });
    const response = await without(new Request('http://localhost/demo/page.css'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  test('its paths are owned and mounted beside those of the API', () => {
    const { handler } = site();
    expect(['/widget/a.js', '/demo/page.css', '/simulator/mail', '/api/runs'].every(handler.owns)).toBe(true);
    expect(handler.owns('/simulator/other')).toBe(false);
    expect(handler.mounts).toEqual(expect.arrayContaining(['/widget/*', '/simulator/mail', '/api/runs/*']));
  });
});

describe('GET /simulator/mail', () => {
  test('lists the mails', async () => {
    expect(await (await site().get('/simulator/mail')).json()).toEqual([{ to: 'a@b.example' }]);
  });

  test('is open to whom the API is open', async () => {
    const { get } = site({ apiKeys: ['key'] });
    expect((await get('/simulator/mail')).status).toBe(401);
    expect((await get('/simulator/mail', { Accept: 'text/html' })).status).toBe(401);
    expect((await get('/simulator/mail', { 'X-API-Key': 'key' })).status).toBe(200);
  });
});

describe('the page', () => {
  test('allows nothing inline and nothing from elsewhere', async () => {
    const response = hostPage({ name: 'Express', timeScale: 3600, needsKey: false });
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const html = await response.text();
    expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)|https?:/);
    expect(html).toContain('<fk-workflow-builder endpoint=""');
    expect(html).toContain('time runs 3600 times faster: an hour takes 1 s');
  });

  test('shows its name as text, and asks for a key only when calls need one', async () => {
    const html = await hostPage({ name: '<b>"&', timeScale: 1, needsKey: true }).text();
    expect(html).toContain('&#60;b&#62;&#34;&#38;');
    expect(html).toContain('/demo/ask-key.js');
  });
});
