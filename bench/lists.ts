// How long a page of a list, and the numbers of a year, take beside reading one case by its key, when there are as many cases as England could have in
// years.
import type { Actor } from '../domain/facts';
import { academicYearOf, londonDay, type Instant } from '../domain/calendar';
import { programmeCodes } from '../domain/programmes';
import type { Party } from '../domain/words';
import type { Log } from '../dev/plainError';
import { openDatabase, type Connection, type Database } from '../records/database';
import { readNumbers, readNumbersBySchool } from '../records/numbers';
import { listCases, listOverdue, listTasks, summary, summed } from '../records/lists';
import { copyOf, copyOfViewers, copyOfWaits, multiply } from './copies';
import { atMost, median, percentile, type Figure } from './figures';
import { measurePages } from './pages';
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
  /** How many keys it may take; none for a whole table. */
  readonly aim?: number;
  readonly read: (db: Database, actor: Actor, now: Instant) => Promise<{ readonly rows: readonly unknown[] }>;
}

const first = { after: null, limit };
const cases: Page = { aim, what: 'a page of cases', read: (db, actor) => listCases(db, actor, {}, first) };
const worklist: Page = { aim, what: 'a page of the worklist', read: (db, actor) => listTasks(db, actor, first) };
const found: Page = {
  ...{ aim, what: 'a page found by name' },
  read: (db, actor) => listCases(db, actor, {}, first, ['fictitious00012345']),
};
const overdue: Page = {
  ...{ aim, what: 'a page of what is overdue with others' },
  read: (db, actor, now) => listOverdue(db, actor, now, first),
};
/** The numbers of an academic year, as they were counted for all schools. */
const numbers: Page = {
  ...{ aim, what: 'the numbers of a year' },
  read: async (db, actor, now) => {
    const today = londonDay(now);
    return { rows: (await readNumbers(db, actor, academicYearOf(today), today)).applications };
  },
};
/** Those of the page by home school: a row for each programme of each school. */
const numbersBySchool: Page = {
  what: 'the numbers of a year by school',
  read: async (db, actor, now) => ({
    rows: (await readNumbersBySchool(db, actor, academicYearOf(londonDay(now)))).applications,
  }),
};

/** @param count how many cases there are */
export async function measureLists(stand: Stand, teller: Teller, count: number, log: Log): Promise<Figure[]> {
  const pattern = await teller.draft();
  await teller.toPlacement(pattern);
  const began = performance.now();
  const values = [count, fewCases, manyCases.school, manyCases.cases, schools];
  await multiply(stand.superuserUrl, pattern, { differences, values, copying });
  log(`  ${count} cases stand beside it after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const db = openDatabase(stand.reach.databaseUrl, { connections: 1 });
  const figures: Figure[] = [];
  for (const each of readers) {
    for (const page of each === readers[0] ? [cases, worklist, overdue, found, numbers, numbersBySchool] : [cases, worklist]) {
      figures.push(await figureOf(db, each, page, teller.now()));
    }
  }
  figures.push(...(await measurePages(db, pattern, teller.now())));
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
  if (shown === 0) throw new Error(`There is nothing on ${page.what} for ${who}: it measures nothing`);
  const [ours, beside] = [median(pages), median(keys)];
  return {
    what: `${page.what}, ${who}, p50, ms`,
    ours: `${ours.toFixed(2)}, p95 ${percentile(pages, 95).toFixed(2)}, ${shown} rows`,
    beside: `key ${beside.toFixed(2)}`,
    ratio: ours / beside,
    ...(page.aim === undefined ? {} : { aim: atMost(page.aim, ours / beside) }),
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

/** How each copy differs: its school, its words, and times; those of its submission go ten years back, as a million cases would. */
const differences = `
  SELECT 'CAP-BENCH-' || lpad(each::text, 8, '0') AS reference, 'fictitious' || lpad(each::text, 8, '0') AS word,
    CASE WHEN each = 1 THEN $2 WHEN each <= $4 + 1 THEN $3 ELSE 'BENCH-' || (1 + each % $5) END AS school,
    now() - each * interval '10 seconds' AS updated, now() + (each % 5000 - 500) * interval '1 hour' AS due,
    now() - each * interval '10 years' / $1::int AS submitted
  FROM generate_series(1, $1::int) AS each`;

/** What lists read of a case, and what numbers do: of its timeline, the outcome and the start alone, and one mark of a register. */
const copying: readonly string[] = [
  copyOf(
    'cases',
    `'reference', copies.reference, 'school', copies.school, 'updated', copies.updated, 'due', copies.due, 'submitted', copies.submitted,
    'name', 'Sample ' || copies.word, 'line', pattern.line::jsonb ||
      jsonb_build_object('reference', copies.reference, 'school', copies.school, 'updated', instant(copies.updated))`,
  ),
  copyOf('applications', `'reference', copies.reference, 'pack', '[]'::jsonb`),
  ...copyOfViewers,
  copyOfWaits(`copies.school IN ('${fewCases}', '${manyCases.school}') OR right(copies.word, 1) < '5'`),
  'INSERT INTO case_words SELECT reference, word FROM copies',
  `${copyOf('timeline', `'reference', copies.reference, 'at', copies.submitted`)} AND pattern.kind IN ('outcomeIssued', 'startConfirmed')`,
  // Of each of ten years as of a whole one: what is read of one year has all schools in it and all programmes, starts after each number of days
  // and exclusions beside placements that ended on each day, however few cases there are.
  `CREATE TEMPORARY TABLE years AS
    SELECT to_char(began, 'YYYY-') || to_char(began + interval '1 year', 'YY') AS year, date_trunc('year', began) + interval '8 months' AS first
    FROM generate_series(now() - interval '116 months', now() - interval '8 months', interval '1 year') AS began`,
  `CREATE TEMPORARY TABLE programmes AS SELECT unnest(ARRAY[${programmeCodes.map((code) => `'${code}'`).join(', ')}]) AS programme`,
  `INSERT INTO counts (academic_year, what, of, count)
    SELECT year, what, of, (SELECT count(*) FROM copies) FROM years, (
      VALUES ('outcome', 'in-time'), ('outcome', 'late'), ('closed', 'withdrawn'), ('closed', 'closed-by-cap'), ('suspension', '')
      UNION ALL SELECT 'submitted', programme FROM programmes
      UNION ALL SELECT 'start', days::text FROM generate_series(10, 69) AS days) AS counted (what, of)
    ON CONFLICT (academic_year, what, of) DO UPDATE SET count = counts.count + excluded.count`,
  `INSERT INTO school_counts (academic_year, what, of, school, count)
    SELECT year, 'submitted', programme, school, cases
    FROM (SELECT school, count(*) AS cases FROM copies GROUP BY school) AS schools, years, programmes
    ON CONFLICT (academic_year, what, of, school) DO UPDATE SET count = school_counts.count + excluded.count`,
  `INSERT INTO attendance_counts (academic_year, mark, count)
    SELECT year, mark, (SELECT count(*) FROM copies) FROM years, unnest(ARRAY['present', 'late', 'absent']) AS mark
    ON CONFLICT (academic_year, mark) DO UPDATE SET count = attendance_counts.count + excluded.count`,
  `INSERT INTO exclusion_counts (day, placements, before, during, after)
    SELECT first::date + days, 3, 2, 1, 1 FROM years, generate_series(0, 364) AS days ORDER BY 1 ON CONFLICT (day) DO NOTHING`,
  `INSERT INTO attendance_marks (reference, day, half, mark, marked, marked_by)
    SELECT reference, submitted::date, 'am', 'present', submitted, 'bench' FROM copies`,
];
