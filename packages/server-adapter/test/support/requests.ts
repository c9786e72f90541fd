import { readSse } from '@fk-workflow/core/protocol';
import { expect } from 'vitest';

export const chatPath = '/api/workflow-agent/chat';

/** A POST of JSON, ready for `fetch` or a handler. */
export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Request =>
  new Request(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** The JSON of an answer, to look into. */
export const jsonOf = async (response: Response): Promise<Record<string, unknown>> =>
  JSON.parse(await response.text());

/** Reads a stream's frames to their end. */
export const frames = async (response: Response): Promise<{ id: string | undefined; event: unknown }[]> => {
  const result: { id: string | undefined; event: unknown }[] = [];
  if (!response.body) throw new Error('The answer has no body.');
  for await (const { id, data } of readSse(response.body)) {
    if (data !== '') result.push({ id, event: JSON.parse(data) });
  }
  return result;
};

/** Asserts a problem document and gives it back. */
export const problem = async (
  response: Response,
  status: number,
  code: string,
): Promise<Record<string, unknown>> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = await jsonOf(response);
  expect(body).toMatchObject({
    type: `urn:fk-workflow:error:${code}`,
    status,
    code,
    trace_id: response.headers.get('x-request-id'),
  });
  expect(response.status).toBe(status);
  expect(body.title).toEqual(expect.any(String));
  expect(body.detail).toMatch(/^.{15,}[.]$/s);
  return body;
};
