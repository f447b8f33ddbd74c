// The servers of one benchmark, and the processes that are measured on them: all its own, in a temporary folder, all stopped at the end.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { childEnvironment, projectRoot } from '../config';
import { prepareDatabase } from '../dev/database';
import { issuerAt, pagesClient, startIdentity } from '../dev/identity';
import { startMailbox } from '../dev/mailbox';
import { publicHeadsKey } from '../dev/payloadKeys';
import { demoPeople } from '../dev/people';
import { PlainError, messageOf, type Log } from '../dev/plainError';
import { freePort } from '../dev/ports';
import { startPostgres } from '../dev/postgres';
import { startProgram, type Program } from '../dev/process';
import { startTemporalServer } from '../dev/temporal';
import { searchAttributeTypes } from '../temporal/names';
import { quiet } from './quiet';
import type { Reach } from './teller';

export type Stand = Awaited<ReturnType<typeof openStand>>;

export interface StandOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** A folder for CPU profiles of the worker and the API; null for none. */
  readonly profile: string | null;
}

const applicationQueue = 'cap-bench';
const bareQueue = 'bare-bench';
const audience = 'cap-casework';

/** Brings the servers up, as durable as those of `npm start`. @throws PlainError, having stopped what was started */
export async function openStand({ log, signal, profile }: StandOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'cap-bench-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) {
      await close().catch((error: unknown) => log(`While stopping: ${messageOf(error)}`));
    }
  };

  const identityPort = await freePort();
  const postgres = async () => {
    const server = await startPostgres({ dataDir: join(folder, 'postgres'), port: await freePort(), log: unsaid, signal });
    closers.push(server.stop);
    await prepareDatabase(server.urlFor('cap_owner'), issuerAt(identityPort), unsaid);
    return server;
  };
  const temporal = async () => {
    const server = await startTemporalServer({
      ...{ dataFile: join(folder, 'temporal', 'temporal.db'), port: await freePort(), uiPort: null },
      ...{ searchAttributes: searchAttributeTypes, retentionDays: 90, log, signal },
    });
    closers.push(server.stop);
    return server;
  };
  const mailbox = async () => {
    const box = await startMailbox({ smtpPort: 0, httpPort: 0, folder: join(folder, 'mail'), log });
    closers.push(box.stop);
    return box;
  };
  const identity = async () => {
    const provider = await startIdentity({
      port: identityPort,
      folder: join(folder, 'identity'),
      audience,
      people: demoPeople,
      publicUrl: 'http://localhost',
      production: false,
      log,
    });
    closers.push(provider.stop);
    return provider;
  };

  async function bringUp() {
    await chmod(folder, 0o711); // Postgres runs as another user where we run as root
    const all = [postgres(), temporal(), mailbox(), identity(), bareBundle(folder)] as const;
    await Promise.allSettled(all);
    signal.throwIfAborted();
    return Promise.all(all);
  }

  try {
    const [database, engine, box, issuer, bareCode] = await bringUp();
    const payloadKeys = `bench:${randomBytes(32).toString('base64')}`;
    const shared = {
      ...{ TZ: 'UTC', LOG_LEVEL: 'info', PAYLOAD_KEYS: payloadKeys, PUBLIC_URL: 'https://cap.example' },
      ...{ FILES_DIR: join(folder, 'files'), FILES_KEYS: payloadKeys },
      ...{ HEADS_DIR: join(folder, 'heads'), HEADS_KEY: payloadKeys, HEADS_PUBLIC_KEYS: publicHeadsKey(payloadKeys) },
      ...{ TEMPORAL_ADDRESS: engine.address, TEMPORAL_TASK_QUEUE: applicationQueue },
    };
    const start = async (name: string, args: readonly string[], env: Readonly<Record<string, string>>, isReady: RegExp) => {
      const program = await startUntil(name, [...profiled(args, profile)], env, isReady);
      closers.push(program.stop);
      return program;
    };
    let bareWorker: Promise<Program> | null = null;
    return {
      postgresPid: database.pid,
      temporalPid: engine.pid,
      issuer: issuer.issuer,
      /** How a client of the application reaches it. */
      reach: {
        temporalAddress: engine.address,
        taskQueue: applicationQueue,
        payloadKeys,
        databaseUrl: database.urlFor('cap_api'),
      } satisfies Reach,
      bareReach: { temporalAddress: engine.address, taskQueue: bareQueue },
      /** As the role of the worker, which sees every row. */
      recordsUrl: database.urlFor('cap_worker'),
      /** As the superuser, in the database of the records. */
      superuserUrl: new URL('/cap', database.superuserUrl).href,
      /** @param room megabytes that V8 may take for each of its heaps, and how many cases are kept in it; by default as many as it wants */
      startWorker: (room: { readonly heapMb: number; readonly cases: number } | null = null): Promise<Program> =>
        start(
          'The worker',
          [...(room === null ? [] : [`--max-old-space-size=${room.heapMb}`]), 'dist/worker/main.js'],
          {
            ...{ ...shared, WORKER_DATABASE_URL: database.urlFor('cap_worker'), SMTP_URL: box.smtpUrl },
            ...(room === null ? {} : { WORKER_CACHED_CASES: String(room.cases) }),
          },
          /The worker is ready/,
        ),
      /** One is enough: asked again, it is the same. */
      startBareWorker: (): Promise<Program> =>
        (bareWorker ??= start(
          'The bare worker',
          ['dist/bench/bareWorker.js', engine.address, bareQueue, bareCode],
          { TZ: 'UTC' },
          /is ready/,
        )),
      /** @returns the process and its address, once it listens */
      startApi: async (): Promise<{ readonly program: Program; readonly url: string }> => {
        const port = await freePort();
        const env = {
          ...shared,
          API_PORT: String(port),
          API_DATABASE_URL: database.urlFor('cap_api'),
          TOKEN_ISSUERS: issuer.issuer,
          TOKEN_AUDIENCE: audience,
          SIGN_IN_ISSUERS: `${issuer.issuer}|${pagesClient}`,
        };
        return { program: await start('The API', ['dist/web/main.js'], env, /The API listens/), url: `http://127.0.0.1:${port}` };
      },
      onStop: (close: () => Promise<unknown>): void => void closers.push(close),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const unsaid = () => undefined;

/** The bare workflow as a bundle of its own. @returns its file */
async function bareBundle(folder: string): Promise<string> {
  const path = join(folder, 'bare-bundle.js');
  const { code } = await bundleWorkflowCode({ workflowsPath: require.resolve('./bareWorkflow'), logger: quiet });
  await writeFile(path, code);
  return path;
}

const profiled = (args: readonly string[], folder: string | null): readonly string[] =>
  folder === null ? args : ['--cpu-prof', `--cpu-prof-dir=${folder}`, ...args];

/** Starts a program of Node and waits until it says that it is ready. @throws PlainError with what it said last */
async function startUntil(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  isReady: RegExp,
): Promise<Program> {
  let ready = (): void => undefined;
  const saidSo = new Promise<true>((resolve) => (ready = () => resolve(true)));
  const program = await startProgram({
    ...{ name, command: process.execPath, args, env: childEnvironment(env), cwd: projectRoot },
    onLine: (line) => {
      if (isReady.test(line)) ready();
    },
  });
  if (await Promise.race([saidSo, program.ended.then(() => false)])) return program;
  throw new PlainError(`${name} did not start: ${program.lastLines().join(' ')}`);
}
