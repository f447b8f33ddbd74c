// Migrations, SQL functions and seed: the migrated database is what schema.prisma and the folder of functions say, and doing any of them
// again changes nothing.
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { projectRoot } from '../../config';
import { applyFunctions, applyMigrations, functionsFolder } from '../../prisma/migrate';
import { withSchemaEngine } from '../../prisma/schemaEngine';
import { sampleReferenceData, seedPeople, seedReferenceData } from '../../prisma/seed';
import { signingInAt } from '../../dev/people';
import { personSignedIn, readPerson } from '../../records/people';
import { askForPerson, settlePersonRequest } from '../../records/peopleKept';
import { readTeamMailbox } from '../../records/organisations';
import { openDatabase } from '../../records/database';
import { openCasework, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

const quiet = () => undefined;

/** Everything of a database that schema.prisma speaks of: columns, keys and indexes, each as Postgres writes it. */
const shape = `
  SELECT format('%s.%s %s %s %s', table_name, column_name, udt_name, coalesce(datetime_precision::text, ''), is_nullable) AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN (SELECT relname FROM pg_class WHERE relkind = 'r')
  UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')
  UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'`;

async function linesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(shape);
  return rows
    .map(({ line }) => line)
    .filter((line) => !line.includes('_prisma_migrations'))
    .sort();
}

test('schema.prisma and the migrated database are the same', async () => {
  const content = await readFile(join(projectRoot, 'prisma/schema.prisma'), 'utf8');
  const { stdout: script } = await withSchemaEngine(casework.database.urlFor('cap_owner'), (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      ...{ script: true, shadowDatabaseUrl: null, exitCode: null, filters: { externalTables: [], externalEnums: [] } },
    }),
  );
  // The tables that schema.prisma would have, beside the migrated ones and gone with the transaction.
  const superuser = await casework.asSuperuser();
  const migrated = await linesOf(superuser);
  await superuser.query('BEGIN; DROP SCHEMA public CASCADE;');
  await superuser.query(script ?? '');
  const wanted = await linesOf(superuser);
  await superuser.query('ROLLBACK');
  expect(wanted.length).toBeGreaterThan(100);
  expect(migrated).toEqual(wanted);
});

test('migrating again applies nothing, and two at once get along', async () => {
  const owner = casework.database.urlFor('cap_owner');
  expect(await Promise.all([applyMigrations(owner, quiet), applyMigrations(owner, quiet)])).toEqual([[], []]);
});

/** Our functions as Postgres keeps them, without those that an extension brought. */
const functions = `SELECT oid::regprocedure::text AS name, pg_get_functiondef(oid) AS text FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace ORDER BY 1`;

test('a column that a release adds is filled for the cases that are there', async () => {
  const reference = await casework.flourishAtPanel();
  const superuser = await casework.asSuperuser();
  const columns = async () => {
    const { rows } = await superuser.query<{ line: unknown; pack_step: number }>(
      'SELECT line, pack_step FROM cases WHERE reference = $1',
      [reference],
    );
    return rows[0];
  };
  const written = await columns();
  expect(written).toMatchObject({
    line: { reference, step: 2, submitted: expect.stringMatching(/^2.*Z$/) as string },
    pack_step: 1,
  });
  await superuser.query(
    'BEGIN; ALTER POLICY api_reads ON applications USING (false); ALTER TABLE cases DROP COLUMN line, DROP COLUMN pack_step',
  );
  await superuser.query('SET ROLE cap_owner');
  for (const name of [
    '20261125201000_line_of_a_case',
    '20261125202000_newest_pack',
    '20261125220000_line_says_submitted',
    '20261129600000_a_shorter_line',
  ]) {
    await superuser.query(await readFile(join(projectRoot, 'prisma/migrations', name, 'migration.sql'), 'utf8'));
  }
  await superuser.query('RESET ROLE');
  expect(await columns()).toEqual(written);
  await superuser.query('ROLLBACK');
});

