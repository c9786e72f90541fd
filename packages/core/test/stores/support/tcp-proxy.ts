import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a real service that can be cut and frozen, wherever the service runs. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection and refuses new ones, as a killed server does. */
  kill(): Promise<void>;
  /** Lets bytes wait and answers nothing, as a stopped process does. */
  freeze(): void;
  /** Ends {@link freeze}. */
  thaw(): void;
  /** Ends {@link kill}. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a {@link TcpProxy} on a loopback port in front of `host:port`. */
export const tcpProxy = async (host: string, port: number): Promise<TcpProxy> => {
  const sockets = new Set<Socket>();
  let frozen = false;
  const hold = (socket: Socket): Socket => (frozen ? socket.pause() : socket.resume());
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (chunk) => to.write(chunk));
      hold(from);
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (at: number): Promise<void> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  const kill = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  };
  await listen(0);
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');

  return {
    port: address.port,
    kill,
    freeze() {
      frozen = true;
      for (const socket of sockets) hold(socket);
    },
    thaw() {
      frozen = false;
      for (const socket of sockets) hold(socket);
    },
    restart: () => listen(address.port),
    close: kill,
  };
};
