// Small web servers of the embedded stack: on loopback only, and deaf to pages from elsewhere that found out the port.
import { createServer, type RequestListener } from 'node:http';
import { PlainError, messageOf } from './plainError';

export interface LoopbackServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes any. A request under another name than this machine's own is refused, which stops DNS rebinding. */
export async function listenOnLoopback(name: string, port: number, handle: RequestListener): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) return handle(request, response);
    response.writeHead(421, { 'content-type': 'text/plain' }).end('This server answers to localhost only.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new PlainError(`${name} could not listen on port ${port}: ${messageOf(error)}.`)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();
  return {
    port: bound && typeof bound === 'object' ? bound.port : port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
