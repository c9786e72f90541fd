import type { Caller } from '@fk-workflow/core';

/** A request on its way to an endpoint. */
export interface Call {
  readonly request: Request;
  readonly url: URL;
  readonly caller: Caller;
  /** The base path, to build links with: empty or `/base`. */
  readonly basePath: string;
  /** Headers that the answer gets whatever it will be, also an error. */
  readonly answerHeaders: Headers;
  /** A segment of the path, percent-decoded. */
  param(name: string): string;
  /** The body as JSON, within the bounds. Throws errors of status 400, 413, 415 and 422. */
  json(): Promise<unknown>;
  /** Like {@link json}, but undefined when there is no body. */
  optionalJson(): Promise<unknown>;
  /** The body whatever it is: JSON, text, or the fields of a form by name; null when there is none. Throws as {@link json} does. */
  anyBody(): Promise<unknown>;
}

/** One method on one path. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Pattern, e.g. `/api/runs/:id`. */
  readonly path: string;
  /** Whether a request needs no credentials. Default: it needs them, when the host asks for any. */
  readonly open?: (request: Request) => boolean;
  readonly handle: (call: Call) => Promise<Response> | Response;
}
