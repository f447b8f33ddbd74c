// The numbers of the partnership (R4, A20): sums of what was counted as it happened.
import { daysOfAcademicYear, type IsoDate } from '../domain/calendar';
import { exclusionKinds, type ExclusionKind } from '../domain/exclusions';
import type { Actor } from '../domain/facts';
import { medianOf, type Counted, type Numbers, type NumbersBySchool } from '../domain/numbers';
import { closings } from '../domain/state';
import type { ProgrammeCode } from '../domain/words';
import type { Database } from './database';

/** @returns them as they were counted when they happened, for CAP and who oversees the model (R69); nothing for others. @throws DatabaseAway */
export function readNumbers(db: Database, actor: Actor, academicYear: string, today: IsoDate): Promise<Numbers> {
  const { from, until } = daysOfAcademicYear(academicYear);
  return db.asActor(actor, async (connection) => {
    // One statement, so that Postgres is asked once.
    const [found] = await connection.$queryRaw<Read[]>`
      SELECT (SELECT coalesce(json_agg(each), '[]') FROM (
          SELECT what, of, count FROM counts WHERE academic_year = ${academicYear} ORDER BY of COLLATE "C") AS each) AS counts,
        (SELECT json_build_object('marked', coalesce(sum(count), 0), 'attended', coalesce(sum(count) FILTER (WHERE mark <> 'absent'), 0))
          FROM attendance_counts WHERE academic_year = ${academicYear}) AS attendance,
        (SELECT json_build_object('placements', coalesce(sum(placements), 0), 'before', coalesce(sum(before), 0),
            'during', coalesce(sum(during), 0), 'after', coalesce(sum(after), 0))
          FROM exclusion_counts WHERE day BETWEEN ${from}::date AND least(${until}::date, ${today}::date)) AS beside`;
    if (!found) throw new Error('Postgres gave no row of sums');
    const { counts, attendance, beside } = found;
    const all = (what: Count['what']) => counts.filter((each) => each.what === what);
    const starts = all('start').map(({ of, count }) => ({ value: Number(of), count }));
    return {
      ...{ attendance, beside },
      applications: counts.flatMap((each) => (each.what === 'submitted' ? [{ programme: each.of, count: each.count }] : [])),
      outcomes: { issued: total(all('outcome')), inTime: total(all('outcome').filter(({ of }) => of === 'in-time')) },
      starts: { confirmed: total(starts), medianDays: medianOf(starts) },
      exclusions: exclusionKinds.map((kind) => ({ kind, count: total(all(kind)) })).filter(({ count }) => count > 0),
      closed: closedBy(all('closed')),
    };
  });
}

interface Read extends Pick<Numbers, 'attendance' | 'beside'> {
  readonly counts: readonly Count[];
}

/** Of an application `of` is its programme. */
type Count = { readonly count: number } & (
  | { readonly what: 'submitted'; readonly of: ProgrammeCode }
  | { readonly what: Exclude<Counted['what'], 'submitted'> | ExclusionKind; readonly of: string }
);

/** @returns what was counted for each school, for those who read the numbers of all; nothing for others. @throws DatabaseAway */
export async function readNumbersBySchool(db: Database, actor: Actor, academicYear: string): Promise<NumbersBySchool> {
  const found = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<CountsBySchool[]>`
      SELECT what, of, json_object_agg(school, count) AS schools FROM school_counts
      WHERE academic_year = ${academicYear} AND count > 0 GROUP BY 1, 2 ORDER BY of COLLATE "C"`,
  );
  const all = (kind: ExclusionKind) => found.filter(({ what }) => what === kind).flatMap(countsOf);
  return {
    applications: found.flatMap((each) =>
      each.what === 'submitted' ? countsOf(each).map((one) => ({ programme: each.of, ...one })) : [],
    ),
    exclusions: exclusionKinds.flatMap((kind) => all(kind).map((one) => ({ kind, ...one }))),
  };
}

/** Counts of one thing, school by school. They come as one value: some hundred schools row by row take twice as long. */
type CountsBySchool = { readonly schools: Readonly<Record<string, number>> } & (
  { readonly what: 'submitted'; readonly of: ProgrammeCode } | { readonly what: ExclusionKind }
);

function countsOf({ schools }: CountsBySchool) {
  return Object.keys(schools)
    .sort()
    .map((school) => ({ school, count: schools[school] ?? 0 }));
}

function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function closedBy(counts: readonly { readonly of: string; readonly count: number }[]): Numbers['closed'] {
  const reasons = closings.filter((because) => counts.some(({ of }) => of === because));
  return reasons.map((because) => ({ because, count: total(counts.filter(({ of }) => of === because)) }));
}
