// Embedded Postgres: what it makes, that it is kept, and the sentences for a folder that it cannot use.
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../../dev/ports';
import { roles, startPostgres } from '../../dev/postgres';
import { firstUnwalkable } from '../../dev/walkable';
import { scratchFolder } from './scratch';

const scratch = scratchFolder();
const log = () => undefined;
const options = async (dataDir: string) => ({ dataDir, port: await freePort(), log, throwaway: true });

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('it makes the database and three roles without privileges, keeps what is written, and survives kill -9', async () => {
  const dataDir = join(scratch, 'kept');
  const first = await startPostgres(await options(dataDir));
  const rights = await ask<{ name: string }>(
    first.superuserUrl,
    `SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'cap\\_%' AND rolcanlogin
       AND NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication) ORDER BY 1`,
  );
  expect(rights.map(({ name }) => name)).toEqual([...roles].sort());
  await ask(first.urlFor('cap_owner'), 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
  for (const role of ['cap_api', 'cap_worker'] as const) {
    await expect(ask(first.urlFor(role), 'SELECT * FROM kept')).rejects.toThrow('permission denied');
    await expect(ask(first.urlFor(role), 'CREATE TABLE mine ()')).rejects.toThrow('permission denied');
  }
  expect(statSync(join(dataDir, 'passwords.json')).mode & 0o777).toBe(0o600);
  await first.stop();

  const second = await startPostgres(await options(dataDir));
  expect(await ask(second.urlFor('cap_owner'), 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  process.kill(second.pid, 'SIGKILL');
  await second.ended;

  const third = await startPostgres(await options(dataDir));
  expect(await ask(third.urlFor('cap_owner'), 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  await third.stop();
}, 60_000);

test('a half-written data folder is one sentence that says what to delete', async () => {
  const dataDir = join(scratch, 'half');
  mkdirSync(join(dataDir, 'cluster'), { recursive: true });
  await expect(startPostgres(await options(dataDir))).rejects.toThrow(/half-written.*delete the folder .*half and start again/);
  const passwords = { postgres: 'a', cap_owner: 'b', cap_api: 'c', cap_worker: 'd' };
  writeFileSync(join(dataDir, 'passwords.json'), JSON.stringify(passwords));
  mkdirSync(join(dataDir, 'cluster', 'base'));
  await expect(startPostgres(await options(dataDir))).rejects.toThrow(
    /^The Postgres data folder .*half\/cluster is half-written: delete it/,
  );
});

test('a first start that is broken off leaves nothing in the way of the next', async () => {
  const dataDir = join(scratch, 'broken-off');
  const off = new AbortController();
  setTimeout(() => off.abort(), 150);
  await expect(startPostgres({ ...(await options(dataDir)), signal: off.signal })).rejects.toThrow();
  expect(existsSync(join(dataDir, 'cluster'))).toBe(false);
  await (await startPostgres(await options(dataDir))).stop();
}, 60_000);

test('lost passwords are said, never guessed', async () => {
  const dataDir = join(scratch, 'lost');
  await (await startPostgres(await options(dataDir))).stop();
  const passwords = { postgres: 'a', cap_owner: 'b', cap_api: 'c', cap_worker: 'd' };
  writeFileSync(join(dataDir, 'passwords.json'), JSON.stringify(passwords));
  await expect(startPostgres(await options(dataDir))).rejects.toThrow(/^The passwords kept in .*lost do not fit the data/);
  rmSync(join(dataDir, 'passwords.json'));
  await expect(startPostgres(await options(dataDir))).rejects.toThrow(/its passwords .* are gone/);
}, 60_000);

test('a folder that another user may not enter is found, from the top', async () => {
  const inner = join(scratch, 'closed', 'inner');
  mkdirSync(inner, { recursive: true });
  chmodSync(join(scratch, 'closed'), 0o700);
  const nobody = { uid: 65534, gid: 65534 };
  expect(await firstUnwalkable(inner, nobody)).toBe(join(scratch, 'closed'));
  chmodSync(join(scratch, 'closed'), 0o711);
  expect(await firstUnwalkable(inner, nobody)).toBeNull();
});

const root = process.getuid?.() === 0 ? test : test.failing;
root('as root, data in a folder that Postgres may not enter is one sentence that says what to do', async () => {
  const closed = join(scratch, 'for-root-only');
  mkdirSync(closed);
  chmodSync(closed, 0o700);
  await expect(startPostgres(await options(join(closed, 'postgres')))).rejects.toThrow(
    /that user may not enter .*for-root-only, which holds its data: set DATA_DIR to .*, or run `chmod o\+x .*for-root-only`\.$/,
  );
});
