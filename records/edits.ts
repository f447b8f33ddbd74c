// The one way to edit rows that people keep right: over the version that was read, and with every edit stands who made it, when, and what was there
// before and after.
import type { Instant } from '../domain/calendar';
import { comesOf, type LastEdit, type Overtaken } from '../domain/edits';
import type { Actor } from '../domain/facts';
import type { Connection, Database } from './database';
import { Prisma } from './generated/client';
import { takeTurn } from './turn';

export interface Edited {
  /** That of the transaction unless said. */
  readonly at?: Instant;
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
    VALUES (coalesce(${at ?? null}::timestamptz, current_setting('cap.now')::timestamptz), ${person}, ${what}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb)`;
}

/**
 * The last edit of something, named as `writeDown` names it, or of one of several things that are edited together. Its number is the version of
 * what is edited. For those who may read edits, in a unit of work.
 */
export async function lastEdit(connection: Connection, ...what: readonly string[]): Promise<LastEdit> {
  const [row] = await connection.$queryRaw<LastEdit[]>`
    SELECT edits.id::int AS version, people.name AS by FROM edits LEFT JOIN people ON people.id = edits.person
    WHERE what = ANY (${what}::text[]) ORDER BY edits.id DESC LIMIT 1`;
  return row ?? { version: 0, by: null };
}

/** @param what the name of what a row keeps, as `writeDown` has it. @returns its version, as a column of a list; 0 for those who may not read edits */
export function versionOf(what: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT max(edits.id) FROM edits WHERE edits.what = ${what}), 0)::int`;
}

/** Over which version something is edited, and when. */
export interface Over {
  /** The version that was read; null to write over whatever is there. */
  readonly read: number | null;
  readonly at: Instant;
}

/** An edit of one thing that is kept. */
export interface Edit<Found extends object, P> extends Over {
  /** What is edited, as `writeDown` has it. */
  readonly what: string;
  /** Whose turn it takes, where more is edited in one turn than this. */
  readonly turn?: string;
  /** What is to be there; null to take it out. */
  readonly said: object | null;
  /** Finds what is there. */
  readonly find: (connection: Connection) => Promise<Found | null>;
  /** What stands against the edit. */
  readonly judge?: (found: Found | null, connection: Connection) => P | null | Promise<P | null>;
  readonly write: (connection: Connection, found: Found | null) => Promise<unknown>;
}

/**
 * Edits one thing that people keep, while nobody else edits it.
 * @returns what stands against it; null when it is as it was said
 * @throws DatabaseAway
 */
export function edit<Found extends object, P>(
  db: Database,
  actor: Actor,
  { what, turn = what, read, at, said, find, judge = () => null, write }: Edit<Found, P>,
): Promise<P | Overtaken | null> {
  return db.asActor(actor, async (connection) => {
    await takeTurn(connection, turn);
    const found = await find(connection);
    const wrong = await judge(found, connection);
    if (wrong !== null) return wrong;
    const comes = comesOf(found, said, { read, last: await lastEdit(connection, what) });
    if (comes === 'nothing') return null;
    if (comes !== 'edited') return comes;
    await write(connection, found);
    await writeDown(connection, { at, person: actor.person, what, before: found, after: said });
    return null;
  });
}
