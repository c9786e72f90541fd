import { createHash, timingSafeEqual } from 'node:crypto';

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Makes the check of API keys: a key -> its principal, or null. Compares hashes in constant time and against every
 * key, so that the time taken tells neither how much of a key was right nor which one it was.
 * The principal is derived from the key by another hash: stable, and useless for finding the key.
 */
export const apiKeyCheck = (keys: readonly string[]): ((presented: string) => string | null) => {
  const known = keys.map((key) => ({
    hash: hash(key),
    principal: `key_${hash(`principal of ${key}`).toString('hex').slice(0, 16)}`,
  }));
  return (presented) => {
    const given = hash(presented);
    let principal: string | null = null;
    for (const key of known) if (timingSafeEqual(key.hash, given)) principal = key.principal;
    return principal;
  };
};

/** The key of a request: `Authorization: Bearer <key>`, else `X-API-Key`. */
export const presentedKey = (headers: Headers): string | undefined =>
  /^Bearer +(\S+)\s*$/i.exec(headers.get('authorization') ?? '')?.[1] ??
  headers.get('x-api-key') ??
  undefined;
