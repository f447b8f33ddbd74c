// The embedded stack as a whole: what is brought up, in which order, what each process is told, and how it all goes down again.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment, type DevConfig } from '../config';
import { searchAttributeTypes } from '../temporal/names';
import { prepareDatabase } from './database';
import { seedPanels } from '../prisma/seed';
import { removeEnvironment, writeEnvironment, type RunningEnvironment } from './environment';
import { issuerAt, pagesClient, startIdentity } from './identity';
import { openLog, readable } from './logFile';
import { startMailbox } from './mailbox';
import { headsKeyIn, payloadKeysIn, publicHeadsKey, temporalFileIn } from './payloadKeys';
import { demoPanels, demoPeople } from './people';
import { PlainError, messageOf, type Log } from './plainError';
import { requirePorts } from './ports';
import { postgresIn, startPostgres } from './postgres';
import { claim } from './running';
import { startService } from './service';
import { startTemporalServer } from './temporal';

export interface Stack {
  readonly environment: RunningEnvironment;
  /** Rejects with PlainError when something that cannot be spared has ended; never settles otherwise. */
  readonly failed: Promise<never>;
  /** Stops everything in order. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** Brings everything up. Throws PlainError with what to do, having stopped what was started; so does a `signal` that fires. */
export async function startStack(config: DevConfig, log: Log, signal: AbortSignal): Promise<Stack> {
  const { dataDir, ports } = config;
  const closers: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= closeAll(closers, log));
  try {
    // Others may walk through the folder, not look into it: as root, Postgres keeps its data below as another user.
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
    await mkdir(dataDir, { recursive: true, mode }).catch((error: unknown) => {
      throw new PlainError(
        `The data folder ${dataDir} cannot be made (${messageOf(error)}): set DATA_DIR to a folder that can be written to.`,
      );
    });
    const uiUrl = config.temporal.givenUiUrl ?? `http://localhost:${ports.temporalUi}`;
    const running = await claim(
      dataDir,
      [`API ${config.publicUrl}`, `Temporal Web UI ${uiUrl}`, `mailbox http://localhost:${ports.mailbox}`],
      log,
    );
    closers.push(running.release);
    await requirePorts(portsOf(config));

    const parts = await bringUp(config, log, signal, closers, running.started);
    const environment: RunningEnvironment = {
      apiUrl: config.publicUrl,
      temporalAddress: parts.temporalAddress,
      temporalNamespace: config.temporal.namespace,
      temporalUiUrl: uiUrl,
      mailboxUrl: parts.mailbox.url,
      smtpUrl: parts.mailbox.smtpUrl,
      issuer: parts.issuer,
      audience: config.audience,
      clamd: config.clamd ?? clamdHere(),
      embedded: config.temporal.givenAddress ? null : { postgresPort: ports.postgres, taskQueue: config.temporal.taskQueue },
    };
    const started = (pid: number) => void running.started(pid).catch(() => undefined);
    const services = await startServices(config, environment, parts, log, started, closers);
    const failed = Promise.race([...parts.failed, ...services]);
    failed.catch(() => undefined);
    await Promise.race([failed, untilReady(config, signal)]);
    closers.push(() => removeEnvironment(dataDir));
    await writeEnvironment(dataDir, environment);
    return { environment, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function closeAll(closers: (() => Promise<void>)[], log: Log): Promise<void> {
  for (let close = closers.pop(); close; close = closers.pop()) {
    await close().catch((error: unknown) => log(`While stopping: ${messageOf(error)}`));
  }
}

function portsOf({ api, ports, temporal }: DevConfig) {
  const host = '127.0.0.1';
  const ownTemporal = [
    { port: ports.temporal, host, for: 'Temporal', setting: 'TEMPORAL_PORT' },
    { port: ports.temporalUi, host, for: 'the Temporal Web UI', setting: 'TEMPORAL_UI_PORT' },
  ];
  return [
    { port: api.port, host: api.host, for: 'the API', setting: 'API_PORT' },
    { port: ports.postgres, host, for: 'Postgres', setting: 'POSTGRES_PORT' },
    ...(temporal.givenAddress ? [] : ownTemporal),
    { port: ports.mailbox, host, for: 'the mailbox page', setting: 'MAILBOX_PORT' },
    { port: ports.smtp, host, for: 'the mailbox (SMTP)', setting: 'SMTP_PORT' },
    { port: ports.identity, host, for: 'the identity provider', setting: 'IDENTITY_PORT' },
  ];
}

type Closers = (() => Promise<void>)[];

interface Parts {
  readonly temporalAddress: string;
  readonly mailbox: { readonly url: string; readonly smtpUrl: string };
  readonly issuer: string;
  readonly apiDatabaseUrl: string;
  readonly workerDatabaseUrl: string;
  readonly payloadKeys: string;
  readonly headsKey: string;
  readonly failed: readonly Promise<never>[];
}

/** Postgres, Temporal, mailbox and identity side by side. The first that fails calls the others off. */
async function bringUp(
  config: DevConfig,
  log: Log,
  signal: AbortSignal,
  closers: Closers,
  started: (pid: number) => Promise<void>,
): Promise<Parts> {
  const { dataDir, ports } = config;
  const off = new AbortController();
  const within = AbortSignal.any([signal, off.signal]);
  const failed: Promise<never>[] = [];
  const watch = (name: string, server: Server, path: string) => {
    const end = unexpectedEnd(name, server, path);
    end.catch(() => undefined); // nobody listens once something else has failed first
    failed.push(end);
  };
  const logs = join(dataDir, 'logs');

  const postgres = async () => {
    const file = await openLog(logs, 'postgres');
    const server = await startPostgres({
      dataDir: postgresIn(dataDir),
      port: ports.postgres,
      log,
      signal: within,
      onLine: file.write,
    });
    closers.push(server.stop);
    watch('Postgres', server, file.path);
    await started(server.pid);
    await prepareDatabase(server.urlFor('cap_owner'), issuerAt(ports.identity), log);
    await seedPanels(server.urlFor('cap_owner'), demoPanels);
    log('Postgres is up, with migrations and reference data.');
    return server;
  };
  const temporalFile = temporalFileIn(dataDir);
  const temporal = async () => {
    const { givenAddress, namespace, tls, apiKey } = config.temporal;
    if (givenAddress) {
      const { prepareGivenTemporal } = await import('./givenTemporal.js'); // brings a client with it, which few starts need
      await prepareGivenTemporal({ address: givenAddress, namespace, tls, apiKey }, searchAttributeTypes, log);
      return givenAddress;
    }
    const file = await openLog(logs, 'temporal');
    const server = await startTemporalServer({
      dataFile: temporalFile,
      port: ports.temporal,
      uiPort: ports.temporalUi,
      namespace,
      searchAttributes: searchAttributeTypes,
      codecEndpoint: `${config.publicUrl}/codec`,
      retentionDays: 90,
      log,
      signal: within,
      onLine: file.write,
    });
    closers.push(server.stop);
    watch('Temporal', server, file.path);
    await started(server.pid);
    log('Temporal is up.');
    return server.address;
  };
  const mailbox = async () => {
    const box = await startMailbox({ smtpPort: ports.smtp, httpPort: ports.mailbox, folder: join(dataDir, 'mailbox'), log });
    closers.push(box.stop);
    return box;
  };
  const identity = async () => {
    const folder = join(dataDir, 'identity');
    const { audience, publicUrl, production } = config;
    const provider = await startIdentity({
      ...{ port: ports.identity, folder, people: demoPeople },
      audience,
      publicUrl,
      production,
      log,
    });
    closers.push(provider.stop);
    return provider.issuer;
  };

  const payloadKeys = await payloadKeysIn(dataDir, temporalFile);
  const headsKey = await headsKeyIn(dataDir);
  const work = [postgres(), temporal(), mailbox(), identity()] as const;
  try {
    const [database, temporalAddress, box, issuer] = await Promise.all(work);
    signal.throwIfAborted();
    const [apiDatabaseUrl, workerDatabaseUrl] = [database.urlFor('cap_api'), database.urlFor('cap_worker')];
    return { temporalAddress, mailbox: box, issuer, apiDatabaseUrl, workerDatabaseUrl, payloadKeys, headsKey, failed };
  } catch (error) {
    off.abort();
    await Promise.allSettled(work);
    throw error;
  }
}

/** Where Debian's clamd listens, should one run on this machine; null where none does. */
function clamdHere(): string | null {
  return ['/run/clamav/clamd.ctl', '/var/run/clamav/clamd.ctl'].find((path) => existsSync(path)) ?? null;
}

interface Server {
  readonly ended: Promise<unknown>;
  readonly lastLines: () => readonly string[];
}

async function unexpectedEnd(name: string, server: Server, path: string): Promise<never> {
  await server.ended;
  const last = readable(server.lastLines()).map((line) => `\n  ${line}`);
  throw new PlainError(
    `${name} has ended, so that all of it was stopped; nothing that was recorded is lost: \`npm start\` goes on from there. Its log is ${path}.${last.length > 0 ? ` The last it said:${last.join('')}` : ''}`,
  );
}

/** The worker and the API, with everything they need in their environment. */
async function startServices(
  config: DevConfig,
  environment: RunningEnvironment,
  parts: Parts,
  log: Log,
  onStart: (pid: number) => void,
  closers: Closers,
): Promise<Promise<never>[]> {
  const { tls, apiKey, taskQueue } = config.temporal;
  const { clamd } = environment;
  const shared = {
    TZ: 'UTC',
    LOG_LEVEL: config.logLevel,
    PUBLIC_URL: config.publicUrl,
    API_HOST: config.api.host,
    API_PORT: String(config.api.port),
    TEMPORAL_ADDRESS: environment.temporalAddress,
    TEMPORAL_NAMESPACE: environment.temporalNamespace,
    TEMPORAL_TASK_QUEUE: taskQueue,
    TEMPORAL_UI_URL: environment.temporalUiUrl,
    TEMPORAL_TLS: String(tls),
    ...(apiKey && { TEMPORAL_API_KEY: apiKey }),
    PAYLOAD_KEYS: parts.payloadKeys,
    FILES_DIR: join(config.dataDir, 'files'),
    FILES_KEYS: parts.payloadKeys,
    HEADS_DIR: join(config.dataDir, 'heads'),
    HEADS_PUBLIC_KEYS: publicHeadsKey(parts.headsKey),
    ...(clamd !== null && { CLAMD_ADDRESS: clamd }),
  };
  const worker = {
    ...shared,
    HEADS_KEY: parts.headsKey,
    WORKER_DATABASE_URL: parts.workerDatabaseUrl,
    SMTP_URL: environment.smtpUrl,
    MAIL_FROM: config.mailFrom,
  };
  const api = {
    ...shared,
    API_DATABASE_URL: parts.apiDatabaseUrl,
    TOKEN_ISSUERS: environment.issuer,
    TOKEN_AUDIENCE: environment.audience,
    SIGN_IN_ISSUERS: `${environment.issuer}|${pagesClient}||the local demonstration`,
    CODEC_UI_ORIGIN: environment.temporalUiUrl,
  };
  const failed: Promise<never>[] = [];
  for (const [name, main, env, file] of [
    ['The worker', 'dist/worker/main.js', worker, 'worker'],
    ['The API', 'dist/web/main.js', api, 'api'],
  ] as const) {
    const logFile = await openLog(join(config.dataDir, 'logs'), file);
    const service = await startService({ name, main, env: childEnvironment(env), file: logFile, log, onStart });
    closers.push(service.stop);
    failed.push(service.failed);
  }
  return failed;
}

/** Waits until the API says that it and what it stands on are ready. */
async function untilReady({ api }: DevConfig, signal: AbortSignal): Promise<void> {
  const host = ['0.0.0.0', '::'].includes(api.host) ? '127.0.0.1' : api.host;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${api.port}/health/ready`;
  let answer = 'no answer';
  for (const until = Date.now() + 90_000; Date.now() < until;) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(3_000)]) });
      if (response.ok) return;
      answer = `${response.status} ${(await response.text()).slice(0, 500)}`;
    } catch (error) {
      answer = messageOf(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new PlainError(`The API did not become ready at ${url} (${answer}).`);
}
