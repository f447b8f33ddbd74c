// A real Postgres for all tests of a run, and on it a database for each test file: migrated, with the reference data and the sample people.
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { prepareDatabase } from '../../dev/database';
import { freePort } from '../../dev/ports';
import { roles, startPostgres, type Role } from '../../dev/postgres';

export interface TestDatabase {
  urlFor(role: Role): string;
  /** The same database, past row-level security. */
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

interface Server {
  readonly superuserUrl: string;
  readonly urls: Readonly<Record<Role, string>>;
}

/** Hands the server from the run to its test files, which are processes of their own. */
const handedOn = 'CAP_TEST_POSTGRES';
const template = 'cap';
/** A test that lets people sign in has an issuer of its own, and says so in its own database. */
const noIssuer = 'https://identity.example.test';
const quiet = () => undefined;

/** Starts the server of a run and prepares the database that all others are copies of. @returns what stops it */
export async function startTestServer(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cap-postgres-'));
  await chmod(dataDir, 0o711); // Postgres runs as another user where the tests run as root
  const server = await startPostgres({ dataDir, port: await freePort(), log: quiet, throwaway: true });
  await prepareDatabase(server.urlFor('cap_owner'), noIssuer, quiet);
  await asSuperuser(server.superuserUrl, `ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
  await asSuperuser(server.superuserUrl, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${template}'`);
  const urls = Object.fromEntries(roles.map((role) => [role, server.urlFor(role)]));
  process.env[handedOn] = JSON.stringify({ superuserUrl: server.superuserUrl, urls } satisfies { [K in keyof Server]: unknown });
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Makes a database of its own. @throws Error when no server was started before the tests */
export async function testDatabase(): Promise<TestDatabase> {
  const handed = process.env[handedOn];
  if (handed === undefined) throw new Error('No Postgres was started: run the tests by jest, whose globalSetup starts it.');
  const { superuserUrl, urls } = JSON.parse(handed) as Server;
  const name = `cap_${randomUUID().replaceAll('-', '')}`;
  await asSuperuser(
    superuserUrl,
    `CREATE DATABASE ${name} OWNER cap_owner TEMPLATE ${template}`,
    `REVOKE CONNECT, TEMPORARY ON DATABASE ${name} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${name} TO cap_api, cap_worker`,
  );
  return {
    urlFor: (role) => ofDatabase(urls[role], name),
    superuserUrl: ofDatabase(superuserUrl, name),
    stop: () => asSuperuser(superuserUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function ofDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function asSuperuser(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
