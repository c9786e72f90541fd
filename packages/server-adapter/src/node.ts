import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WorkflowError } from '@fk-workflow/core';
import { getRequestListener } from '@hono/node-server';
import type { Handler, RequestInfo } from './handler.js';
import { problemResponse } from './http/problem.js';

/** A listener of Node's `http` and `https` servers; Express and Connect take it as a middleware that always answers. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/**
 * Mounts a handler in Node's own server.
 *
 * @example
 * createServer(toNodeListener(createHandler(builder))).listen(3000);
 */
export const toNodeListener =
  (handler: Handler): NodeListener =>
  (incoming, outgoing) =>
    answerNode(handler, incoming, outgoing);

/** Answers one request of a Node server; the other adapters stand on it. */
export const answerNode = async (
  handler: Handler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  readBody?: RequestInfo['readBody'],
): Promise<void> => {
  const info: RequestInfo = { remoteAddress: incoming.socket.remoteAddress, readBody };
  const listener = getRequestListener((request) => handler(request, info), {
    overrideGlobalObjects: false,
    // The handler does not reject: what comes here is a Host header or an address that makes no URL.
    errorHandler: malformedRequest,
  });
  await listener(incoming, outgoing);
};

const malformedRequest = (cause: unknown): Response => {
  const requestId = randomUUID();
  const response = problemResponse(
    new WorkflowError('invalid_request', 'The address or the Host header is malformed.', { cause }),
    requestId,
  );
  response.headers.set('X-Request-Id', requestId);
  return response;
};
