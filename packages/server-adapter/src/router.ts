import { type WorkflowBuilder, WorkflowError } from '@fk-workflow/core';
import { type Context, Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { type Authenticate, authenticator } from './auth/authenticate.js';
import type { Call, Endpoint } from './endpoint.js';
import { type ClientAddress, clientAddressFor } from './http/client-address.js';
import { isForbiddenKey } from './http/json-guard.js';
import { asWorkflowError, problemResponse } from './http/problem.js';
import { readAnyBody } from './http/read-any-body.js';
import type { ReadBody } from './http/read-body.js';
import { emptyBody, readJson } from './http/read-json.js';
import type { Settings } from './options.js';

/** A request while it is answered. */
export interface Exchange {
  readonly requestId: string;
  /** The address of the socket's peer. */
  readonly peer: string | undefined;
  readonly readBody: ReadBody | undefined;
  /** The pattern of the endpoint that took it, for the log: never the path, which may hold a secret. */
  route: string;
}

type Env = { Bindings: Exchange };

/** Routes a request to its endpoint: route, then credentials, then the endpoint. Never rejects: errors are answers. */
export const createRouter = (
  builder: WorkflowBuilder,
  settings: Settings,
  endpoints: readonly Endpoint[],
): ((request: Request, exchange: Exchange) => Promise<Response>) => {
  const app = new Hono<Env>().basePath(settings.basePath);
  const authenticate = authenticator(settings);
  const addressOf = clientAddressFor(settings.trustedProxies);

  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
  for (const endpoint of endpoints) {
    app.on(endpoint.method, endpoint.path, async (c) => {
      c.env.route = endpoint.path;
      const answerHeaders = new Headers();
      const response = await answer(c, endpoint, answerHeaders).catch((error: unknown) =>
        failed(error, c, builder),
      );
      return withHeaders(response, answerHeaders);
    });
  }
  app.notFound((c) =>
    problemResponse(
      new WorkflowError('not_found', 'There is no such route: GET / lists the routes of this server.'),
      c.env.requestId,
    ),
  );
  app.onError((error, c) => failed(error, c, builder));

  const answer = async (c: Context<Env>, endpoint: Endpoint, answerHeaders: Headers): Promise<Response> => {
    const caller = await callerOf(c.req.raw, c.env, endpoint, authenticate, addressOf);
    const body = (): Promise<unknown> => readJson(c.req.raw, settings, c.env.readBody);
    const call: Call = {
      request: c.req.raw,
      url: new URL(c.req.url),
      caller,
      basePath: settings.basePath,
      answerHeaders,
      param: (name) => paramOf(c, name),
      async json() {
        const value = await body();
        if (value === undefined) throw emptyBody();
        return value;
      },
      optionalJson: body,
      anyBody: () => readAnyBody(c.req.raw, settings, c.env.readBody),
    };
    return endpoint.handle(call);
  };

  return async (request, exchange) => app.fetch(request, exchange);
};

const callerOf = async (
  request: Request,
  { requestId, peer }: Exchange,
  endpoint: Endpoint,
  authenticate: Authenticate,
  addressOf: ClientAddress,
): Promise<Call['caller']> => {
  const who = endpoint.open?.(request) ? undefined : await authenticate(request);
  if (who) {
    const { principal, tenant } = who;
    const labels = tenant === undefined ? {} : { tenant };
    return { principal, ...labels, client: `principal:${principal}`, requestId };
  }
  return { client: `address:${addressOf(peer, request.headers.get('x-forwarded-for'))}`, requestId };
};

const paramOf = (c: Context<Env>, name: string): string => {
  const value = c.req.param(name) ?? '';
  if (isForbiddenKey(value)) {
    throw new WorkflowError('invalid_request', `"${value}" is not allowed in a path: use another ${name}.`);
  }
  return value;
};

const refuseMethod = (c: Context<Env>, methods: string[]): Response => {
  const allow = [...methods, 'OPTIONS'].join(', ');
  const response =
    c.req.method === 'OPTIONS'
      ? new Response(null, { status: 204 })
      : problemResponse(
          new WorkflowError('method_not_allowed', `This route does not take this method: use ${allow}.`),
          c.env.requestId,
        );
  response.headers.set('Allow', allow);
  return response;
};

/** The answer for an error; what the server is to blame for is logged with its cause. */
const failed = (error: unknown, { env }: Context<Env>, { logger }: WorkflowBuilder): Response => {
  const { code, status } = asWorkflowError(error);
  if (status >= 500) {
    logger.error({ requestId: env.requestId, route: env.route, code, err: error }, 'request failed');
  }
  return problemResponse(error, env.requestId);
};

/** A copy that has more headers: those of the host's page may be immutable. */
const withHeaders = (response: Response, extra: Headers): Response => {
  const copy = new Response(response.body, response);
  for (const [name, value] of extra) copy.headers.set(name, value);
  return copy;
};
