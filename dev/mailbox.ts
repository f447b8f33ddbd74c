// The mailbox of the embedded stack: an SMTP server that keeps what it is sent, and pages to read it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { listenOnLoopback } from './loopback';
import { listPage, messagePage, missingPage, style } from './mailboxPages';
import { openMessages, type MessageStore } from './mailboxStore';
import { PlainError, messageOf, type Log } from './plainError';

export type { StoredMessage } from './mailboxStore';

export interface MailboxOptions {
  /** 0 takes any free port. */
  readonly smtpPort: number;
  /** 0 takes any free port. */
  readonly httpPort: number;
  /** Where messages are kept, a file each. */
  readonly folder: string;
  readonly log: Log;
}

export interface Mailbox {
  readonly smtpUrl: string;
  /** The page; the same as JSON, newest first, at `${url}/api/messages`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts the mailbox. Throws PlainError when a port is taken. */
export async function startMailbox({ smtpPort, httpPort, folder, log }: MailboxOptions): Promise<Mailbox> {
  const messages = await openMessages(folder);
  const smtp = await listenForMail(smtpPort, messages, log);
  try {
    const http = await listenOnLoopback('The mailbox page', httpPort, (request, response) => {
      answer(messages, request, response).catch((error: unknown) => {
        log(`Mailbox: ${messageOf(error)}`);
        response.destroy();
      });
    });
    return {
      smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
      url: `http://localhost:${http.port}`,
      stop: async () => {
        await Promise.all([smtp.stop(), http.stop()]);
      },
    };
  } catch (error) {
    await smtp.stop();
    throw error;
  }
}

const largest = 25 * 1024 * 1024;

async function listenForMail(port: number, messages: MessageStore, log: Log) {
  const server = new SMTPServer({
    name: 'localhost',
    banner: 'CAP Casework mailbox',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largest,
    closeTimeout: 500,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on('end', () => {
        if (stream.sizeExceeded) return callback(Object.assign(new Error('The message is too large'), { responseCode: 552 }));
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
        messages.add(Buffer.concat(chunks), envelope).then(
          () => callback(),
          (error: unknown) => {
            log(`Mailbox: a message could not be kept: ${messageOf(error)}`);
            callback(Object.assign(new Error('The message could not be kept, try again'), { responseCode: 451 }));
          },
        );
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new PlainError(`The mailbox could not listen for mail on port ${port}: ${messageOf(error)}.`)),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  server.on('error', () => undefined); // a client that hangs up halfway
  const bound = server.server.address();
  return {
    port: bound && typeof bound === 'object' ? bound.port : port,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const safety = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

async function answer(messages: MessageStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, type: string, body: string) => {
    response
      .writeHead(status, { ...safety, 'content-type': `${type}; charset=utf-8` })
      .end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'text/plain', 'Only GET.\n');
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path === '/style.css') return send(200, 'text/css', style);
  if (path === '/') return send(200, 'text/html', listPage(await messages.list()));
  if (path === '/api/messages') return send(200, 'application/json', JSON.stringify(await messages.list()));
  const [, api, id] = /^(\/api)?\/messages\/([\w-]+)$/.exec(path) ?? [];
  const message = id ? await messages.find(id) : null;
  if (api)
    return message
      ? send(200, 'application/json', JSON.stringify(message))
      : send(404, 'application/json', '{"error":"no such message"}');
  return message ? send(200, 'text/html', messagePage(message)) : send(404, 'text/html', missingPage());
}
