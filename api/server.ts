// The HTTP server under the application: its patience with slow callers, and what it says to those it cannot read.
import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { HttpProblem, problemBody } from './problems';

/** Milliseconds within which a request must have come in whole, a file of 25 MB over a school's line too; and its headers. */
const patience = { headers: 10_000, request: 120_000 };
/** Longer than the usual proxy keeps a connection, so that it is the proxy that lets go. */
const keepAliveTimeout = 65_000;

/** @returns a server that does not listen yet */
export function httpServer(app: RequestListener, { headers, request } = patience): Server {
  const timeouts = { headersTimeout: headers, requestTimeout: request, keepAliveTimeout };
  // Node looks at its clocks only so often, every half minute unless it is told: until then a slow caller may stay.
  const server = createServer({ ...timeouts, connectionsCheckingInterval: headers / 10 }, app);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    answerUnreadable(error.code, socket);
  });
  return server;
}

/** Node could not make a request of it, so no door hears of it. */
function answerUnreadable(code: string | undefined, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = unreadable(code);
  const body = JSON.stringify(problemBody(problem));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      'Connection: close',
      'Cache-Control: no-store',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

function unreadable(code: string | undefined): HttpProblem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new HttpProblem('headers-too-large');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpProblem('too-slow');
    default:
      return new HttpProblem('malformed', 'This is not a readable HTTP request: send it again.');
  }
}

/**
 * Listens, or says in one sentence why not.
 * @throws Error whose message is fit to be shown
 */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      failed(new Error(whyNot(error.code, host, port), { cause: error }));
    });
    server.listen(port, host, done);
  });
}

function whyNot(code: string | undefined, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken: stop what listens there, or set API_PORT to another.`;
    case 'EACCES':
      return `Port ${port} may not be listened on by this user: set API_PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}: set API_HOST to one that it has, such as 127.0.0.1.`;
    default:
      return `The API cannot listen on ${host}:${port} (${code ?? 'unknown'}).`;
  }
}

/** Takes no more connections, lets what is under way finish, and cuts off what has not after `ms`. */
export async function closeServer(server: Server, ms: number): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, ms);
  // A connection that was busy is kept alive by its caller once it is answered.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  await new Promise<void>((done) => {
    server.close(() => {
      done();
    });
  });
  clearTimeout(timer);
  clearInterval(idle);
}
