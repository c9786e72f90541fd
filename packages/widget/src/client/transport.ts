import { answerError, networkError, RequestError } from './request-error.js';
import { abortable } from './watchdog.js';

/**
 * Gives the bearer token of the signed-in person, or nothing. Called before every request;
 * with `refresh: true` once after a 401, when a new token is needed.
 */
export type GetToken = (options: {
  readonly refresh: boolean;
}) => string | null | undefined | Promise<string | null | undefined>;

/** How the client reaches the server. */
export interface ClientOptions {
  /** Where the server's handler is mounted, e.g. `https://api.example.com/flows`. Empty: this origin. */
  readonly endpoint: string;
  readonly getToken?: GetToken | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** One request; `path` starts with `/api/`. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly accept?: 'application/json' | 'text/event-stream';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request; resolves with an answer in 2xx. */
export type Transport = (request: OutgoingRequest, signal: AbortSignal) => Promise<Response>;

/** Makes the {@link Transport} of a client: base URL, token with one refresh on 401, errors as sentences. */
export const createTransport = ({ endpoint, getToken, fetch }: ClientOptions): Transport => {
  const base = endpoint.replace(/\/+$/, '');
  // Called as a plain function: the browser's fetch refuses another `this`.
  const send = fetch ?? ((input, init) => globalThis.fetch(input, init));

  const once = async (
    request: OutgoingRequest,
    token: string | null | undefined,
    signal: AbortSignal,
  ): Promise<Response> => {
    const init: RequestInit = {
      method: request.method,
      headers: {
        Accept: request.accept ?? 'application/json',
        ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...request.headers,
      },
      signal,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    };
    try {
      return await abortable(send(`${base}${request.path}`, init), signal);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw networkError('network', error);
    }
  };

  return async (request, signal) => {
    const token = await getToken?.({ refresh: false });
    let response = await once(request, token, signal);
    if (response.status === 401 && getToken) {
      await response.body?.cancel();
      response = await once(request, await getToken({ refresh: true }), signal);
    }
    if (!response.ok) throw await answerError(response);
    return response;
  };
};

/** Reads the JSON of an answer; an answer that breaks off counts as a network error. */
export const readJson = async (response: Response, signal: AbortSignal): Promise<unknown> => {
  const body = await abortable(response.text(), signal).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw networkError('cut', error);
  });
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new RequestError('The server answered something other than JSON. Check the endpoint.', {
      status: response.status,
      code: 'not_json',
      cause,
    });
  }
};
