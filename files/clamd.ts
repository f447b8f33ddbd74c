// Asks clamd, the daemon of ClamAV, whether content is harmful: its command INSTREAM, over TCP or a socket of this machine.
import { connect, type Socket } from 'node:net';
import { ScannerAway, type Bytes, type Files } from './files';

/** Milliseconds without a sign from clamd after which it counts as away. */
const patience = 120_000;
const longestAnswer = 4_096;

/** @param address `host:port`, or the path of a socket; null where there is no clamd: then everything stays in quarantine */
export function clamd(address: string | null): Files['look'] {
  return async (content) => {
    if (address === null) throw new ScannerAway('No clamd is set.');
    return verdictOf(await ask(address, content));
  };
}

async function ask(address: string, content: Bytes): Promise<string> {
  const socket = connect(whereIs(address)).setTimeout(patience);
  socket.once('timeout', () => socket.destroy(new Error('no sign of it')));
  const answer = answerOf(socket);
  answer.catch(() => undefined); // heard below, once everything is sent
  try {
    await send(socket, content);
    return await answer;
  } finally {
    socket.destroy();
  }
}

function whereIs(address: string) {
  const [, host, port] = /^\[?([^/]+?)\]?:(\d+)$/.exec(address) ?? [];
  return host === undefined ? { path: address } : { host, port: Number(port) };
}

/** Each part goes with its length before it; a length of nothing ends them. A clamd that closes early has answered, or is away: that is the answer's to say. */
async function send(socket: Socket, content: Bytes): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const part of content) {
    if (part.length === 0) continue;
    if (socket.closed) return;
    socket.write(lengthOf(part));
    if (!socket.write(part)) await drained(socket);
  }
  if (!socket.closed) socket.write(lengthOf([]));
}

function lengthOf({ length }: { readonly length: number }): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    if (socket.closed) resolve();
    else socket.once('drain', go).once('close', go);
  });
}

/** @throws ScannerAway when clamd ends without a whole answer */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, longestAnswer);
      if (said.includes('\0')) resolve(said.slice(0, said.indexOf('\0')));
    });
    let cause: unknown;
    socket.on('error', (error) => (cause = error));
    socket.on('close', () => reject(new ScannerAway('clamd cannot be reached, or broke off.', { cause })));
  });
}

/** What stands under these names clamd could not look into, in whole or at all. */
const notLookedInto = /^(Heuristics\.Encrypted|Heuristics\.Limits\.Exceeded)\b/;

/** @throws ScannerAway for whatever is no verdict: an answer that we do not know clears nothing */
function verdictOf(answer: string): Awaited<ReturnType<Files['look']>> {
  if (answer === 'stream: OK') return 'clean';
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (found === undefined) throw new ScannerAway(`clamd gave no verdict: ${answer.slice(0, 100)}`);
  return notLookedInto.test(found) ? 'unreadable' : 'infected';
}
