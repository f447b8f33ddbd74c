// What CAP offers and to whom: the directory of courses, and the schools' agreements.
import type { Actor } from '../domain/facts';
import type { Database } from './database';

export interface Course {
  readonly code: string;
  readonly title: string;
  /** The code of the provider that runs it. */
  readonly provider: string;
  readonly schoolWeeks: number;
}

/** @returns the Tier 1 courses of the directory (R107), by title. @throws DatabaseAway */
export function readCourses(db: Database, actor: Actor): Promise<Course[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Course[]>`
      SELECT code, title, provider, school_weeks AS "schoolWeeks" FROM courses ORDER BY title, code`,
  );
}

/** @returns for each school with a Service Level Agreement the academic years it is for (R6). @throws DatabaseAway */
export async function readSlas(db: Database, actor: Actor): Promise<Readonly<Record<string, readonly string[]>>> {
  const [row] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ slas: Record<string, string[]> }[]>`
      SELECT coalesce(jsonb_object_agg(school, years), '{}') AS slas
      FROM (SELECT school, jsonb_agg(academic_year ORDER BY academic_year) AS years FROM slas GROUP BY school) AS each_school`,
  );
  return row?.slas ?? {};
}