test('the courses that were there are offered in every year that is known', async () => {
  const superuser = await casework.asSuperuser();
  const offered = async () =>
    (
      await superuser.query<{ years: string[] }>(
        `SELECT array_agg(academic_year ORDER BY academic_year) AS years FROM courses WHERE code = 'T1-BICYCLES'`,
      )
    ).rows[0]?.years;
  const years = await offered();
  await superuser.query(`BEGIN; DELETE FROM courses WHERE academic_year <> '2024-25'; DROP POLICY cap_adds ON courses;
    DROP POLICY cap_removes ON courses; ALTER TABLE courses DROP COLUMN academic_year, DROP COLUMN category, DROP COLUMN days,
    ADD CONSTRAINT courses_pkey PRIMARY KEY (code), DROP CONSTRAINT courses_school_weeks_check;
    ALTER TABLE course_places ADD CONSTRAINT course_places_course_fkey FOREIGN KEY (course) REFERENCES courses;`);
  await superuser.query('SET ROLE cap_owner');
  const migration = join(projectRoot, 'prisma/migrations/20261127100000_directory_of_a_year/migration.sql');
  await superuser.query(await readFile(migration, 'utf8'));
  await superuser.query('RESET ROLE');
  const after = await offered();
  await superuser.query('ROLLBACK');
  expect(after).toEqual(years);
  expect(years?.length).toBeGreaterThan(1);
});

test('the one address that a provider had is its first site; that of a school stays', async () => {
  const superuser = await casework.asSuperuser();
  await superuser.query(`BEGIN; DROP TABLE provider_sites; DROP POLICY provider_reads_of_sites ON edits;
    ALTER TABLE organisations DROP CONSTRAINT organisations_check;
    UPDATE organisations SET address = '1 Sample Street' WHERE code IN ('TP-ONE', 'SCH-A')`);
  await superuser.query('SET ROLE cap_owner');
  const migration = join(projectRoot, 'prisma/migrations/20261130400000_provider_sites/migration.sql');
  await superuser.query(await readFile(migration, 'utf8'));
  await superuser.query('RESET ROLE');
  const { rows } = await superuser.query(`SELECT code, organisations.address AS own, site.name, site.address
    FROM organisations LEFT JOIN provider_sites AS site ON provider = code WHERE code IN ('TP-ONE', 'TP-TWO', 'SCH-A') ORDER BY code`);
  await superuser.query('ROLLBACK');
  expect(rows).toEqual([
    { code: 'SCH-A', own: '1 Sample Street', name: null, address: null },
    { code: 'TP-ONE', own: null, name: 'Main site', address: '1 Sample Street' },
    { code: 'TP-TWO', own: null, name: null, address: null },
  ]);
});

test('the functions of the folder are what the database has, and it has no others', async () => {
  const client = await casework.as('cap_owner');
  const before = await client.query<{ name: string; text: string }>(functions);
  const files = await Promise.all((await readdir(functionsFolder)).map((name) => readFile(join(functionsFolder, name), 'utf8')));
  const named = files.flatMap((text) => [...text.matchAll(/^CREATE OR REPLACE FUNCTION (\w+)/gm)].map(([, name]) => name));
  expect(before.rows.map(({ name }) => name.split('(')[0])).toEqual(named.sort());
  await client.query('BEGIN');
  for (const text of files) await client.query(`SET LOCAL check_function_bodies = off;\n${text}`);
  expect((await client.query(functions)).rows).toEqual(before.rows);
  await client.query('ROLLBACK');
});

test('an edited function is applied again, one that policies ask too; one that fails leaves all as they were', async () => {
  const owner = casework.database.urlFor('cap_owner');
  const client = await casework.as('cap_owner');
  const folder = await mkdtemp(join(tmpdir(), 'cap-functions-'));
  await cp(functionsFolder, folder, { recursive: true });
  const asker = await readFile(join(folder, 'asker.sql'), 'utf8');
  await writeFile(join(folder, 'asker.sql'), asker.replace(`nullif(current_setting('cap.person', true), '')`, `'somebody'`));
  expect([await applyFunctions(owner, folder), await applyFunctions(owner, folder)]).toEqual([true, false]);
  expect((await client.query('SELECT me()')).rows).toEqual([{ me: 'somebody' }]);
  await writeFile(join(folder, 'zz.sql'), 'CREATE OR REPLACE FUNCTION me() RETURNS text LANGUAGE sql RETURN no_such_thing();');
  await expect(applyFunctions(owner, folder)).rejects.toThrow('no_such_thing');
  expect((await client.query('SELECT me()')).rows).toEqual([{ me: 'somebody' }]);
  expect(await applyMigrations(owner, quiet)).toEqual(['functions']);
  expect((await client.query('SELECT me()')).rows).toEqual([{ me: null }]);
  await rm(folder, { recursive: true });
});

