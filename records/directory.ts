// What CAP offers and to whom: schools and providers, programmes, the places that are left, and the schools' agreements.
import { terms, type IsoDate } from '../domain/calendar';
import type { Actor, PlacesLeft } from '../domain/facts';
import { codeOf, type ProgrammeCode, type Sector } from '../domain/words';
import type { Connection, Database } from './database';
import type { Overtaken } from '../domain/edits';
import { edit, versionOf, type Over } from './edits';
import { Prisma } from './generated/client';
import { beganIn } from './registers';

/** A school or a training provider. */
export interface Organisation {
  readonly code: string;
  readonly name: string;
}

/** Places left of a programme in a term, and in that term's academic year (C12). */
export type PlacesOfTerm = PlacesLeft & { readonly programme: ProgrammeCode };

/** A school, of which kind it is (R22), and the academic years for which it has the SLA. */
export interface School extends Organisation {
  readonly sector: Sector | null;
  readonly slas: readonly string[];
}

/** @returns the schools by name. @throws DatabaseAway */
export function readSchools(db: Database, actor: Actor): Promise<School[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<School[]>`
      SELECT code, name, sector,
        (SELECT coalesce(jsonb_agg(academic_year ORDER BY academic_year), '[]') FROM slas WHERE slas.school = code) AS slas
      FROM organisations WHERE kind = 'school' ORDER BY name, code`,
  );
}

/** Of a school with an SLA: how many Tier 1 placements began in a year, of those that the SLA pays the quality assurance for (R9). */
export interface Allowance {
  readonly school: string;
  readonly used: number;
}

/**
 * @param year an academic year
 * @param from its first day, and `until` its last; what was withdrawn or closed before its start was no placement
 * @returns of the schools whose cases the actor sees, by school
 * @throws DatabaseAway
 */
export function readAllowances(
  db: Database,
  actor: Actor,
  { year, from, until }: { readonly year: string; readonly from: IsoDate; readonly until: IsoDate },
): Promise<Allowance[]> {
  const mine = actor.parties.flatMap((party) => (party.startsWith('school:') ? [codeOf(party)] : []));
  const all = actor.parties.includes('cap');
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Allowance[]>`
      SELECT slas.school, (SELECT count(*)::int FROM cases WHERE cases.school = slas.school AND programme = 'tier-1-course'
        AND ${beganIn(from, until)}) AS used
      FROM slas WHERE academic_year = ${year} AND (${all} OR slas.school = ANY (${mine}::text[])) ORDER BY slas.school`,
  );
}

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

/** @returns the programmes that are off by default and offered here (C29). @throws DatabaseAway */
export async function readOffered(db: Database, actor: Actor): Promise<readonly string[]> {
  const rows = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ programme: string }[]>`SELECT programme FROM offered_programmes ORDER BY programme`,
  );
  return rows.map(({ programme }) => programme);
}

/** Whether a programme that is off by default is offered here. */
export interface Offered {
  readonly code: ProgrammeCode;
  readonly offered: boolean;
  readonly version: number;
}

const whatOfProgramme = (code: string) => `programme ${code}`;

/** @returns whether each of some programmes is offered here, for those who keep that. @throws DatabaseAway */
export function readOffering(db: Database, actor: Actor, programmes: readonly ProgrammeCode[]): Promise<Offered[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Offered[]>`
      SELECT code, EXISTS (SELECT FROM offered_programmes WHERE programme = code) AS offered,
        ${versionOf(Prisma.sql`${whatOfProgramme('')} || code`)} AS version
      FROM unnest(${programmes}::text[]) WITH ORDINALITY AS given (code, place) ORDER BY place`,
  );
}

/** Offers a programme that is off by default, or no longer does: cases go on. For CAP. @returns null when it is so. @throws DatabaseAway */
export function saveOffered(
  db: Database,
  actor: Actor,
  programme: ProgrammeCode,
  offered: boolean,
  over: Over,
): Promise<Overtaken | null> {
  const said = { offered };
  return edit<typeof said, never>(db, actor, {
    ...{ what: whatOfProgramme(programme), said, ...over },
    find: async (connection) => {
      const [found] = await connection.$queryRaw<(typeof said)[]>`
        SELECT EXISTS (SELECT FROM offered_programmes WHERE programme = ${programme}) AS offered`;
      return found ?? null;
    },
    write: (connection) =>
      offered
        ? connection.$executeRaw`INSERT INTO offered_programmes (programme) VALUES (${programme}) ON CONFLICT DO NOTHING`
        : connection.$executeRaw`DELETE FROM offered_programmes WHERE programme = ${programme}`,
  });
}
