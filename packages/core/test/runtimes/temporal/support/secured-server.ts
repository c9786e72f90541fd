import { once } from 'node:events';
import {
  type ClientHttp2Stream,
  connect,
  constants,
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Authority } from './certificates.js';

/** What stands before a Temporal server, as in Temporal Cloud: TLS, and credentials on every call. */
export interface SecuredServer {
  /** `host:port`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Of gRPC. */
const unauthenticated = 16;
const permissionDenied = 7;

/**
 * Starts a {@link SecuredServer} before the server at `address`. It takes clients that have a certificate of the authority,
 * or, with an `apiKey`, those that send it; these may not call the operator's service.
 */
export const securedServer = async (
  address: string,
  authority: Authority,
  apiKey?: string,
): Promise<SecuredServer> => {
  const { crt: cert, key } = await authority.issue('server');
  const wantsCertificate = apiKey === undefined;
  const far = connect(`http://${address}`);
  const sessions = new Set<ServerHttp2Session>();
  const server = createSecureServer({
    cert,
    key,
    ca: authority.ca,
    requestCert: wantsCertificate,
    rejectUnauthorized: wantsCertificate,
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    // Whoever is refused or leaves breaks their connection.
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    if (apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`) refuse(stream, unauthenticated);
    else if (apiKey !== undefined && headers[':path']?.includes('OperatorService'))
      refuse(stream, permissionDenied);
    else forward(stream, far.request({ ...headers, ':scheme': 'http' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (typeof bound !== 'object' || !bound) throw new Error('no port');
  return {
    address: `localhost:${bound.port}`,
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
