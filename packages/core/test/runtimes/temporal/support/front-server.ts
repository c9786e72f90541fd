import { once } from 'node:events';
import {
  type ClientHttp2Stream,
  connect,
  constants,
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Authority } from './certificates.js';

/** What stands before a Temporal server. */
export interface FrontServer {
  /** `host:port`. */
  readonly address: string;
  /** The `grpc-encoding` of the requests so far, `identity` where it is left out. */
  readonly encodings: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Of gRPC. */
const unauthenticated = 16;
const permissionDenied = 7;

/**
 * Starts a server before the one at `address`, as in Temporal Cloud: TLS, and credentials on every call. It takes clients that
 * have a certificate of the authority, or, with an `apiKey`, those that send it; these may not call the operator's service.
 */
export const securedServer = async (
  address: string,
  authority: Authority,
  apiKey?: string,
): Promise<FrontServer> => {
  const { crt: cert, key } = await authority.issue('server');
  const wantsCertificate = apiKey === undefined;
  const server = createSecureServer({
    cert,
    key,
    ca: authority.ca,
    requestCert: wantsCertificate,
    rejectUnauthorized: wantsCertificate,
  });
  return standBefore(address, server, (headers) => {
    if (apiKey === undefined) return undefined;
    if (headers.authorization !== `Bearer ${apiKey}`) return unauthenticated;
    return headers[':path']?.includes('OperatorService') ? permissionDenied : undefined;
  });
};

/** Starts a server before the one at `address` that talks in clear and takes everybody. */
export const clearServer = (address: string): Promise<FrontServer> =>
  standBefore(address, createServer(), () => undefined);

/** `refusal` gives the gRPC status of a call that does not go on. */
const standBefore = async (
  address: string,
  server: Http2Server | Http2SecureServer,
  refusal: (headers: IncomingHttpHeaders) => number | undefined,
): Promise<FrontServer> => {
  const far = connect(`http://${address}`);
  const sessions = new Set<ServerHttp2Session>();
  const encodings = new Set<string>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    // Whoever is refused or leaves breaks their connection.
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    encodings.add(String(headers['grpc-encoding'] ?? 'identity'));
    const status = refusal(headers);
    if (status === undefined) forward(stream, far.request({ ...headers, ':scheme': 'http' }));
    else refuse(stream, status);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (typeof bound !== 'object' || !bound) throw new Error('no port');
  return {
    address: `localhost:${bound.port}`,
    encodings,
    async close() {
      for (const session of sessions) session.destroy();
      far.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

const refuse = (stream: ServerHttp2Stream, status: number): void => {
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': status,
      'grpc-message': 'Request unauthorized.',
    },
    { endStream: true },
  );
};

const forward = (near: ServerHttp2Stream, far: ClientHttp2Stream): void => {
  let trailers: IncomingHttpHeaders = {};
  far.on('response', (headers, flags) => {
    if (near.destroyed) return;
    const isAll = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    near.respond(headers, isAll ? { endStream: true } : { waitForTrailers: true });
    if (!isAll) far.pipe(near);
  });
  far.on('trailers', (received) => {
    trailers = received;
  });
  near.on('wantTrailers', () => near.sendTrailers(trailers));
  near.pipe(far);
  // A call that one side gives up ends on the other.
  near.on('error', () => undefined);
  far.on('error', () => undefined);
  near.on('close', () => far.close(constants.NGHTTP2_CANCEL));
};
