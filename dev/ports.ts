// Ports on this machine: is one free, and which of those we want are taken.
import { createServer } from 'node:net';
import { PlainError } from './plainError';

export interface WantedPort {
  readonly port: number;
  readonly host: string;
  /** Who wants it, as in "the mailbox page". */
  readonly for: string;
  /** The setting that moves it. */
  readonly setting: string;
}

/** A port on loopback that nothing listens on just now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      server.close(() => (bound && typeof bound === 'object' ? resolve(bound.port) : reject(new Error('no port'))));
    });
  });
}

/** Throws PlainError, a sentence for each port that is taken or wanted twice. */
export async function requirePorts(wanted: readonly WantedPort[]): Promise<void> {
  const sentences: string[] = [];
  for (const [index, one] of wanted.entries()) {
    const other = wanted.slice(0, index).find((earlier) => earlier.port === one.port);
    if (other) {
      sentences.push(
        `Port ${one.port} is wanted twice, for ${other.for} and for ${one.for}: set ${one.setting} to another port.`,
      );
      continue;
    }
    const problem = await whyNotFree(one);
    if (problem === 'EADDRINUSE') {
      sentences.push(
        `Port ${one.port}, wanted for ${one.for}, is taken by another program: stop that program or set ${one.setting} to a free port.`,
      );
    } else if (problem) {
      sentences.push(
        `Port ${one.port} on ${one.host}, wanted for ${one.for}, cannot be used (${problem}): set ${one.setting} to another port.`,
      );
    }
  }
  if (sentences.length > 0) throw new PlainError(sentences.join('\n'));
}

async function whyNotFree({ port, host }: WantedPort): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
