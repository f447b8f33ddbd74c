// The Temporal dev server with its Web UI, on loopback: durable for `npm start`, in memory for tests.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { childEnvironment } from '../config';
import { PlainError, type Log } from './plainError';
import { runProgram, startProgram, type Program } from './process';
import { findTemporalCli } from './temporalCli';

export interface TemporalOptions {
  /** The file that holds everything; null keeps it in memory. */
  readonly dataFile: string | null;
  readonly port: number;
  /** Null for no Web UI. */
  readonly uiPort: number | null;
  readonly namespace?: string;
  /** Names and types, as in { CapStage: 'Keyword' }. */
  readonly searchAttributes: Readonly<Record<string, string>>;
  /** Where the Web UI has payloads decoded. */
  readonly codecEndpoint?: string;
  /** How long the histories of closed cases are kept; the server's standard (1 day) when not given. */
  readonly retentionDays?: number;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** Each line of the server's own log. */
  readonly onLine?: (line: string) => void;
}

export interface RunningTemporal {
  readonly pid: number;
  readonly address: string;
  readonly uiUrl: string | null;
  /** Settles when the server has ended, asked or not. */
  readonly ended: Promise<unknown>;
  readonly lastLines: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts a dev server, finding or building the CLI first. Throws PlainError with what to do. */
export async function startTemporalServer(options: TemporalOptions): Promise<RunningTemporal> {
  const { dataFile, port, uiPort, signal } = options;
  const cli = await findTemporalCli(options.log, signal);
  if (dataFile) await mkdir(dirname(dataFile), { recursive: true, mode: 0o700 });
  signal?.throwIfAborted();
  let sayUp = (): void => undefined;
  const up = new Promise<boolean>((resolve) => (sayUp = () => resolve(true)));
  const server = await startProgram({
    name: 'Temporal',
    command: cli,
    args: [
      ...['server', 'start-dev', '--disable-config-env', '--disable-config-file', '--log-level', 'error', '--color', 'never'],
      ...['--ip', '127.0.0.1', '--port', String(port), '--namespace', options.namespace ?? 'default'],
      ...(uiPort ? ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch'] : ['--headless']),
      ...(uiPort && options.codecEndpoint ? ['--ui-codec-endpoint', options.codecEndpoint] : []),
      ...(dataFile ? ['--db-filename', dataFile, '--sqlite-pragma', 'journal_mode=WAL'] : []),
      ...Object.entries(options.searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ],
    env: childEnvironment({ TZ: 'UTC' }),
    stopSignal: 'INT',
    graceSeconds: dataFile ? 15 : 1,
    onLine: (line) => {
      if (line.startsWith('Temporal Server:')) sayUp();
      options.onLine?.(line);
    },
  });
  try {
    const isUp = await Promise.race([up, server.ended.then(() => false), aborted(signal), patience(60_000)]);
    signal?.throwIfAborted();
    if (!isUp) throw new PlainError(`Temporal did not start: ${server.lastLines().join(' ') || 'it said nothing'}`);
    if (dataFile) await completeNamespace(cli, server, options);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    pid: server.pid,
    address: `127.0.0.1:${port}`,
    uiUrl: uiPort ? `http://localhost:${uiPort}` : null,
    ended: server.ended,
    lastLines: server.lastLines,
    stop: async () => {
      if (!dataFile) server.kill();
      await server.stop();
    },
  };
}

const patience = (ms: number) => new Promise<false>((resolve) => void setTimeout(() => resolve(false), ms).unref());
const aborted = (signal?: AbortSignal) =>
  new Promise<false>((resolve) => signal?.addEventListener('abort', () => resolve(false), { once: true }));

/** What the server does only for a namespace that is new: yesterday's data may lack an attribute, and always keeps its old retention. */
async function completeNamespace(cli: string, server: Program, options: TemporalOptions): Promise<void> {
  const operator = async (...args: string[]) => {
    const where = [
      '--address',
      `127.0.0.1:${options.port}`,
      '--namespace',
      options.namespace ?? 'default',
      '--disable-config-env',
      '--disable-config-file',
    ];
    const done = await runProgram({
      name: 'temporal',
      command: cli,
      args: ['operator', ...args, ...where],
      env: childEnvironment({}),
    });
    if (done.code !== 0)
      throw new PlainError(`Temporal's namespace could not be set up: ${done.output || server.lastLines().join(' ')}`);
    return done.output;
  };
  if (options.retentionDays) await operator('namespace', 'update', '--retention', `${options.retentionDays}d`);
  const listed = await operator('search-attribute', 'list');
  const known = new Set(listed.split('\n').map((line) => line.trim().split(/\s+/)[0]));
  const missing = Object.entries(options.searchAttributes).filter(([name]) => !known.has(name));
  for (const [name, type] of missing) await operator('search-attribute', 'create', '--name', name, '--type', type);
}
