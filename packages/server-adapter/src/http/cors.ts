const allowedHeaders = [
  'Content-Type',
  'Authorization',
  'X-API-Key',
  'Idempotency-Key',
  'If-Match',
  'Last-Event-ID',
  'Accept',
].join(', ');

const exposedHeaders = [
  'ETag',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Location',
  'X-Request-Id',
].join(', ');

/**
 * Adds the CORS headers for an origin of the allow-list. Another origin gets none: its request is answered, and its
 * browser keeps the answer from the page. Never `*`, never credentials: tokens travel in headers.
 */
export const addCorsHeaders = (
  headers: Headers,
  request: Request,
  allowedOrigins: ReadonlySet<string>,
): void => {
  if (allowedOrigins.size === 0) return;
  headers.append('Vary', 'Origin');
  const origin = request.headers.get('origin');
  if (origin === null || !allowedOrigins.has(origin)) return;
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Expose-Headers', exposedHeaders);
  if (request.method === 'OPTIONS' && request.headers.has('access-control-request-method')) {
    headers.set('Access-Control-Allow-Methods', headers.get('Allow') ?? '');
    headers.set('Access-Control-Allow-Headers', allowedHeaders);
    headers.set('Access-Control-Max-Age', '600');
  }
};
