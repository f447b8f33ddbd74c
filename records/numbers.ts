// The numbers of the partnership (R4, A20): sums of what was counted as it happened.
import { daysOfAcademicYear, type IsoDate } from '../domain/calendar';
import { exclusionKinds, type ExclusionKind } from '../domain/exclusions';
import type { Actor } from '../domain/facts';
import { medianOf, type Counted, type Numbers } from '../domain/numbers';
import { closings } from '../domain/state';
import type { Database } from './database';

/** @returns them as they were counted when they happened, for CAP and who oversees the model (R69); nothing for others. @throws DatabaseAway */
export function readNumbers(db: Database, actor: Actor, academicYear: string, today: IsoDate): Promise<Numbers> {
  const { from, until } = daysOfAcademicYear(academicYear);
  return db.asActor(actor, async (connection) => {
    // Asked together, so that Postgres is waited for once.
    const [counts, [attendance], [beside]] = await Promise.all([
      connection.$queryRaw<({ what: Counted['what'] | ExclusionKind; of: string } & Numbers['applications'][number])[]>`
      SELECT what, of, programme, school, sum(count)::int AS count FROM (
        SELECT what, of, count, CASE WHEN what = 'submitted' THEN programme ELSE '' END AS programme,
          CASE WHEN what = ANY (${['submitted', ...exclusionKinds]}) THEN school ELSE '' END AS school
        FROM counts WHERE academic_year = ${academicYear}) AS shown
      GROUP BY 1, 2, 3, 4 ORDER BY what COLLATE "C", of COLLATE "C", programme COLLATE "C", school COLLATE "C"`,
      connection.$queryRaw<Numbers['attendance'][]>`
      SELECT coalesce(sum(count), 0)::int AS marked, coalesce(sum(count) FILTER (WHERE mark <> 'absent'), 0)::int AS attended
      FROM attendance_counts WHERE day BETWEEN ${from}::date AND ${until}::date`,
      connection.$queryRaw<Numbers['beside'][]>`
      SELECT coalesce(sum(placements), 0)::int AS placements, coalesce(sum(before), 0)::int AS before, coalesce(sum(during), 0)::int AS during,
        coalesce(sum(after), 0)::int AS after FROM exclusion_counts WHERE day BETWEEN ${from}::date AND least(${until}::date, ${today}::date)`,
    ]);
    const all = (what: Counted['what'] | ExclusionKind) => counts.filter((each) => each.what === what);
    const starts = all('start').map(({ of, count }) => ({ value: Number(of), count }));
    return {
      applications: all('submitted').map(({ programme, school, count }) => ({ programme, school, count })),
      outcomes: { issued: total(all('outcome')), inTime: total(all('outcome').filter(({ of }) => of === 'in-time')) },
      starts: { confirmed: total(starts), medianDays: medianOf(starts) },
      attendance: attendance ?? { marked: 0, attended: 0 },
      exclusions: exclusionKinds
        .flatMap((kind) => all(kind).map(({ school, count }) => ({ kind, school, count })))
        .filter(({ count }) => count > 0),
      beside: beside ?? { placements: 0, before: 0, during: 0, after: 0 },
      closed: closedBy(all('closed')),
    };
  });
}

function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function closedBy(counts: readonly { readonly of: string; readonly count: number }[]): Numbers['closed'] {
  const reasons = closings.filter((because) => counts.some(({ of }) => of === because));
  return reasons.map((because) => ({ because, count: total(counts.filter(({ of }) => of === because)) }));
}
