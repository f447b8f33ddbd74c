// A clamd (Debian: clamav-daemon) of a test's own: on a free port, by the rules that production has, with one signature of ours, which no real
// file has.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { freePort } from '../../dev/ports';
import { startProgram } from '../../dev/process';

/** What our signature finds, wherever it stands in a file. */
export const harmful = 'CAP-CASEWORK-SAMPLE-OF-WHAT-IS-HARMFUL';

export interface Clamd {
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts it, and waits until it answers. @param port where it answers; a free one unless said */
export async function startClamd(port?: number): Promise<Clamd> {
  const folder = await mkdtemp(join(tmpdir(), 'cap-clamd-'));
  const at = port ?? (await freePort());
  await writeFile(join(folder, 'ours.ndb'), `Cap.Sample-1:0:*:${Buffer.from(harmful).toString('hex')}\n`);
  const rules = (await readFile(join(__dirname, '../../deploy/clamd.conf'), 'utf8')).split('# rules\n')[1] ?? '';
  const config = [
    ...['Foreground yes', `DatabaseDirectory ${folder}`, `TemporaryDirectory ${folder}`, 'TCPAddr 127.0.0.1', `TCPSocket ${at}`],
    rules,
  ];
  await writeFile(join(folder, 'clamd.conf'), config.join('\n'));
  const program = await startProgram({
    name: 'clamd (the Debian package clamav-daemon)',
    command: '/usr/sbin/clamd',
    args: ['--config-file', join(folder, 'clamd.conf')],
    env: process.env,
    onLine: () => undefined,
  });
  for (const until = Date.now() + 30_000; !(await answers(at));) {
    if (!program.running() || Date.now() > until) throw new Error(`clamd did not start:\n${program.lastLines().join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    address: `127.0.0.1:${at}`,
    stop: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write('zPING\0'));
    socket.on('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
