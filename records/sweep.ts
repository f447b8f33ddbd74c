// What the sweep compares with the workflows: cases that changed of late, and meetings that are not over.
import { addDays, londonDay, type Instant, type PanelCode } from '../domain/calendar';
import type { Database } from './database';

export interface Swept {
  readonly cases: readonly { readonly reference: string; readonly step: number; readonly closed: boolean }[];
  readonly meetings: readonly { readonly id: string; readonly panel: PanelCode; readonly version: number }[];
}

/**
 * @param since cases that were recorded at or after it, closed ones too
 * @param now meetings of the day before and of every later day
 * @throws DatabaseAway
 */
export function changedSince(db: Database, { since, now }: { readonly since: Instant; readonly now: Instant }): Promise<Swept> {
  return db.directly(async (connection) => ({
    cases: await connection.$queryRaw<Swept['cases'][number][]>`
      SELECT reference, step, closed FROM cases WHERE updated >= ${since}::timestamptz ORDER BY updated, reference`,
    meetings: await connection.$queryRaw<Swept['meetings'][number][]>`
      SELECT id, panel, version FROM meetings WHERE day >= ${addDays(londonDay(now), -1)}::date ORDER BY day, id`,
  }));
}
