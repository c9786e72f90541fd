import { WorkflowError } from '@fk-workflow/core';
import { guardJson } from './json-guard.js';

/** A body that the framework in front has read already: its bytes, or the JSON made of them. */
export type ReadBody = () => Uint8Array | { readonly json: unknown };

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
  refuseEncoding(request.headers.get('content-encoding'));
  const type = request.headers.get('content-type');
  if (type !== null && !isJsonType(type)) throw wrongType(type);
  if (Number(request.headers.get('content-length') ?? 0) > bounds.maxBodyBytes) {
    throw tooLarge(bounds.maxBodyBytes);
  }
  const body = readBody ? readBody() : await readBytes(request, bounds.maxBodyBytes);
  if (!(body instanceof Uint8Array)) {
    guardJson(body.json, bounds.maxJsonDepth);
    return body.json;
  }
  if (body.byteLength > bounds.maxBodyBytes) throw tooLarge(bounds.maxBodyBytes);
  if (body.byteLength === 0) return undefined;
  if (type === null) throw wrongType('nothing');
  const value = parseJson(body);
  guardJson(value, bounds.maxJsonDepth);
  return value;
};

/** What `readJson` throws when a body is needed and there is none. */
export const emptyBody = (): WorkflowError =>
  new WorkflowError('invalid_json', 'The body is empty: send JSON with Content-Type: application/json.');

const readBytes = async (request: Request, maxBytes: number): Promise<Uint8Array> => {
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    if (WorkflowError.is(error)) throw error;
    throw new WorkflowError('cancelled', 'The connection ended before the body was complete.', {
      cause: error,
    });
  } finally {
    reader.releaseLock();
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
};

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new WorkflowError('invalid_json', 'The body is not JSON: send one JSON value in UTF-8.', { cause });
  }
};

const isJsonType = (type: string): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type.trim());

const refuseEncoding = (encoding: string | null): void => {
  if (encoding !== null && encoding.trim().toLowerCase() !== 'identity') {
    throw new WorkflowError('unsupported_media_type', 'Send the body without Content-Encoding.');
  }
};

const wrongType = (type: string): WorkflowError =>
  new WorkflowError(
    'unsupported_media_type',
    `Send the body with Content-Type: application/json, not ${type.slice(0, 100)}.`,
  );

const tooLarge = (maxBytes: number): WorkflowError =>
  new WorkflowError('payload_too_large', `The body is larger than ${maxBytes} bytes: send less.`);
