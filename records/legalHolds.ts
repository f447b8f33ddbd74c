// Legal holds (A14): what they stand on is not erased. Placed by one person of CAP, lifted by another, because what is erased then cannot be had back.
// Why stands in the row alone, and goes with what it is of; the edit says who and when.
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Connection, Database } from './database';
import { writeDown } from './edits';
import { Prisma } from './generated/client';
import { keptNowhere, type Keep } from './made';

export interface LegalHold {
  readonly id: string;
  /** Of one case; null where it is of a student, with all their cases and drafts. */
  readonly reference: string | null;
  readonly student: string | null;
  readonly reason: string;
  readonly placedBy: string;
  readonly placed: Instant;
  readonly liftedBy: string | null;
  readonly lifted: Instant | null;
}

/** What a hold stands on: a case by its reference, or a student by their code. */
export type Holdable = { readonly reference: string } | { readonly student: string };

/** @returns the holds that stand, the oldest first; none for those who may not read them. @throws DatabaseAway */
export function readHolds(db: Database, actor: Actor): Promise<LegalHold[]> {
  return db.asActor(actor, (connection) => findHolds(connection, Prisma.sql`lifted IS NULL`));
}

/** Holds of a student and of some cases, lifted ones too, in a unit of work. */
export function holdsOf(connection: Connection, student: string, references: readonly string[]): Promise<LegalHold[]> {
  return findHolds(connection, Prisma.sql`student = ${student} OR reference = ANY (${references}::text[])`);
}

/** @returns one hold, lifted or not; null when the actor sees none of that id. @throws DatabaseAway */
export async function readHold(db: Database, actor: Actor, id: string): Promise<LegalHold | null> {
  const [found] = await db.asActor(actor, (connection) => findHolds(connection, Prisma.sql`id = ${id}`));
  return found ?? null;
}

function findHolds(connection: Connection, which: Prisma.Sql): Promise<LegalHold[]> {
  return connection.$queryRaw<LegalHold[]>`
    SELECT id, reference, student, reason, placed_by AS "placedBy", instant(placed) AS placed, lifted_by AS "liftedBy",
      instant(lifted) AS lifted
    FROM legal_holds WHERE ${which} ORDER BY placed, id`;
}

/**
 * Places a hold. An erasure at the same time comes before it, or not at all. For CAP.
 * @returns its id; 'erased' where nothing is left of the case; null when the actor sees no such case or student
 * @throws DatabaseAway
 */
export function placeHold(
  db: Database,
  actor: Actor,
  on: Holdable,
  reason: string,
  at: Instant,
  keep: Keep = keptNowhere,
): Promise<{ readonly id: string } | 'erased' | null> {
  const { reference = null, student = null } = on as { readonly reference?: string; readonly student?: string };
  return db.asActor(actor, async (connection) => {
    await connection.$executeRaw`SELECT lock_holds()`;
    const [found] = await connection.$queryRaw<{ erased: boolean }[]>`
      SELECT student IS NULL AS erased FROM cases WHERE reference = ${reference}
      UNION ALL SELECT false FROM students WHERE code = ${student}`;
    if (!found) return null;
    if (found.erased) return 'erased';
    const id = randomUUID();
    await connection.$executeRaw`
      INSERT INTO legal_holds (id, reference, student, reason, placed_by, placed)
      VALUES (${id}, ${reference}, ${student}, ${reason}, ${actor.person}, ${at}::timestamptz)`;
    const what = `hold ${reference ?? student ?? ''}`;
    await writeDown(connection, { at, person: actor.person, what, before: null, after: { hold: id } });
    await keep(connection, id);
    return { id };
  });
}

/**
 * Lifts a hold. For CAP.
 * @param judge what stands against it, as it is now; and the name of who has lifted it already
 * @returns what stands against it; null when it is lifted
 * @throws DatabaseAway
 */
export function liftHold<P>(
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
  judge: (hold: LegalHold | null, liftedBy: string | null) => P | null,
): Promise<P | null> {
  return db.asActor(actor, async (connection) => {
    await connection.$executeRaw`SELECT lock_holds()`;
    const [hold] = await findHolds(connection, Prisma.sql`id = ${id}`);
    const [by] = await connection.$queryRaw<{ name: string }[]>`SELECT name FROM people WHERE id = ${hold?.liftedBy ?? null}`;
    const wrong = judge(hold ?? null, by?.name ?? null);
    if (wrong || !hold) return wrong;
    await connection.$executeRaw`
      UPDATE legal_holds SET lifted = ${at}::timestamptz, lifted_by = ${actor.person} WHERE id = ${id}`;
    const what = `hold ${hold.reference ?? hold.student ?? ''}`;
    await writeDown(connection, { at, person: actor.person, what, before: { hold: id }, after: null });
    return null;
  });
}
