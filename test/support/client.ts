// Asks a service over HTTP, word for word: what other clients refuse to send, or mend on the way, is sent as it stands.
import { Agent, createServer, request, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '../../api/server';

export interface Sent {
  readonly method: string;
  /** With its query, as it stands in the first line of the request. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export interface Heard {
  readonly status: number;
  /** Without its parameters; '' where there is none. */
  readonly type: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** What the JSON says; undefined where it is none. */
  readonly body: unknown;
}

export interface Client {
  send(sent: Sent): Promise<Heard>;
  stop(): Promise<void>;
}

export async function clientOf(app: RequestListener): Promise<Client> {
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return {
    send: ({ method, path, headers, body }) =>
      new Promise((done, failed) => {
        const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
        const asked = request({ host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...length } }, (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', failed);
          answer.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8');
            const type = answer.headers['content-type']?.split(';')[0] ?? '';
            const said = type.endsWith('json') && text !== '' ? (JSON.parse(text) as unknown) : undefined;
            done({ status: answer.statusCode ?? 0, type, headers: answer.headers, text, body: said });
          });
        });
        asked.on('error', failed);
        asked.end(body);
      }),
    stop: async () => {
      agent.destroy();
      await closeServer(server, 500);
    },
  };
}
