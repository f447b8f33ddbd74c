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

/** The last edit of something. Its number is the version of what is edited: 0 for what nobody has edited yet. */
export interface LastEdit {
  readonly version: number;
  /** The name of who made it; null where there is none. */
  readonly by: string | null;
}

/** @returns the last edit of something, named as `writeDown` names it; for those who may read edits. In a unit of work. */
export async function lastEdit(connection: Connection, what: string): Promise<LastEdit> {
  const [row] = await connection.$queryRaw<LastEdit[]>`
    SELECT edits.id::int AS version, people.name AS by FROM edits LEFT JOIN people ON people.id = edits.person
    WHERE what = ${what} ORDER BY edits.id DESC LIMIT 1`;
  return row ?? { version: 0, by: null };
}
