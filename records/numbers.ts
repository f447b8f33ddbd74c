// The numbers of the partnership (R4, A20): sums of what was counted as it happened.
import { daysOfAcademicYear, type IsoDate } from '../domain/calendar';
import { exclusionKinds, type ExclusionKind } from '../domain/exclusions';
import type { Actor } from '../domain/facts';
import { medianOf, type Counted } from '../domain/numbers';
import { closings, type Closing } from '../domain/state';
import type { ProgrammeCode } from '../domain/words';
import type { Database } from './database';

export interface Numbers {
  /** Applications submitted in the year. */
  readonly applications: readonly { readonly programme: ProgrammeCode; readonly school: string; readonly count: number }[];
  /** Outcome documents issued in the year, and how many of them by their due time (R71). */
  readonly outcomes: { readonly issued: number; readonly inTime: number };
  /** Starts confirmed in the year; the median of the days from the submission to the start, null without a start. */
  readonly starts: { readonly confirmed: number; readonly medianDays: number | null };
  /** Sessions of the year that were marked, and how many of them were attended; a late one was. */
  readonly attendance: { readonly marked: number; readonly attended: number };
  /** Suspensions and permanent exclusions that began in the year, by the school that the student was of. */
  readonly exclusions: readonly { readonly kind: ExclusionKind; readonly school: string; readonly count: number }[];
  /** Both of them beside placements: of those whose school weeks after the exit ended in the year, today at the latest. */
  readonly beside: { readonly placements: number; readonly before: number; readonly during: number; readonly after: number };
  /** How the cases ended that were closed in the year. */
  readonly closed: readonly { readonly because: Closing; readonly count: number }[];
}

/** @returns them as they were counted when they happened, for CAP and who oversees the model (R69); nothing for others. @throws DatabaseAway */
export function readNumbers(db: Database, actor: Actor, academicYear: string, today: IsoDate): Promise<Numbers> {
  const { from, until } = daysOfAcademicYear(academicYear);
  return db.asActor(actor, async (connection) => {
    const counts = await connection.$queryRaw<
      ({ what: Counted['what'] | ExclusionKind; of: string } & Numbers['applications'][number])[]
    >`
      SELECT what, of, programme, school, count FROM counts WHERE academic_year = ${academicYear}
      ORDER BY what, of, programme, school`;
    const [attendance] = await connection.$queryRaw<Numbers['attendance'][]>`
      SELECT coalesce(sum(count), 0)::int AS marked, coalesce(sum(count) FILTER (WHERE mark <> 'absent'), 0)::int AS attended
      FROM attendance_counts WHERE day BETWEEN ${from}::date AND ${until}::date`;
    const [beside] = await connection.$queryRaw<Numbers['beside'][]>`
      SELECT coalesce(sum(placements), 0)::int AS placements, coalesce(sum(before), 0)::int AS before, coalesce(sum(during), 0)::int AS during,
        coalesce(sum(after), 0)::int AS after FROM exclusion_counts WHERE day BETWEEN ${from}::date AND least(${until}::date, ${today}::date)`;
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
