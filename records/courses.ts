// The directory of each academic year (R107): its courses, and the one way to edit them, each edit written down.
import type { Instant } from '../domain/calendar';
import type { CourseChange, ListedCourse } from '../domain/courses';
import type { Actor } from '../domain/facts';
import type { CourseAtSite, Site } from '../domain/sites';
import type { Connection, Database } from './database';
import type { LastEdit } from '../domain/edits';
import { lastEdit, versionOf, writeDown, type Edited } from './edits';
import { Prisma } from './generated/client';

/** A course of a directory, with its provider's name and how full it is. */
export interface Course extends ListedCourse {
  readonly academicYear: string;
  readonly providerName: string;
  readonly taken: number;
  /** How many cases stand in line for a place. */
  readonly waiting: number;
  /** The number of its last edit, for CAP and auditors; 0 for others, and for a course that nobody has edited yet. */
  readonly version: number;
}

/** @param code of a course, as a part of a query @returns the part that is its title, as the latest directory with it has it */
export function latestTitle(code: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT title FROM courses WHERE code = ${code} ORDER BY academic_year DESC LIMIT 1)`;
}

/** @returns the courses that the directory of a year offers, by title. @throws DatabaseAway */
export function readCourses(db: Database, actor: Actor, academicYear: string): Promise<Course[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Course[]>`
      SELECT ${columns}, academic_year AS "academicYear", organisations.name AS "providerName", coalesce(taken, 0) AS taken,
        coalesce(waiting, 0) AS waiting,
        ${versionOf(Prisma.sql`${whatOf(academicYear, '')} || courses.code`)} AS version
      FROM courses JOIN organisations ON organisations.code = courses.provider LEFT JOIN places_of_courses() ON course = courses.code
      WHERE academic_year = ${academicYear} ORDER BY title, courses.code`,
  );
}

/** @returns the lines of directories with those codes: by the code, then by the academic year. @throws DatabaseAway */
export async function readOffers(
  db: Database,
  actor: Actor,
  codes: readonly string[],
): Promise<Readonly<Record<string, Readonly<Record<string, ListedCourse>>>>> {
  if (codes.length === 0) return {};
  const rows = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ code: string; offered: Record<string, ListedCourse> }[]>`
      SELECT code, ${offersOf(Prisma.sql`named.code`)} AS offered FROM unnest(${[...codes]}::text[]) AS named (code)`,
  );
  return Object.fromEntries(rows.map(({ code, offered }) => [code, offered]));
}

/** @param code of a course, as a part of a query @returns the part that is its lines in directories, by their academic year; `{}` where there are none */
export function offersOf(code: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT coalesce(jsonb_object_agg(academic_year, jsonb_build_object('code', offer.code, 'title', title, 'programme', offer.programme,
      'category', category, 'provider', provider, 'schoolWeeks', school_weeks, 'places', places, 'days', days, 'site', site)), '{}')
    FROM courses AS offer WHERE offer.code = ${code})`;
}

/** A directory while nobody else edits one. */
export interface FoundDirectory {
  readonly courses: readonly ListedCourse[];
  readonly providers: readonly string[];
  readonly sites: Readonly<Record<string, readonly Pick<Site, 'name'>[]>>;
  readonly lastEditOf: (code: string) => Promise<LastEdit>;
  /** How many open cases are on each of some courses. */
  openCasesOn(codes: readonly string[]): Promise<Readonly<Record<string, number>>>;
}

/** Reads the directory of a year, to say what an edit would change in it. For CAP. @throws DatabaseAway */
export function readDirectory<R>(
  db: Database,
  actor: Actor,
  academicYear: string,
  judge: (found: FoundDirectory) => Promise<R>,
): Promise<R> {
  return db.asActor(actor, async (connection) => judge(await find(connection, academicYear)));
}

/**
 * Edits the directory of a year, as what is found there permits: all of the changes or none. For CAP.
 * @param judge the changes, or why there are none
 * @returns what it said
 * @throws DatabaseAway
 */
export function editDirectory<R extends { readonly changes: readonly CourseChange[] } | { readonly refused: string }>(
  db: Database,
  actor: Actor,
  academicYear: string,
  judge: (found: FoundDirectory) => Promise<R>,
  at: Instant,
): Promise<R> {
  return db.asActor(actor, async (connection) => {
    await lockCourses(connection);
    const judged = await judge(await find(connection, academicYear));
    for (const { code, before, after } of 'changes' in judged ? judged.changes : []) {
      await write(connection, academicYear, code, after);
      await writeDown(connection, { at, person: actor.person, what: whatOf(academicYear, code), before, after });
    }
    return judged;
  });
}

