import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Handler, RequestInfo } from '@fk-workflow/server-adapter';
import { staticFile } from './static-files.js';

const assets = fileURLToPath(new URL('../../assets', import.meta.url));

/** The folder of the widget's standalone build; undefined while it is not built. */
export const widgetFolder = (): string | undefined => {
  try {
    return dirname(createRequire(import.meta.url).resolve('@fk-workflow/widget/standalone'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
};

/** What the demo shows beside the API. */
export interface DemoSite {
  /** The widget's standalone build. */
  readonly widget: string | undefined;
  /** The mails that the simulator took, oldest first. */
  mails(): readonly unknown[];
}

/**
 * Puts the demo's own paths in front of the API: `/widget/*` and `/demo/*` (scripts and styles, open to all) and
 * `/simulator/mail` (open to whom the API is open).
 */
export const withDemoSite = (api: Handler, site: DemoSite): Handler => {
  const folders = new Map([
    ['demo', assets],
    ...(site.widget === undefined ? [] : [['widget', site.widget] as const]),
  ]);
  const paths = ['/widget/*', '/demo/*', '/simulator/mail'];
  const isOwn = (path: string): boolean => /^\/(widget|demo)\/|^\/simulator\/mail$/.test(path);

  const answer = async (request: Request, info?: RequestInfo): Promise<Response> => {
    const { pathname, origin } = new URL(request.url);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || !isOwn(pathname)) return api(request, info);
    if (pathname === '/simulator/mail') {
      // Asked of the API, so that one place alone knows who may.
      const headers = new Headers(request.headers);
      headers.set('Accept', 'application/json');
      const asked = await api(new Request(`${origin}/`, { headers }), info);
      return asked.ok ? Response.json(site.mails(), { headers: { 'Cache-Control': 'no-store' } }) : asked;
    }
    const [, folder = '', name = '', ...below] = pathname.split('/');
    const path = folders.get(folder);
    const file = path === undefined || below.length > 0 ? undefined : await staticFile(path, name, request);
    return file ?? api(request, info);
  };
  return Object.assign(answer, {
    owns: (path: string) => isOwn(path) || api.owns(path),
    mounts: [...paths, ...api.mounts],
  });
};
