// What CAP offers and to whom: schools and providers, the directory of courses, the places that are left, and the schools' agreements.
import { terms } from '../domain/calendar';
import type { Actor, PlacesLeft } from '../domain/facts';
import type { ProgrammeCode } from '../domain/words';
import type { Connection, Database } from './database';

export interface Course {
  readonly code: string;
  readonly title: string;
  readonly programme: ProgrammeCode;
  /** The code of the provider that runs it. */
  readonly provider: string;
  readonly providerName: string;
  readonly schoolWeeks: number;
}

/** A school or a training provider. */
export interface Organisation {
  readonly code: string;
  readonly name: string;
}

/** Places left of a programme in a term, and in that term's academic year (C12). */
export type PlacesOfTerm = PlacesLeft & { readonly programme: ProgrammeCode };

/** @returns the schools, or the training providers, by name. @throws DatabaseAway */
export function readOrganisations(db: Database, actor: Actor, kind: 'school' | 'provider'): Promise<Organisation[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Organisation[]>`
      SELECT code, name FROM organisations WHERE kind = ${kind} ORDER BY name, code`,
  );
}

/** @returns what is left of every programme with limited places (R13), in the order of the terms. @throws DatabaseAway */
export function readPlaces(db: Database, actor: Actor): Promise<PlacesOfTerm[]> {
  return db.asActor(actor, placesLeft);
}

/** As `readPlaces`, in a unit of work. */
export function placesLeft(connection: Connection): Promise<PlacesOfTerm[]> {
  return connection.$queryRaw<PlacesOfTerm[]>`
    SELECT programme, academic_year AS "academicYear", term, in_term::int AS "inTerm", in_year::int AS "inYear"
    FROM places_left ORDER BY programme, academic_year, array_position(${terms}::text[], term)`;
}

/** @returns the courses of the directory (R107), by title. @throws DatabaseAway */
export function readCourses(db: Database, actor: Actor): Promise<Course[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Course[]>`
      SELECT courses.code, title, programme, provider, organisations.name AS "providerName", school_weeks AS "schoolWeeks"
      FROM courses JOIN organisations ON organisations.code = courses.provider ORDER BY title, courses.code`,
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
