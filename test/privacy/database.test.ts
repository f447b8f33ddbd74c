// The second wall, as the database itself tells of it: row-level security on every table, roles that cannot step over it, no clock in SQL.
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../support/postgres';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.stop();
});

async function rows<Row extends object>(text: string): Promise<Row[]> {
  return (await client.query<Row & Record<string, unknown>>(text)).rows;
}

/** Every table but the one in which migrations are noted. */
const ours = `relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`;

test('row-level security is on, and forced, on every table', async () => {
  const tables = await rows<{ name: string; on: boolean }>(
    `SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS on FROM pg_class WHERE ${ours}`,
  );
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter(({ on }) => !on)).toEqual([]);
});

test('neither API nor worker can reach the table in which migrations are noted', async () => {
  const [reach] = await rows(
    `SELECT has_table_privilege('cap_api', '_prisma_migrations', 'SELECT, INSERT, UPDATE, DELETE') AS api,
       has_table_privilege('cap_worker', '_prisma_migrations', 'SELECT, INSERT, UPDATE, DELETE') AS worker`,
  );
  expect(reach).toEqual({ api: false, worker: false });
});

test('views ask with the rights of whoever looks, but the one that only counts the places left', async () => {
  const views = await rows<{ options: string[] | null }>(
    `SELECT relname, reloptions AS options FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace`,
  );
  expect(views.filter(({ options }) => !options?.some((option) => /^security_invoker(=true|=on)?$/.test(option)))).toEqual([
    expect.objectContaining({ relname: 'places_left' }),
  ]);
});

test('no role of the service is a superuser, steps over row-level security, or belongs to one that does', async () => {
  const roles = await rows(
    `SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS mighty,
       (SELECT count(*)::int FROM pg_auth_members WHERE member = pg_roles.oid) AS belongs
     FROM pg_roles WHERE rolname LIKE 'cap_%' ORDER BY 1`,
  );
  const plain = { mighty: false, belongs: 0 };
  expect(roles).toEqual(['cap_api', 'cap_owner', 'cap_worker'].map((name) => ({ name, ...plain })));
});

test('tables and functions belong to the owner, whom row-level security binds too', async () => {
  const owners = await rows(
    `SELECT DISTINCT owner::regrole::text AS owner FROM (
       SELECT relowner AS owner FROM pg_class WHERE ${ours}
       UNION SELECT proowner FROM pg_proc WHERE pronamespace = 'public'::regnamespace) all_of_them`,
  );
  expect(owners).toEqual([{ owner: 'cap_owner' }]);
});

test('API and worker own nothing and create nothing, and the worker alone writes cases', async () => {
  const [may] = await rows(
    `SELECT has_schema_privilege('cap_api', 'public', 'CREATE') OR has_schema_privilege('cap_worker', 'public', 'CREATE') AS creates,
       has_table_privilege('cap_api', 'cases', 'INSERT, UPDATE, DELETE') AS api_writes_cases,
       has_any_column_privilege('cap_api', 'timeline', 'INSERT, UPDATE') AS api_writes_timeline,
       has_table_privilege('cap_worker', 'timeline', 'UPDATE, DELETE, TRUNCATE') AS worker_rewrites_timeline,
       has_table_privilege('cap_worker', 'commands', 'UPDATE, DELETE, TRUNCATE') AS worker_rewrites_commands`,
  );
  expect(Object.entries(may ?? {}).filter(([, yes]) => yes)).toEqual([]);
});

test('a session that has not said for whom it asks sees no case, no draft, no word', async () => {
  const api = new Client({ connectionString: database.urlFor('cap_api') });
  await api.connect();
  try {
    const tables = ['cases', 'drafts', 'applications', 'received_commands', 'commands', 'command_texts', 'timeline', 'emails'];
    for (const table of [...tables, 'access_log']) {
      expect((await api.query(`SELECT count(*)::int AS seen FROM ${table}`)).rows).toEqual([{ seen: 0 }]);
    }
  } finally {
    await api.end();
  }
});

describe('no clock is read in SQL', () => {
  const clocks =
    '\\m(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\\s*\\(|\\m(current_(date|time|timestamp)|localtime(stamp)?)\\M';
  const readers = `
    SELECT proname AS name FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a' AND pg_get_functiondef(oid) ~* '${clocks}'
    UNION SELECT adrelid::regclass || '' FROM pg_attrdef
      WHERE adrelid <> '_prisma_migrations'::regclass AND pg_get_expr(adbin, adrelid) ~* '${clocks}'
    UNION SELECT viewname FROM pg_views WHERE schemaname = 'public' AND definition ~* '${clocks}'
    UNION SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND concat(qual, with_check) ~* '${clocks}'`;

  test('in any function, default, view or policy', async () => {
    expect(await rows(readers)).toEqual([]);
  });

  test('and one that is planted is found', async () => {
    await client.query(`BEGIN; CREATE FUNCTION planted() RETURNS timestamptz LANGUAGE sql RETURN now();
      CREATE TABLE planted_table (at timestamptz DEFAULT CURRENT_TIMESTAMP)`);
    const found = await rows(readers);
    await client.query('ROLLBACK');
    expect(found).toEqual(expect.arrayContaining([{ name: 'planted' }, { name: 'planted_table' }]));
  });
});

test('the worker reads neither who read what, nor what a host noted of a week, nor why a student was excluded: it needs none of it', async () => {
  const readable = await rows<{ readable: string }>(
    `SELECT table_name || '.' || column_name AS readable FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name IN ('access_log', 'progress_notes', 'exclusions', 'attendance_counts')
       AND has_column_privilege('cap_worker', table_name::regclass, column_name, 'SELECT') ORDER BY 1`,
  );
  expect(readable.map((each) => each.readable)).toEqual(['exclusions.day', 'exclusions.student', 'progress_notes.reference']);
});
