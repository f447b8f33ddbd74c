// The nightly work of retention (A14): drafts are told of and deleted, cases and students whose day has come are erased. Counts alone come back.
import { londonDay, type Instant } from '../domain/calendar';
import { isErasedOn } from '../domain/retention';
import { recordCaseStep } from '../records/caseStep';
import type { Database } from '../records/database';
import { fallingDue } from '../records/retention';

/** How many closed cases one activity looks at. */
const atOnce = 100;

export interface ErasedCases {
  readonly erased: number;
  /** Cases that are kept though their day has come, because a hold stands. */
  readonly held: number;
  /** The reference after which the next part begins; null at the end. */
  readonly next: string | null;
}

/**
 * Erases the next of the cases whose day has come, each in a transaction of its own: one that is tried again finds those before it done.
 * @param now the workflow's time
 * @param after `next` of the part before; '' at first
 * @throws DatabaseAway
 */
export async function eraseCases(database: Database, now: Instant, after: string): Promise<ErasedCases> {
  const today = londonDay(now);
  const { cases, next } = await database.directly((connection) => fallingDue(connection, today, { after, atOnce }));
  const due = cases.filter(({ facts }) => isErasedOn({ ...facts, held: false }, today));
  let erased = 0;
  for (const { reference, facts } of due) {
    if (facts.held) continue;
    const asked = { id: `${reference}.erase`, kind: 'erase', body: {}, person: 'system', source: 'system' } as const;
    const { result } = await recordCaseStep(database, { reference, asked, now });
    if (result === 'recorded') erased += 1;
  }
  return { erased, held: due.length - erased, next };
}
