import { parseExpression } from './cel.js';
import { constantPath } from './path.js';

/**
 * The name of the secret that an expression is, `secrets.API_KEY`; undefined for every other expression, also one that
 * works with a secret. Throws `expression_failed` on a syntax error.
 */
export const secretName = (source: string): string | undefined => {
  if (!source.includes('secrets')) return undefined;
  const path = constantPath(parseExpression(source));
  const [root, name] = path ?? [];
  return path?.length === 2 && root === 'secrets' && typeof name === 'string' ? name : undefined;
};