test('seeding again adds what is missing and leaves what staff have changed', async () => {
  const client = await casework.as('cap_owner');
  await client.query(`UPDATE organisations SET name = 'Renamed' WHERE code = 'SCH-A'`);
  await client.query(`UPDATE meetings SET day = '2024-12-20', version = 2 WHERE id = 'HPM-2024-12-19'`);
  await client.query(`DELETE FROM closures WHERE day = '2024-12-25'`);
  await client.query(`DELETE FROM courses WHERE code = 'T1-CATERING'`);
  await client.query(`DELETE FROM safeguarding_leads WHERE party = 'school:SCH-A'`);
  await client.query(`DELETE FROM provider_sites WHERE provider = 'TP-ONE'`);
  const before = await client.query('SELECT version FROM calendar_version');
  await seedReferenceData(casework.database.urlFor('cap_owner'), sampleReferenceData('2026-11-22'));
  const { rows } = await client.query(
    `SELECT (SELECT name FROM organisations WHERE code = 'SCH-A'), (SELECT day::text FROM meetings WHERE id = 'HPM-2024-12-19'),
       (SELECT count(*)::int FROM closures WHERE day = '2024-12-25') AS closed, (SELECT count(*)::int FROM courses WHERE code = 'T1-CATERING') AS caterings,
       (SELECT count(*)::int FROM safeguarding_leads WHERE party = 'school:SCH-A') AS leads,
       (SELECT count(*)::int FROM provider_sites WHERE provider = 'TP-ONE') AS sites`,
  );
  expect(rows).toEqual([{ name: 'Renamed', day: '2024-12-20', closed: 0, caterings: 0, leads: 0, sites: 0 }]);
  expect((await client.query('SELECT version FROM calendar_version')).rows).toEqual(before.rows);
});

test('the first two people, put in as the page for production says, sign in, and one gives what the other asks for (A21)', async () => {
  const page = await readFile(join(projectRoot, 'docs/production.md'), 'utf8');
  const [, script = ''] = /### The first people[^]*?```sql\n([^]*?)```/.exec(page) ?? [];
  await (await casework.as('cap_owner')).query(script);
  const api = openDatabase(casework.database.urlFor('cap_api'));
  const issuer = 'https://identity.example.test';
  const first = await personSignedIn(api, { issuer, subject: 'subject of the first' });
  const second = await personSignedIn(api, { issuer, subject: 'subject of the second' });
  if (!first || !second) throw new Error('The first people do not sign in.');
  const now = '2024-11-20T10:00:00.000Z';
  const asked = { kind: 'grant', person: 'school.alder', party: 'send', why: 'A sample reason.' } as const;
  const { id } = await askForPerson<never>(api, first, asked, now, () => null);
  expect(await settlePersonRequest<never>(api, second, { id, given: true }, now, () => null)).toBeNull();
  expect((await readPerson(api, 'school.alder'))?.parties).toContain('send');
  await api.close();
});

test('a team whose mailbox is put in as the page for production says reads its e-mails there', async () => {
  const page = await readFile(join(projectRoot, 'docs/production.md'), 'utf8');
  const [, script = ''] = /### Where teams read their e-mails[^]*?```sql\n([^]*?)```/.exec(page) ?? [];
  await (await casework.as('cap_owner')).query(script);
  expect(await readTeamMailbox(casework.api, await casework.person('cap.team'), 'cap')).toBe('cap.team@example.test');
});

test('people are brought up to what is given; grants that are not given are taken back', async () => {
  const owner = casework.database.urlFor('cap_owner');
  const api = openDatabase(casework.database.urlFor('cap_api'));
  const grants = [
    { role: 'chair', scope: 'multi-agency' },
    { role: 'auditor', scope: null },
  ] as const;
  await seedPeople(owner, [{ id: 'cap.team', name: 'Somebody Else', email: 'e@example.test', signIns: [], grants }]);
  expect(await readPerson(api, 'cap.team')).toEqual({
    person: 'cap.team',
    name: 'Somebody Else',
    parties: ['audit', 'panel:multi-agency'],
  });
  await seedPeople(owner, signingInAt('https://identity.example.test'));
  expect((await readPerson(api, 'cap.team'))?.parties).toEqual(['cap']);
  expect(await readPerson(api, 'nobody')).toBeNull();
  await api.close();
});
