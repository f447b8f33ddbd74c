// How long a page of a list takes beside reading one case by its key, when there are as many cases as England could have in years.
import { Client } from 'pg';
import type { Actor } from '../domain/facts';
import type { Instant } from '../domain/calendar';
import type { Party } from '../domain/words';
import type { Log } from '../dev/plainError';
import { openDatabase, type Connection, type Database } from '../records/database';
import { listCases, listOverdue, listTasks, summary, summed } from '../records/lists';
import { atMost, median, percentile, type Figure } from './figures';
import type { Stand } from './stand';
import type { Teller } from './teller';

/** Rows of a page. */
const limit = 25;
const timesEach = 200;
const warmUps = 20;
const aim = 2;

const schools = 400;
/** A school that has one case, and one that has a hundredth of what a busy county has. */
const fewCases = 'BENCH-FEW';
const manyCases = { school: 'BENCH-MANY', cases: 3000 };

/** A reader, as lists know one: by parties. */
interface Reader {
  readonly who: string;
  readonly actor: Actor;
}

const reader = (who: string, ...parties: readonly Party[]): Reader => ({ who, actor: { person: 'bench', parties } });

const readers: readonly Reader[] = [
  reader('CAP, who see all', 'cap'),
  reader('a school with one case', `school:${fewCases}`),
  reader(`a school with ${manyCases.cases}`, `school:${manyCases.school}`),
  reader('somebody of six parties', ...[1, 2, 3, 4, 5, 6].map((each): Party => `school:BENCH-${each}`)),
];

/** A page of something, which is read again and again. */
interface Page {
  readonly what: string;
  readonly read: (db: Database, actor: Actor, now: Instant) => Promise<{ readonly rows: readonly unknown[] }>;
}

const first = { after: null, limit };
const cases: Page = { what: 'cases', read: (db, actor) => listCases(db, actor, {}, first) };
const worklist: Page = { what: 'worklist', read: (db, actor) => listTasks(db, actor, first) };
const found: Page = { what: 'found by name', read: (db, actor) => listCases(db, actor, {}, first, ['fictitious00012345']) };
const overdue: Page = { what: 'overdue with others', read: (db, actor, now) => listOverdue(db, actor, now, first) };

/** @param count how many cases there are */
export async function measureLists(stand: Stand, teller: Teller, count: number, log: Log): Promise<Figure[]> {
  const pattern = await teller.draft();
  await teller.toPlacement(pattern);
  const began = performance.now();
  await multiply(stand.superuserUrl, pattern, count);
  log(`  ${count} cases stand beside it after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const db = openDatabase(stand.reach.databaseUrl, { connections: 1 });
  const figures: Figure[] = [];
  for (const each of readers) {
    for (const page of each === readers[0] ? [cases, worklist, overdue, found] : [cases, worklist]) {
      figures.push(await figureOf(db, each, page, teller.now()));
    }
  }
  await db.close();
  return figures;
}

/** One page and one key in turn, so that both see the same weather. */
async function figureOf(db: Database, { who, actor }: Reader, page: Page, now: Instant): Promise<Figure> {
  const key = await keyOf(db, actor);
  const [pages, keys]: [number[], number[]] = [[], []];
  let shown = 0;
  for (let lap = 0; lap < warmUps + timesEach; lap += 1) {
    const took = await timeOf(async () => (shown = (await page.read(db, actor, now)).rows.length));
    const beside = await timeOf(() => db.asActor(actor, (connection) => byKey(connection, key)));
    if (lap < warmUps) continue;
    pages.push(took);
    keys.push(beside);
  }
  if (shown === 0) throw new Error(`There is nothing on the page of ${page.what} for ${who}: it measures nothing`);
  const [ours, beside] = [median(pages), median(keys)];
  return {
    what: `a page of ${page.what}, ${who}, p50, ms`,
    ours: `${ours.toFixed(2)}, p95 ${percentile(pages, 95).toFixed(2)}, ${shown} rows`,
    beside: `key ${beside.toFixed(2)}`,
    ratio: ours / beside,
    aim: atMost(aim, ours / beside),
    why: `${shown} rows are read where the key reads one`,
  };
}

/** @returns a case that the actor sees */
async function keyOf(db: Database, actor: Actor): Promise<string> {
  const [newest] = (await listCases(db, actor, {}, { after: null, limit: 1 })).rows;
  if (!newest) throw new Error(`${actor.parties.join(', ')} see no case`);
  return newest.reference;
}

/** The same line of a list, by its key. */
function byKey(connection: Connection, reference: string): Promise<unknown[]> {
  return connection.$queryRaw<unknown[]>`SELECT ${summary} FROM ${summed} WHERE cases.reference = ${reference}`;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * Copies the rows that lists read of one case, with other schools, names and times: what a record step writes, without its steps. References
 * and rules of the tables are not looked at while it is done, because the rows are copies of rows that keep them.
 * @param url as the superuser of this benchmark's own Postgres
 */
async function multiply(url: string, pattern: string, count: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query('SET synchronous_commit = off');
    await client.query(
      `CREATE TEMPORARY TABLE copies AS
        SELECT 'CAP-BENCH-' || lpad(each::text, 8, '0') AS reference, 'fictitious' || lpad(each::text, 8, '0') AS word,
          CASE WHEN each = 1 THEN $2 WHEN each <= $4 + 1 THEN $3 ELSE 'BENCH-' || (1 + each % $5) END AS school,
          now() - each * interval '10 seconds' AS updated, now() + (each % 5000 - 500) * interval '1 hour' AS due
        FROM generate_series(1, $1::int) AS each`,
      [count, fewCases, manyCases.school, manyCases.cases, schools],
    );
    for (const statement of copying) await client.query(statement.replace(':pattern', client.escapeLiteral(pattern)));
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

/** A row of the pattern with some of its columns changed. */
const copyOf = (table: string, changed: string) => `INSERT INTO ${table} SELECT copy.*
  FROM copies, ${table} AS pattern, jsonb_populate_record(pattern, jsonb_build_object(${changed})) AS copy
  WHERE pattern.reference = :pattern`;

const copying: readonly string[] = [
  copyOf(
    'cases',
    `'reference', copies.reference, 'school', copies.school, 'updated', copies.updated, 'due', copies.due,
    'name', 'Sample ' || copies.word, 'line', pattern.line::jsonb ||
      jsonb_build_object('reference', copies.reference, 'school', copies.school, 'updated', instant(copies.updated))`,
  ),
  copyOf('applications', `'reference', copies.reference, 'pack', '[]'::jsonb`),
  copyOf(
    'case_viewers',
    `'reference', copies.reference, 'updated', copies.updated,
     'party', CASE WHEN pattern.party LIKE 'school:%' THEN 'school:' || copies.school ELSE pattern.party END`,
  ),
  `INSERT INTO case_waits (reference, what, subject, party, due)
    SELECT copies.reference, pattern.what, '', party, copies.due
    FROM copies, unnest(ARRAY['cap', 'school:' || copies.school]) WITH ORDINALITY AS each(party, place),
      (SELECT what FROM case_waits WHERE reference = :pattern LIMIT 1) AS pattern
    WHERE each.place = CASE WHEN copies.school IN ('${fewCases}', '${manyCases.school}') OR right(copies.word, 1) < '5' THEN 2 ELSE 1 END`,
  'INSERT INTO case_words SELECT reference, word FROM copies',
];
