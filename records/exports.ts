// Placements with everybody whom a list names, as far as the actor may see them.
import { academicYearOf, londonDay, type IsoDate } from '../domain/calendar';
import { lineOf } from '../domain/courses';
import type { ExportedPlacement } from '../domain/exports';
import type { Actor } from '../domain/facts';
import { lastDay, placedFrom } from '../domain/load';
import type { CaseState } from '../domain/state';
import { offersOf } from './courses';
import type { Database } from './database';
import { Prisma } from './generated/client';
import { beganIn } from './registers';
import { sitesOf } from './sites';

/**
 * @param from placements that began on that day or later, and `until` that day or before; what was withdrawn or closed before its start never began
 * @param school of one home school; null for all that the actor sees
 * @returns by start; of students whom the actor may not read there is none
 * @throws DatabaseAway
 */
export async function readPlacements(
  db: Database,
  actor: Actor,
  { from, until, school }: { readonly from: IsoDate; readonly until: IsoDate; readonly school: string | null },
): Promise<ExportedPlacement[]> {
  const found = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<FoundPlacement[]>`
      SELECT state, state->'position'->>'start' AS start, state->'position'->>'end' AS "end",
        jsonb_build_object('name', students.name, 'dateOfBirth', date_of_birth, 'upn', upn, 'yearsAbove', years_above) AS student,
        ${setting('home')} AS school, CASE WHEN host.code IS NOT NULL THEN ${setting('host')} END AS host,
        ${offersOf(Prisma.sql`state->'course'->>'code'`)} AS offered, ${sitesOf(Prisma.sql`host.code`)} AS sites,
        CASE WHEN closed THEN (SELECT event->'matter'->>'last' FROM timeline WHERE timeline.reference = cases.reference
            AND kind = 'withdrawalProcessed' AND event->>'result' = 'processed' AND event->'matter'->>'from' = 'placement'
          ORDER BY step DESC LIMIT 1) END AS withdrawn
      FROM cases JOIN students ON students.code = cases.student
      JOIN organisations home ON home.code = cases.school
      LEFT JOIN organisations host ON host.code = split_part(cases.host, ':', 2)
      WHERE ${beganIn(from, until)} ${school === null ? Prisma.empty : Prisma.sql`AND cases.school = ${school}`}
      ORDER BY start, cases.reference`,
  );
  return found.map(({ withdrawn, ...placement }) => ({
    ...placement,
    course: lineOf(placement.offered, academicYearOf(placement.start))?.title ?? null,
    left: left(placement.state, withdrawn),
  }));
}

/** A placement with the last day of the withdrawal that ended it; null where none did. */
type FoundPlacement = Omit<ExportedPlacement, 'left' | 'course'> & { readonly withdrawn: IsoDate | null };

/**
 * The day on which the student left: of a placement that is closed, its last one, after which nobody is expected; null while it runs.
 * @param withdrawn the last day of the withdrawal that ended it: of cases from before a withdrawal moved their end, it stands there alone
 */
function left(state: CaseState, withdrawn: IsoDate | null): IsoDate | null {
  if (state.position.stage !== 'closed') return null;
  const last = placedFrom(state)?.end ?? londonDay(state.since);
  return withdrawn === null ? last : lastDay(withdrawn, last);
}

function setting(of: 'home' | 'host'): Prisma.Sql {
  return Prisma.raw(
    `jsonb_build_object('code', ${of}.code, 'name', ${of}.name, 'urn', ${of}.urn, 'ukprn', ${of}.ukprn, 'address', ${of}.address)`,
  );
}
