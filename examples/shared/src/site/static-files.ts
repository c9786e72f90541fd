import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** A file's own name: no slash, no leading dot, so it cannot leave its folder. */
const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]*\.(js|css)$/;
/** Names that the build makes from the content. */
const hashedName = /-[A-Z0-9]{8}\.js$/;

/**
 * Serves the scripts and styles that lie directly in a folder. Undefined when there is no such file.
 * Files with a content hash in their name are kept for a year by browsers, the others asked for anew each time (`ETag`).
 */
export const staticFile = async (
  folder: string,
  name: string,
  request: Request,
): Promise<Response | undefined> => {
  const extension = plainName.exec(name)?.[1];
  if (extension === undefined) return undefined;
  const content = await readIfThere(join(folder, name));
  if (!content) return undefined;
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  const headers = {
    'Cache-Control': hashedName.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(content), {
    headers: { ...headers, 'Content-Type': types[extension] ?? 'application/octet-stream' },
  });
};

const readIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
