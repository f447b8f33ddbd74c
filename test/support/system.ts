// The whole service as it runs for people: Postgres, Temporal, worker and API as processes of their own, which may be killed and started again
// on the same data; mailbox and identity beside them. Everything is on a leash: nothing outlives the test.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as PostgresClient } from 'pg';
import { commandPath } from '../../api/commandBody';
import { projectRoot } from '../../config';
import { prepareDatabase } from '../../dev/database';
import { demoToken } from '../../dev/demoToken';
import { issuerAt, pagesClient, startIdentity } from '../../dev/identity';
import { startMailbox, type Mailbox, type StoredMessage } from '../../dev/mailbox';
import { publicHeadsKey } from '../../dev/payloadKeys';
import { demoPeople } from '../../dev/people';
import { requirePorts } from '../../dev/ports';
import { startPostgres, type RunningPostgres } from '../../dev/postgres';
import { startProgram, type Program } from '../../dev/process';
import { startTemporalServer } from '../../dev/temporal';
import type { PersonCommandKind } from '../../domain/commands';
import { connectTemporal } from '../../temporal/client';
import { parseKeys } from '../../temporal/codec';
import { searchAttributeTypes } from '../../temporal/names';

/** A process of the service. */
export interface Part {
  readonly name: string;
  readonly pid: number;
  /** Starts it, on the data that it had. */
  start(): Promise<void>;
  /** kill -9; settles when it is gone. */
  kill(): Promise<void>;
  /** Settles when it is gone, whoever ended it. */
  gone(): Promise<void>;
}

/** What the JSON of an answer says; of what tests look at most, the form. */
export interface Body {
  readonly [name: string]: unknown;
  readonly reference?: string;
  readonly type?: string;
  readonly detail?: string;
  readonly cycle?: { readonly id: string; readonly meetings: Readonly<Record<string, { readonly id: string } | null>> };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A command as it was answered in the end. */
export interface Given extends Answer {
  /** The key under which it was given, each time. */
  readonly key: string;
  /** How often it was sent. */
  readonly tries: number;
}

interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type System = Awaited<ReturnType<typeof startSystem>>;

const audience = 'cap-casework';
const quiet = () => undefined;
const patience = 60_000;

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Tries an assertion until it holds. @throws what it threw last, when it does not within a minute */
export async function eventually<T>(assertion: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + patience; ;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(200);
    }
  }
}

interface SystemOptions {
  /** The worker ends a process at a commit, when `killAtCommit` says so. */
  readonly killable?: boolean;
  readonly logLevel?: string;
  /** Temporal's Web UI runs too; for those who are signed in at the pages, where it is `signed-in`. */
  readonly webUi?: boolean | 'signed-in';
}