/** While a directory is edited no other is, nor what the sites are at which its courses run. */
export async function lockCourses(connection: Connection): Promise<void> {
  await connection.$executeRaw`LOCK TABLE courses IN SHARE ROW EXCLUSIVE MODE`;
}

/** @returns the courses that name a site of a provider, in the directories of all years, in a unit of work: the first year first */
export function coursesAtSites(connection: Connection, provider: string): Promise<(ListedCourse & CourseAtSite)[]> {
  return connection.$queryRaw<(ListedCourse & CourseAtSite)[]>`
    SELECT ${columns}, academic_year AS "academicYear" FROM courses WHERE provider = ${provider} AND site IS NOT NULL
    ORDER BY academic_year, code`;
}

/**
 * Gives the courses of a provider the new names of its sites, in a unit of work, and writes each down as an edit of its course.
 * @param names the new ones by the old; a course at a site of which none is known stays as it is
 */
export async function renameSites(
  connection: Connection,
  {
    provider,
    names,
    ...by
  }: Pick<Edited, 'at' | 'person'> & { readonly provider: string; readonly names: Readonly<Record<string, string | null>> },
): Promise<void> {
  const courses = await coursesAtSites(connection, provider);
  await connection.$executeRaw`SELECT rename_sites(${provider}, ${JSON.stringify(names)}::jsonb)`;
  for (const { academicYear, ...before } of courses) {
    const site = names[before.site] ?? null;
    if (site === null) continue;
    await writeDown(connection, { ...by, what: whatOf(academicYear, before.code), before, after: { ...before, site } });
  }
}

/** How an edit of a course is named. */
const whatOf = (academicYear: string, code: string) => `course ${academicYear} ${code}`;

async function find(connection: Connection, academicYear: string): Promise<FoundDirectory> {
  const courses = await connection.$queryRaw<ListedCourse[]>`
    SELECT ${columns} FROM courses WHERE academic_year = ${academicYear} ORDER BY code`;
  const providers = await connection.$queryRaw<{ code: string; sites: Pick<Site, 'name'>[] }[]>`
    SELECT code, (SELECT coalesce(jsonb_agg(jsonb_build_object('name', site.name) ORDER BY position), '[]')
      FROM provider_sites AS site WHERE site.provider = code) AS sites
    FROM organisations WHERE kind = 'provider' ORDER BY code`;
  return {
    courses,
    providers: providers.map(({ code }) => code),
    sites: Object.fromEntries(providers.map(({ code, sites }) => [code, sites])),
    lastEditOf: (code) => lastEdit(connection, whatOf(academicYear, code)),
    openCasesOn: async (codes) => {
      if (codes.length === 0) return {};
      const rows = await connection.$queryRaw<{ course: string; open: number }[]>`
        SELECT state->'course'->>'code' AS course, count(*)::int AS open FROM cases
        WHERE NOT closed AND state->'course'->>'code' = ANY (${[...codes]}::text[]) GROUP BY 1`;
      return Object.fromEntries(rows.map(({ course, open }) => [course, open]));
    },
  };
}

async function write(connection: Connection, academicYear: string, code: string, course: ListedCourse | null): Promise<void> {
  if (course === null) {
    await connection.$executeRaw`DELETE FROM courses WHERE academic_year = ${academicYear} AND code = ${code}`;
    return;
  }
  const { title, programme, category, provider, schoolWeeks, places, days, site } = course;
  await connection.$executeRaw`
    INSERT INTO courses (code, academic_year, title, programme, category, provider, school_weeks, places, days, site)
    VALUES (${code}, ${academicYear}, ${title}, ${programme}, ${category}, ${provider}, ${schoolWeeks}, ${places}, ${days}, ${site})
    ON CONFLICT (code, academic_year) DO UPDATE SET title = excluded.title, programme = excluded.programme, category = excluded.category,
      provider = excluded.provider, school_weeks = excluded.school_weeks, places = excluded.places, days = excluded.days,
      site = excluded.site`;
}

const columns = Prisma.sql`courses.code, title, programme, category, provider, school_weeks AS "schoolWeeks", places, days, site`;
