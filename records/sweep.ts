// What the sweep compares with the workflows: cases that changed of late or whose clock should have acted, meetings that are not over;
// and the edits of the calendar that nobody came to tell the cases of.
import { addDays, londonDay, type Instant } from '../domain/calendar';
import type { Database } from './database';

export interface Swept {
  readonly cases: readonly { readonly reference: string; readonly step: number; readonly closed: boolean }[];
  /** `moved`: it is not begun yet, or the calendar has other days for it. */
  readonly meetings: readonly {
    readonly reference: string;
    readonly step: number;
    readonly closed: boolean;
    readonly moved: boolean;
  }[];
  /** Names of edits of the calendar that the open cases are to be told of. */
  readonly untold: readonly string[];
}

/**
 * @param since cases that were recorded at or after it, closed ones too
 * @param overdue open cases whose clock should have acted before it, however long ago they were recorded
 * @param now meetings of the day before and of every later day, and every other that is not over
 * @throws DatabaseAway
 */
export function changedSince(
  db: Database,
  { since, overdue, now }: Readonly<Record<'since' | 'overdue' | 'now', Instant>>,
): Promise<Swept> {
  return db.directly(async (connection) => ({
    cases: await connection.$queryRaw<Swept['cases'][number][]>`
      SELECT reference, step, closed FROM cases WHERE updated >= ${since}::timestamptz OR NOT closed AND next < ${overdue}::timestamptz ORDER BY updated, reference`,
    meetings: await connection.$queryRaw<Swept['meetings'][number][]>`
      SELECT meetings.id AS reference, coalesce(step, 0) AS step, coalesce(closed, false) AS closed,
        NOT coalesce(closed, false) AND (state->>'day', state->>'deadline') IS DISTINCT FROM (day::text, deadline::text) AS moved
      FROM meetings JOIN cycles ON cycles.id = meetings.cycle LEFT JOIN meeting_states ON reference = meetings.id
      WHERE day >= ${addDays(londonDay(now), -1)}::date OR NOT coalesce(closed, true) ORDER BY day, meetings.id`,
    untold: (await connection.$queryRaw<{ change: string }[]>`SELECT change FROM untold_edits ORDER BY change`).map(
      ({ change }) => change,
    ),
  }));
}

/** @returns when the last sweep began that came to its end; null before the first. @throws DatabaseAway */
export async function lastSweep(db: Database): Promise<Instant | null> {
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<{ began: Instant }[]>`SELECT instant(began) AS began FROM sweeps`,
  );
  return row?.began ?? null;
}

/** Keeps that a sweep has come to its end. @param began when it began @throws DatabaseAway */
export async function sweepEnded(db: Database, began: Instant): Promise<void> {
  await db.directly(
    (connection) => connection.$executeRaw`
      INSERT INTO sweeps (began) VALUES (${began}::timestamptz) ON CONFLICT (id) DO UPDATE SET began = excluded.began`,
  );
}

/**
 * Takes out viewers whose time has passed: they see nothing any more, and a case that is closed has no step that would take them out.
 * @returns how many
 * @throws DatabaseAway
 */
export function removePastViewers(db: Database, now: Instant): Promise<number> {
  return db.directly(
    (connection) => connection.$executeRaw`
        DELETE FROM case_viewers WHERE until <= ${now}::timestamptz AND opens IS NULL`,
  );
}

/**
 * @param year the academic year whose directory says how many places there are
 * @returns the cases in line for a place whose turn it is, for as many places as are free
 * @throws DatabaseAway
 */
export function nextInLine(db: Database, year: string): Promise<{ readonly reference: string; readonly course: string }[]> {
  return db.directly(
    (connection) => connection.$queryRaw<{ reference: string; course: string }[]>`
      SELECT line.reference, line.course FROM
        (SELECT course, count(*) FILTER (WHERE NOT waiting) AS taken, places_of_course(course, ${year}) AS places FROM course_places
          GROUP BY course HAVING bool_or(waiting)) AS full_course
      CROSS JOIN LATERAL (
        SELECT reference, course FROM course_places WHERE course = full_course.course AND waiting ORDER BY priority, since, reference
        LIMIT CASE WHEN places IS NOT NULL THEN greatest(0, places - taken) END) AS line`,
  );
}