/** Starts everything. Ask `stop` in the end. */
export async function startSystem(options: SystemOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'cap-system-'));
  await chmod(folder, 0o711); // Postgres runs as another user where the tests run as root
  const ports = {
    postgres: await steadyPort(),
    temporal: await steadyPort(),
    api: await steadyPort(),
    identity: await steadyPort(),
  };
  const uiPort = options.webUi ? await steadyPort() : null;
  const proxyPort = options.webUi === 'signed-in' ? await steadyPort() : null;
  const upstream = uiPort === null ? null : `http://127.0.0.1:${uiPort}`;
  const uiUrl = uiPort === null ? null : `http://localhost:${proxyPort ?? uiPort}`;
  const mailPorts = { smtpPort: await steadyPort(), httpPort: await steadyPort() };
  const mailFolder = join(folder, 'mail');
  const temporalFile = join(folder, 'temporal.db');
  const orders = join(folder, 'kill-at-commit.json');
  const payloadKeys = `test:${randomBytes(32).toString('base64')}`;
  const logs = { api: [] as string[], worker: [] as string[], postgres: [] as string[], temporal: [] as string[] };
  const into = (log: string[]) => (line: string) => void log.push(line);
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    const failures: unknown[] = [];
    for (let close = closers.pop(); close; close = closers.pop()) await close().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped');
  };

  try {
    const urls: { owner: string; api: string; worker: string; superuser: string } = {
      owner: '',
      api: '',
      worker: '',
      superuser: '',
    };
    const postgres = part('Postgres', async () => {
      const server: RunningPostgres = await startPostgres({
        dataDir: join(folder, 'postgres'),
        port: ports.postgres,
        log: quiet,
        onLine: into(logs.postgres),
      });
      const superuser = new URL(server.superuserUrl);
      superuser.pathname = '/cap';
      const of = (role: 'cap_owner' | 'cap_api' | 'cap_worker') => server.urlFor(role);
      Object.assign(urls, { owner: of('cap_owner'), api: of('cap_api'), worker: of('cap_worker'), superuser: superuser.href });
      return server;
    });
    const temporal = part('Temporal', () =>
      startTemporalServer({
        dataFile: temporalFile,
        port: ports.temporal,
        uiPort,
        ...(proxyPort === null ? {} : { codecEndpoint: `${uiUrl ?? ''}/codec` }),
        searchAttributes: searchAttributeTypes,
        log: quiet,
        onLine: into(logs.temporal),
      }),
    );
    closers.push(postgres.stop, temporal.stop);
    await Promise.all([
      postgres.start().then(() => prepareDatabase(urls.owner, issuerAt(ports.identity), quiet)),
      temporal.start(),
    ]);

    let mailbox: Mailbox | null = null;
    const mail = {
      start: async () => {
        mailbox = await startMailbox({ ...mailPorts, folder: mailFolder, log: quiet });
      },
      stop: async () => {
        await mailbox?.stop();
        mailbox = null;
      },
      messages: async (): Promise<StoredMessage[]> => {
        const listed = await fetch(`http://127.0.0.1:${mailPorts.httpPort}/api/messages`);
        return (await listed.json()) as StoredMessage[];
      },
      /** Each message as it came over the wire. */
      raw: async (): Promise<string[]> =>
        Promise.all((await readdir(mailFolder)).map((name) => readFile(join(mailFolder, name), 'utf8'))),
    };
    closers.push(mail.stop);
    await mail.start();
    const identity = await startIdentity({
      ...{ port: ports.identity, folder: join(folder, 'identity'), audience, people: demoPeople, log: quiet },
      ...{ publicUrl: `http://localhost:${ports.api}`, production: false },
    });
    closers.push(identity.stop);

    const shared = {
      PATH: process.env['PATH'] ?? '',
      TZ: 'UTC',
      LOG_LEVEL: options.logLevel ?? 'info',
      API_PORT: String(ports.api),
      PUBLIC_URL: `http://localhost:${ports.api}`,
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      PAYLOAD_KEYS: payloadKeys,
      FILES_DIR: join(folder, 'files'),
      FILES_KEYS: payloadKeys,
      HEADS_DIR: join(folder, 'heads'),
      HEADS_PUBLIC_KEYS: publicHeadsKey(payloadKeys),
      ...(uiUrl === null ? {} : { TEMPORAL_UI_URL: uiUrl }),
    };
    const api = part('The API', () =>
      startMain('dist/web/main.js', 'The API listens', logs.api, {
        ...shared,
        ...(proxyPort === null ? {} : { TEMPORAL_UI_UPSTREAM: upstream ?? '', TEMPORAL_UI_PROXY_PORT: String(proxyPort) }),
        API_DATABASE_URL: urls.api,
        TOKEN_ISSUERS: identity.issuer,
        TOKEN_AUDIENCE: audience,
        SIGN_IN_ISSUERS: `${identity.issuer}|${pagesClient}`,
      }),
    );
    const workerWith = (settings: Readonly<Record<string, string>>) => {
      const made = part('The worker', () =>
        startMain(
          'dist/worker/main.js',
          'The worker is ready',
          logs.worker,
          {
            ...shared,
            HEADS_KEY: payloadKeys,
            WORKER_DATABASE_URL: urls.worker,
            SMTP_URL: `smtp://127.0.0.1:${mailPorts.smtpPort}`,
            KILL_AT_COMMIT: orders,
            ...settings,
          },
          options.killable ? ['--require', require.resolve('./killAtCommit.cjs')] : [],
        ),
      );
      closers.push(made.stop);
      return made;
    };
    const worker = workerWith({});
    closers.push(api.stop);
    await Promise.all([api.start(), worker.start()]);

    const { client, close } = connectTemporal({
      address: shared.TEMPORAL_ADDRESS,
      namespace: 'default',
      keys: parseKeys(payloadKeys),
      tls: false,
    });
    closers.push(close);

    const apiUrl = `http://127.0.0.1:${ports.api}`;
    const tokens = new Map<string, Promise<string>>();
    const tokenOf = (person: string) => {
      const token = tokens.get(person) ?? demoToken(identity.issuer, person);
      tokens.set(person, token);
      return token;
    };

    /** One request of a demo person, or of nobody. @throws when no answer comes */
    async function ask(person: string | null, method: string, path: string, { body, headers = {} }: Ask = {}): Promise<Answer> {
      const response = await fetch(`${apiUrl}${path}`, {
        method,
        headers: {
          ...(person === null ? {} : { Authorization: `Bearer ${await tokenOf(person)}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parsed(text) };
    }

    /** Gives a command, and again with the same key for as long as the service is away, as every caller should. */
    async function give(
      person: string,
      reference: string,
      kind: PersonCommandKind,
      body: object = {},
      key: string = randomUUID(),
    ): Promise<Given> {
      const path = kind === 'submit' ? `/api/v1/applications/${reference}/submit` : commandPath(kind, reference);
      for (let tries = 1, until = Date.now() + patience; ; tries += 1) {
        const answer = await ask(person, 'POST', path, { body, headers: { 'Idempotency-Key': key } }).catch(() => null);
        if (answer && answer.status < 500) return { ...answer, key, tries };
        if (Date.now() > until) throw new Error(`${kind} was never answered: ${JSON.stringify(answer?.body ?? 'no answer')}`);
        await pause(300);
      }
    }

    return {
      ...{ api, worker, postgres, temporal, mail, logs, urls, temporalFile, client, ask, give, stop },
      keys: parseKeys(payloadKeys),
      uiUrl: uiUrl ?? '',
      tokenOf,
      temporalAddress: shared.TEMPORAL_ADDRESS,
      smtpUrl: `smtp://127.0.0.1:${mailPorts.smtpPort}`,
      apiPort: ports.api,
      /** One more worker, with other settings; it is not started yet. */
      workerWith: (settings: Readonly<Record<string, string>>): Part => workerWith(settings),
      /** At the commit of the next record step parts are killed, in this order: just before it, or right after it. */
      killAtCommit: async (moment: 'before' | 'after', ...parts: Part[]) => {
        await writeFile(`${orders}.new`, JSON.stringify({ moment, pids: parts.map(({ pid }) => pid) }));
        await rename(`${orders}.new`, orders);
      },
      /** Asks Postgres as one of its roles. */
      sql: async <Row extends object>(role: keyof typeof urls, text: string, values: unknown[] = []): Promise<Row[]> => {
        const postgresClient = new PostgresClient({ connectionString: urls[role] });
        postgresClient.on('error', quiet);
        await postgresClient.connect();
        try {
          return (await postgresClient.query<Row & Record<string, unknown>>(text, values)).rows;
        } finally {
          await postgresClient.end().catch(quiet);
        }
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A free port outside of the range from which outgoing connections take theirs: it is still free when a part is started again. */
export async function steadyPort(): Promise<number> {
  const wanted = { port: randomInt(10_000, 32_000), host: '127.0.0.1', for: 'a test', setting: 'none' };
  const free = await requirePorts([wanted]).then(
    () => true,
    () => false,
  );
  return free ? wanted.port : steadyPort();
}

interface Running {
  readonly pid: number;
  readonly ended: Promise<unknown>;
  readonly stop: () => Promise<void>;
}

function part(name: string, start: () => Promise<Running>): Part & { stop(): Promise<void> } {
  let running: Running | null = null;
  const here = (): Running => {
    if (!running) throw new Error(`${name} was not started`);
    return running;
  };
  const gone = async () => {
    await here().ended;
  };
  return {
    name,
    get pid() {
      return here().pid;
    },
    start: async () => {
      running = await start();
    },
    kill: async () => {
      process.kill(here().pid, 'SIGKILL');
      await gone();
    },
    gone,
    stop: async () => running?.stop(),
  };
}

/** Starts one of the service's processes; settles when it says that it is ready. */
async function startMain(
  main: string,
  ready: string,
  log: string[],
  env: Record<string, string>,
  nodeArgs: readonly string[] = [],
): Promise<Program> {
  let sayReady = (): void => undefined;
  const isReady = new Promise<void>((resolve) => (sayReady = resolve));
  const program = await startProgram({
    name: main,
    command: process.execPath,
    args: [...nodeArgs, join(projectRoot, main)],
    env,
    cwd: projectRoot,
    onLine: (line) => {
      log.push(line);
      if (line.includes(ready)) sayReady();
    },
  });
  await Promise.race([isReady, program.ended]);
  if (program.running()) return program;
  throw new Error(`${main} did not start: ${program.lastLines().join('\n')}`);
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return { text };
  }
}
