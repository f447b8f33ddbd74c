// The numbers of the partnership (R4, A20): sums of what was counted as it happened.
import { daysOfAcademicYear, type IsoDate } from '../domain/calendar';
import { exclusionKinds, type ExclusionKind } from '../domain/exclusions';
import type { Actor } from '../domain/facts';
import { medianOf, type Counted, type Numbers } from '../domain/numbers';
import { closings } from '../domain/state';
import type { ProgrammeCode } from '../domain/words';
import type { Database } from './database';

/** @returns them as they were counted when they happened, for CAP and who oversees the model (R69); nothing for others. @throws DatabaseAway */
export function readNumbers(db: Database, actor: Actor, academicYear: string, today: IsoDate): Promise<Numbers> {
  const { from, until } = daysOfAcademicYear(academicYear);
  return db.asActor(actor, async (connection) => {
    // Asked together, so that Postgres is waited for once.
    const [bySchool, [attendance], [beside]] = await Promise.all([
      connection.$queryRaw<CountsBySchool[]>`
      SELECT what, of, programme, json_object_agg(school, count) AS schools FROM counts WHERE academic_year = ${academicYear} GROUP BY 1, 2, 3
      ORDER BY what COLLATE "C", of COLLATE "C", programme COLLATE "C"`,
      connection.$queryRaw<Numbers['attendance'][]>`
      SELECT coalesce(sum(count), 0)::int AS marked, coalesce(sum(count) FILTER (WHERE mark <> 'absent'), 0)::int AS attended
      FROM attendance_counts WHERE day BETWEEN ${from}::date AND ${until}::date`,
      connection.$queryRaw<Numbers['beside'][]>`
      SELECT coalesce(sum(placements), 0)::int AS placements, coalesce(sum(before), 0)::int AS before, coalesce(sum(during), 0)::int AS during,
        coalesce(sum(after), 0)::int AS after FROM exclusion_counts WHERE day BETWEEN ${from}::date AND least(${until}::date, ${today}::date)`,
    ]);
    const all = (what: CountsBySchool['what']) => bySchool.filter((each) => each.what === what).flatMap(countsOf);
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

/** Counts of one thing, school by school. They come as one value: some hundred schools row by row take twice as long. */
interface CountsBySchool {
  readonly what: Counted['what'] | ExclusionKind;
  readonly of: string;
  readonly programme: ProgrammeCode;
  readonly schools: Readonly<Record<string, number>>;
}

function countsOf({ of, programme, schools }: CountsBySchool) {
  return Object.keys(schools)
    .sort()
    .map((school) => ({ of, programme, school, count: schools[school] ?? 0 }));
}

function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function closedBy(counts: readonly { readonly of: string; readonly count: number }[]): Numbers['closed'] {
  const reasons = closings.filter((because) => counts.some(({ of }) => of === because));
  return reasons.map((because) => ({ because, count: total(counts.filter(({ of }) => of === because)) }));
}
