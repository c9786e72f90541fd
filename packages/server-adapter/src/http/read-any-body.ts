import { WorkflowError } from '@fk-workflow/core';
import { guardJson } from './json-guard.js';
import { type ReadBody, readRawBody } from './read-body.js';
import { isJsonType, type JsonBounds, readJson } from './read-json.js';

/**
 * Reads a body that a stranger chose: JSON, text, or a form's fields by name (a list where one comes again); null when it
 * is empty. Throws as `readJson` does, `unsupported_media_type` for anything else and `invalid_request` for text that is
 * not UTF-8.
 */
export const readAnyBody = async (
  request: Request,
  bounds: JsonBounds,
  readBody: ReadBody | undefined,
): Promise<unknown> => {
  const type = request.headers.get('content-type');
  if (type === null || isJsonType(type)) return (await readJson(request, bounds, readBody)) ?? null;
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
  if (!isForm && !/^text\//i.test(type)) throw wrongType(type);
  const body = await readRawBody(request, bounds.maxBodyBytes, readBody);
  if (!(body instanceof Uint8Array)) {
    guardJson(body.json, bounds.maxJsonDepth);
    return body.json;
  }
  if (body.byteLength === 0) return null;
  const text = textOf(body);
  if (!isForm) return text;
  const fields = fieldsOf(text);
  guardJson(fields, bounds.maxJsonDepth);
  return fields;
};

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new WorkflowError('invalid_request', 'The body is not UTF-8: send it so.', { cause });
  }
};

const fieldsOf = (text: string): Record<string, string | string[]> => {
  const form = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
};

const wrongType = (type: string): WorkflowError =>
  new WorkflowError(
    'unsupported_media_type',
    `Send JSON, text or a form (application/x-www-form-urlencoded), not ${type.slice(0, 100)}.`,
  );
