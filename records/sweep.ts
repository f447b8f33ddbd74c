// What the sweep compares with the workflows: cases that changed of late or whose clock should have acted, meetings that are not over;
// and the edits of the calendar that nobody came to tell the cases of.
import { addDays, londonDay, type Instant, type PanelCode } from '../domain/calendar';
import type { Database } from './database';

export interface Swept {
  readonly cases: readonly { readonly reference: string; readonly step: number; readonly closed: boolean }[];
  readonly meetings: readonly { readonly id: string; readonly panel: PanelCode; readonly version: number }[];
  /** Names of edits of the calendar that the open cases are to be told of. */
  readonly untold: readonly string[];
}

/**
 * @param since cases that were recorded at or after it, closed ones too
 * @param overdue open cases whose clock should have acted before it, however long ago they were recorded
 * @param now meetings of the day before and of every later day
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
      SELECT id, panel, version FROM meetings WHERE day >= ${addDays(londonDay(now), -1)}::date ORDER BY day, id`,
    untold: (await connection.$queryRaw<{ change: string }[]>`SELECT change FROM untold_edits ORDER BY change`).map(
      ({ change }) => change,
    ),
  }));
}

/**
 * Takes out viewers whose time has passed: they see nothing any more, and a case that is closed has no step that would take them out.
 * @returns how many
 * @throws DatabaseAway
 */
export function removePastViewers(db: Database, now: Instant): Promise<number> {
  return db.directly((connection) => connection.$executeRaw`DELETE FROM case_viewers WHERE until <= ${now}::timestamptz`);
}
