// Suspensions and permanent exclusions as rows of a student. Each edit is written down, and counted where the numbers are made of it (R4, A20).
import { academicYearOf, type Instant, type IsoDate } from '../domain/calendar';
import type { ExclusionWords } from '../domain/exclusions';
import type { Actor } from '../domain/facts';
import type { Connection, Database } from './database';
import { writeDown } from './edits';
import { Prisma } from './generated/client';

export interface Exclusion extends ExclusionWords {
  /** Its first day. */
  readonly day: IsoDate;
  /** Rises with every correction. */
  readonly version: number;
  readonly recorded: Instant;
  readonly recordedBy: string;
  readonly recordedByName: string;
}

/** Of whom, and from which day on. */
export interface OfDay {
  readonly student: string;
  readonly school: string;
  readonly day: IsoDate;
}

/** @returns those of a student whom the actor sees, the newest first. @throws DatabaseAway */
export function readExclusions(db: Database, actor: Actor, student: string): Promise<Exclusion[]> {
  return db.asActor(actor, (connection) => find(connection, Prisma.sql`student = ${student} ORDER BY day DESC`));
}

/**
 * Records an exclusion, or corrects the one of that day over the version that was read. The same again changes nothing.
 * @param version 0: none was there
 * @returns 'stale' when somebody recorded one meanwhile
 * @throws DatabaseAway; an error of Postgres when the student is not one that the actor sees
 */
export function saveExclusion(
  db: Database,
  actor: Actor,
  of: OfDay,
  given: ExclusionWords & { readonly version: number; readonly at: Instant },
): Promise<Exclusion | 'stale'> {
  return db.asActor(actor, async (connection) => {
    const { kind, sessions, reason, version, at } = given;
    const before = await lockOne(connection, of);
    const said = wordsOf(given);
    if (before && JSON.stringify(wordsOf(before)) === JSON.stringify(said)) return before;
    if ((before?.version ?? 0) !== version) return 'stale';
    await connection.$executeRaw`
      INSERT INTO exclusions (student, day, kind, sessions, reason, version, recorded, recorded_by)
      VALUES (${of.student}, ${of.day}::date, ${kind}, ${sessions}, ${reason}, 1, ${at}::timestamptz, ${actor.person})
      ON CONFLICT (student, day) DO UPDATE SET kind = excluded.kind, sessions = excluded.sessions, reason = excluded.reason,
        version = exclusions.version + 1, recorded = excluded.recorded, recorded_by = excluded.recorded_by`;
    if (before) {
      await count(connection, of, before.kind, -1);
      await writeDown(connection, { at, person: actor.person, what: nameOf(of), before: wordsOf(before), after: said });
    }
    await count(connection, of, kind, 1);
    const [now] = await find(connection, whichOf(of));
    if (!now) throw new Error('An exclusion was recorded and is not there');
    return now;
  });
}

/** Removes an exclusion that was recorded by mistake. @returns whether there was one. @throws DatabaseAway */
export function removeExclusion(db: Database, actor: Actor, of: OfDay, at: Instant): Promise<boolean> {
  return db.asActor(actor, async (connection) => {
    const before = await lockOne(connection, of);
    if (!before) return false;
    await connection.$executeRaw`DELETE FROM exclusions WHERE ${whichOf(of)}`;
    await count(connection, of, before.kind, -1);
    await writeDown(connection, { at, person: actor.person, what: nameOf(of), before: wordsOf(before), after: null });
    return true;
  });
}

const nameOf = ({ student, day }: OfDay) => `exclusion ${student} ${day}`;

const whichOf = ({ student, day }: OfDay) => Prisma.sql`student = ${student} AND day = ${day}::date`;

/** The exclusion of a day; until the transaction ends nobody else edits one of this student. */
async function lockOne(connection: Connection, of: OfDay): Promise<Exclusion | undefined> {
  await connection.$executeRaw`SELECT lock_exclusions(${of.student})`;
  const [found] = await find(connection, whichOf(of));
  return found;
}

async function count(connection: Connection, { student, school, day }: OfDay, kind: string, change: 1 | -1): Promise<void> {
  await connection.$executeRaw`SELECT count_exclusion(${student}, ${school}, ${academicYearOf(day)}, ${kind}, ${day}::date, ${change}::int)`;
}

function find(connection: Connection, which: Prisma.Sql): Promise<Exclusion[]> {
  return connection.$queryRaw<Exclusion[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, kind, sessions, reason, version, instant(recorded) AS recorded, recorded_by AS "recordedBy",
      coalesce((SELECT name FROM people WHERE id = recorded_by), recorded_by) AS "recordedByName"
    FROM exclusions WHERE ${which}`;
}

/** What a person said, without who and when. */
function wordsOf({ kind, sessions, reason }: ExclusionWords): ExclusionWords {
  return { kind, sessions, reason };
}
