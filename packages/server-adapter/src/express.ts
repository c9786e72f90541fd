import { WorkflowError } from '@fk-workflow/core';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Handler } from './handler.js';
import type { ReadBody } from './http/read-body.js';
import { answerNode } from './node.js';

/**
 * Mounts a handler in Express: `app.use(expressAdapter(handler))`, before or after body parsers.
 * Paths that are not the handler's (see `Handler.owns`) go on to the host. To stand under a path, give it to the
 * handler as `basePath` and leave `app.use` without one.
 *
 * @example
 * const app = express();
 * app.use(expressAdapter(createHandler(builder)));
 */
export const expressAdapter = (handler: Handler): [RequestHandler, ErrorRequestHandler] => [
  (request, response, next) => {
    if (!handler.owns(pathOf(request))) return next();
    // A router in front has cut its mount path off.
    request.url = request.originalUrl;
    answerNode(handler, request, response, readBodyOf(request)).catch(next);
  },
  (error: unknown, request, response, next) => {
    const refusal = parserRefusal(error);
    if (!refusal || response.headersSent || !handler.owns(pathOf(request))) return next(error);
    request.url = request.originalUrl;
    const refuse: ReadBody = () => {
      throw refusal;
    };
    answerNode(handler, request, response, refuse).catch(next);
  },
];

const pathOf = (request: Request): string => request.originalUrl.split('?', 1)[0] ?? '';

/** What a body parser in front has made of the body; undefined when the body is still to be read. */
const readBodyOf = (request: Request): ReadBody | undefined => {
  const body: unknown = request.body;
  // express.json() makes `{}` of an empty body; our routes tell the two apart.
  if (body === undefined || request.headers['content-length'] === '0') return undefined;
  return () => (body instanceof Uint8Array ? body : { json: body });
};

/** The error of a body parser in front as one of ours, so that our routes answer alike behind it. */
const parserRefusal = (error: unknown): WorkflowError | undefined => {
  if (!(error instanceof Error) || !('type' in error) || !('status' in error)) return undefined;
  if (!/^(entity|encoding|charset)\./.test(String(error.type))) return undefined;
  switch (error.status) {
    case 400:
      return new WorkflowError('invalid_json', 'The body is not JSON: send a JSON object in UTF-8.', {
        cause: error,
      });
    case 413:
      return new WorkflowError('payload_too_large', 'The body is too large: send less.', { cause: error });
    case 415:
      return new WorkflowError('unsupported_media_type', 'Send the body in UTF-8 without encoding.', {
        cause: error,
      });
    default:
      return undefined;
  }
};
