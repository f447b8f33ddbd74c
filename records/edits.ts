// The one way to edit rows that people keep right: with every edit stands who made it, when, and what was there before and after.
import type { Instant } from '../domain/calendar';
import type { Connection } from './database';

export interface Edited {
  readonly at: Instant;
  readonly person: string;
  /** What was edited, in words of our own: `seat review-and-authorisation chair`. */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Writes an edit down, in the transaction that makes it. */
export async function writeDown(connection: Connection, { at, person, what, before, after }: Edited): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO edits (at, person, what, before, after)
    VALUES (${at}::timestamptz, ${person}, ${what}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb)`;
}
