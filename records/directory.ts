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
  return db.asActor(actor, (connection) => connection.course.findMany({ orderBy: [{ title: 'asc' }, { code: 'asc' }] }));
}

/** @returns for each school with a Service Level Agreement the academic years it is for (R6). @throws DatabaseAway */
export async function readSlas(db: Database, actor: Actor): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await db.asActor(actor, (connection) => connection.sla.findMany({ orderBy: { academicYear: 'asc' } }));
  const bySchool: Record<string, string[]> = {};
  for (const { school, academicYear } of rows) (bySchool[school] ??= []).push(academicYear);
  return bySchool;
}
