import { WorkflowError } from '@fk-workflow/core';

/** A body that the framework in front has read already: its bytes, or the JSON made of them. */
export type ReadBody = () => Uint8Array | { readonly json: unknown };

/**
 * Reads a request's body as it came, or as the framework in front has left it. Throws `unsupported_media_type` for an
 * encoded one, `payload_too_large` as soon as it is too large (by its declared length, else while it streams in).
 */
export const readRawBody = async (
  request: Request,
  maxBodyBytes: number,
  readBody: ReadBody | undefined,
): Promise<ReturnType<ReadBody>> => {
  refuseEncoding(request.headers.get('content-encoding'));
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  const body = readBody ? readBody() : await readBytes(request, maxBodyBytes);
  if (body instanceof Uint8Array && body.byteLength > maxBodyBytes) throw tooLarge(maxBodyBytes);
  return body;
};

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

const refuseEncoding = (encoding: string | null): void => {
  if (encoding !== null && encoding.trim().toLowerCase() !== 'identity') {
    throw new WorkflowError('unsupported_media_type', 'Send the body without Content-Encoding.');
  }
};

const tooLarge = (maxBytes: number): WorkflowError =>
  new WorkflowError('payload_too_large', `The body is larger than ${maxBytes} bytes: send less.`);
