import type { WorkflowBuilder } from '@fk-workflow/core';
import type { Endpoint } from './endpoint.js';
import { addCorsHeaders } from './http/cors.js';
import type { ReadBody } from './http/read-body.js';
import { requestIdOf } from './http/request-id.js';
import { type HandlerOptions, resolveOptions } from './options.js';
import { createRouter, type Exchange } from './router.js';
import { actionEndpoints } from './routes/actions.js';
import { chatEndpoints } from './routes/chat.js';
import { eventEndpoints } from './routes/events.js';
import { executeEndpoints } from './routes/execute.js';
import { healthEndpoints } from './routes/health.js';
import { hookEndpoints } from './routes/hooks.js';
import { rootEndpoints } from './routes/root.js';
import { runEventEndpoints } from './routes/run-events.js';
import { runEndpoints } from './routes/runs.js';
import { sessionEndpoints } from './routes/sessions.js';
import { workflowEndpoints } from './routes/workflows.js';

/** What an adapter knows of a request besides the `Request`. */
export interface RequestInfo {
  /** The address of the socket's peer. Without it all clients that do not sign in share one rate limit. */
  readonly remoteAddress?: string | undefined;
  /** Gives the body when the framework in front has read it already. It may throw a `WorkflowError`. */
  readonly readBody?: ReadBody | undefined;
}

/** Answers a request; never rejects. */
export interface Handler {
  (request: Request, info?: RequestInfo): Promise<Response>;
  /**
   * Whether a path is one of this handler's, known route or not: everything under a base path; without one `/`,
   * `/health` and the namespaces under `/api`. Adapters leave other paths to the host.
   */
  owns(pathname: string): boolean;
  /** The same as patterns for a router: `/api/runs`, `/api/runs/*`, … */
  readonly mounts: readonly string[];
}

const namespaces = [
  '/health',
  '/api/workflow-agent',
  '/api/actions',
  '/api/workflows',
  '/api/runs',
  '/api/events',
  '/api/hooks',
];

/**
 * Makes the HTTP side of a workflow builder: one function from `Request` to `Response`.
 * Throws `configuration` when an option makes no sense.
 *
 * @example
 * const handler = createHandler(builder, { allowedOrigins: ['https://app.example.com'] });
 * const response = await handler(new Request('http://localhost/health'));
 */
export const createHandler = (builder: WorkflowBuilder, options: HandlerOptions = {}): Handler => {
  const settings = resolveOptions(options);
  const { basePath } = settings;
  const route = createRouter(builder, settings, endpointsOf(builder, settings.page));

  const handle = async (request: Request, info: RequestInfo = {}): Promise<Response> => {
    const started = performance.now();
    const exchange: Exchange = {
      requestId: requestIdOf(request, () => builder.newId('trace')),
      peer: info.remoteAddress,
      readBody: info.readBody,
      route: 'unmatched',
    };
    const response = await route(request, exchange);
    response.headers.set('X-Request-Id', exchange.requestId);
    response.headers.set('X-Content-Type-Options', 'nosniff');
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store');
    addCorsHeaders(response.headers, request, settings.allowedOrigins);
    builder.logger.info(
      {
        method: request.method,
        route: exchange.route,
        status: response.status,
        ms: Math.round(performance.now() - started),
        requestId: exchange.requestId,
      },
      'request',
    );
    return response;
  };

  const mounts = basePath === '' ? ['/', ...namespaces.flatMap(withBelow)] : withBelow(basePath);
  const roots = basePath === '' ? namespaces : [basePath];
  const owns = (pathname: string): boolean =>
    mounts.includes(pathname) || roots.some((root) => pathname.startsWith(`${root}/`));
  return Object.assign(handle, { owns, mounts });
};

const withBelow = (path: string): string[] => [path, `${path}/*`];

const endpointsOf = (builder: WorkflowBuilder, page: HandlerOptions['page']): readonly Endpoint[] => {
  const endpoints = [
    ...chatEndpoints(builder),
    ...sessionEndpoints(builder),
    ...actionEndpoints(builder),
    ...workflowEndpoints(builder),
    ...executeEndpoints(builder),
    ...runEndpoints(builder),
    ...runEventEndpoints(builder),
    ...eventEndpoints(builder),
    ...hookEndpoints(builder),
    ...healthEndpoints(builder),
  ];
  return [...rootEndpoints(page, endpoints), ...endpoints];
};
