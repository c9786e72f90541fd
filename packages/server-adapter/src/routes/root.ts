import type { Endpoint } from '../endpoint.js';
import { version } from '../version.js';

/**
 * `GET /`: the host's page for browsers, else name, version and endpoints as JSON.
 * The page is open, because a browser sends no key when a person opens it.
 */
export const rootEndpoints = (
  page: (() => Response) | undefined,
  endpoints: readonly Endpoint[],
): readonly Endpoint[] => {
  const wantsPage = (request: Request): boolean =>
    page !== undefined && /\btext\/html\b/i.test(request.headers.get('accept') ?? '');
  return [
    {
      method: 'GET',
      path: '/',
      open: wantsPage,
      handle({ request, answerHeaders }) {
        answerHeaders.set('Vary', 'Accept');
        if (page && wantsPage(request)) return page();
        return Response.json({
          name: 'fk-workflow',
          version,
          endpoints: endpoints.map(({ method, path }) => `${method} ${path}`),
        });
      },
    },
  ];
};
