// A page costs its rows, not the cases that there are: what Postgres reads for one is counted among a few hundred cases and among thousands.
import { copyOf, copyOfViewers, copyOfWaits, multiply } from '../../bench/copies';
import type { Actor } from '../../domain/facts';
import type { Connection, Database } from '../../records/database';
import { listCases, listOverdue, listTasks } from '../../records/lists';
import { later, openCasework, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

const limit = 25;
const cap: Actor = { person: 'cap.team', parties: ['cap'] };
/** Rows for each that a page shows, however many parties its reader has: of its wait, of its viewer, and two that are not the page's. */
const mostForEach = 4;

const school = (of: string): Actor => ({ person: 'school.alder', parties: [`school:${of}`] });
/** Somebody who acts for schools that have a few cases each, beside one that has many. */
const several: Actor = { person: 'x', parties: ['school:SCH-MANY', 'school:SCH-1', 'school:SCH-2', 'school:SCH-3'] };

/** Copies a case: every fourth is of one school, the others of two hundred, as in a county. */
async function among(many: number, from: number): Promise<void> {
  const pattern = await casework.flourishAtPanel();
  const differences = `
    SELECT 'CAP-MANY-' || lpad(each::text, 8, '0') AS reference, 'fictitious' || lpad(each::text, 8, '0') AS word,
      CASE WHEN each % 4 = 0 THEN 'SCH-MANY' ELSE 'SCH-' || each % 200 END AS school, '${later}'::timestamptz - each * interval '1 minute' AS updated,
      '${later}'::timestamptz - each * interval '1 hour' AS due
    FROM generate_series($1::int, $2::int) AS each`;
  const copying = [
    copyOf(
      'cases',
      `'reference', copies.reference, 'school', copies.school, 'updated', copies.updated, 'line', pattern.line::jsonb
        || jsonb_build_object('reference', copies.reference)`,
    ),
    ...copyOfViewers,
    copyOfWaits('right(copies.word, 3)::int / 4 % 2 = 1'),
    'INSERT INTO case_words SELECT reference, word FROM copies',
  ];
  await multiply(casework.database.superuserUrl, pattern, { differences, values: [from, many], copying });
}

/** @returns how many rows of cases, their readers, waits and words Postgres read for it, and how many were shown */
async function readFor(
  actor: Actor,
  list: (db: Database, actor: Actor) => Promise<{ readonly rows: readonly unknown[] }>,
): Promise<{ readonly read: number; readonly shown: number }> {
  let read = 0;
  const counting: Database = {
    ...casework.api,
    asActor: (who, work, how) =>
      casework.api.asActor(
        who,
        async (connection) => {
          const before = await readSoFar(connection);
          const found = await work(connection);
          read = (await readSoFar(connection)) - before;
          return found;
        },
        how,
      ),
  };
  const { rows } = await list(counting, actor);
  return { read, shown: rows.length };
}

async function readSoFar(connection: Connection): Promise<number> {
  const [row] = await connection.$queryRaw<{ rows: number }[]>`
    SELECT sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::int AS rows FROM pg_stat_xact_user_tables
    WHERE relname IN ('cases', 'case_viewers', 'case_waits', 'case_words')`;
  return row?.rows ?? 0;
}

const page = { after: null, limit };
const lists = {
  cases: (db: Database, actor: Actor) => listCases(db, actor, {}, page),
  'the worklist': (db: Database, actor: Actor) => listTasks(db, actor, page),
  'what is overdue with others': (db: Database, actor: Actor) => listOverdue(db, actor, later, page),
  'what a name finds': (db: Database, actor: Actor) => listCases(db, actor, {}, page, ['fictitious0000012']),
};

describe.each([400, 4_000, 12_000])('Among %d cases', (many) => {
  beforeAll(() => among(many, { 400: 1, 4_000: 401, 12_000: 4_001 }[many] ?? 1), 60_000);

  test.each([
    ['CAP, who see all', cap, Object.keys(lists)],
    ['a school with many', school('SCH-MANY'), ['cases', 'the worklist']],
    ['somebody of several schools', several, ['cases', 'the worklist']],
  ] as [string, Actor, (keyof typeof lists)[]][])('a page of %s reads what it shows', async (_who, actor, theirs) => {
    const most = mostForEach * (limit + 1);
    for (const name of theirs) {
      const { read, shown } = await readFor(actor, lists[name]);
      expect({ name, isEmpty: shown === 0, readTooMany: read > most ? read : null }).toEqual({
        name,
        isEmpty: false,
        readTooMany: null,
      });
    }
  });
});
