import { WorkflowError } from '@fk-workflow/core';
import { guardJson } from './json-guard.js';
import { type ReadBody, readRawBody } from './read-body.js';

/** Bounds of {@link readJson}. */
export interface JsonBounds {
  readonly maxBodyBytes: number;
  readonly maxJsonDepth: number;
}

/**
 * Reads a request's body as JSON: 415 for another type, 413 as soon as it is too large (by its declared length,
 * else while it streams in), 400 when it is not JSON, 422 for too deep nesting or a forbidden key.
 * Undefined when the body is empty; whether it may be is for the caller to say.
 */
export const readJson = async (
  request: Request,
  bounds: JsonBounds,
  readBody: ReadBody | undefined,
): Promise<unknown> => {
  const type = request.headers.get('content-type');
  if (type !== null && !isJsonType(type)) throw wrongType(type);
  const body = await readRawBody(request, bounds.maxBodyBytes, readBody);
  if (!(body instanceof Uint8Array)) {
    guardJson(body.json, bounds.maxJsonDepth);
    return body.json;
  }
  if (body.byteLength === 0) return undefined;
  if (type === null) throw wrongType('nothing');
  const value = parseJson(body);
  guardJson(value, bounds.maxJsonDepth);
  return value;
};

/** What `readJson` throws when a body is needed and there is none. */
export const emptyBody = (): WorkflowError =>
  new WorkflowError('invalid_json', 'The body is empty: send JSON with Content-Type: application/json.');

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new WorkflowError('invalid_json', 'The body is not JSON: send one JSON value in UTF-8.', { cause });
  }
};

/** Whether a `Content-Type` is JSON's. */
export const isJsonType = (type: string): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type.trim());

const wrongType = (type: string): WorkflowError =>
  new WorkflowError(
    'unsupported_media_type',
    `Send the body with Content-Type: application/json, not ${type.slice(0, 100)}.`,
  );
