// Drafts: applications that are being written. They are their school's alone, and have no workflow and no case.
import type { Answers } from '../domain/application';
import { londonDay, type Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Party, ProgrammeCode } from '../domain/words';
import { sixCharacters } from './chance';
import { isTaken, type Connection, type Database } from './database';
import { Prisma } from './generated/client';
import { isHeld } from './heldByHand';
import { keptNowhere, type Keep } from './made';
import type { Draft } from './types';

const collisionsToBear = 5;

export interface NewDraft {
  readonly programme: ProgrammeCode;
  readonly school: string;
  /** Whose it is: of the school, or of the local authority; absent: of the school. */
  readonly opener?: Party;
  /** The code of a student of the school. */
  readonly student: string | null;
  readonly course: string | null;
  readonly answers: Answers;
  /** The application whose answers it begins with; absent when it begins by itself. */
  readonly follows?: string | null;
}

export interface DraftChange {
  readonly student: string | null;
  readonly course: string | null;
  readonly answers: Answers;
  /** The version that the change is based on. */
  readonly version: number;
}

/** @returns a reference such as `CAP-2026-7K3QX9`: the year in London and six characters of chance. */
export function newReference(now: Instant): string {
  return `CAP-${londonDay(now).slice(0, 4)}-${sixCharacters()}`;
}

/**
 * Begins a draft with a reference of its own, which the case will keep (R23, R25).
 * @param keep keeps that it was made, for a caller with a key
 * @throws DatabaseAway; an error of Postgres when the school is not the actor's own
 */
export async function createDraft(
  db: Database,
  actor: Actor,
  draft: NewDraft,
  now: Instant,
  keep: Keep = keptNowhere,
): Promise<Draft> {
  for (let collisions = 0; ; collisions += 1) {
    try {
      return await insertDraft(db, actor, newReference(now), draft, now, keep);
    } catch (error) {
      if (collisions === collisionsToBear || !isTaken(error)) throw error;
    }
  }
}

function insertDraft(db: Database, actor: Actor, reference: string, draft: NewDraft, now: Instant, keep: Keep): Promise<Draft> {
  const { programme, school, opener = `school:${draft.school}`, student, course, answers, follows = null } = draft;
  return db.asActor(actor, async (connection) => {
    const [made] = await connection.$queryRaw<Draft[]>`
      INSERT INTO drafts (reference, programme, school, opener, student, course, answers, version, begun_by, begun, saved, saved_by, submitted, follows)
      VALUES (${reference}, ${programme}, ${school}, ${opener}, ${student}, ${course}, ${JSON.stringify(answers)}::jsonb, 1, ${actor.person},
        ${now}::timestamptz, ${now}::timestamptz, ${actor.person}, false, ${follows})
      RETURNING ${columns}`;
    if (!made) throw new Error(`The draft ${reference} was written and is not there`);
    await keep(connection, reference);
    return made;
  });
}

/**
 * Saves a draft, or a returned pack, over the version that was read (R25, A22).
 * @returns 'stale' when somebody saved it meanwhile, 'submitted' when it is submitted, 'held' when it would be taken from a student on whom a hold
 *   stands, null when the actor has no such draft
 * @throws DatabaseAway
 */
export function saveDraft(
  db: Database,
  actor: Actor,
  reference: string,
  { student, course, answers, version }: DraftChange,
  now: Instant,
): Promise<Draft | 'stale' | 'submitted' | 'held' | null> {
  return db.asActor(actor, async (connection) => {
    if ((await isTakenFrom(connection, reference, student)) && (await isHeld(connection, reference))) return 'held';
    const [saved] = await connection.$queryRaw<Draft[]>`
      UPDATE drafts SET student = ${student}, course = ${course}, answers = ${JSON.stringify(answers)}::jsonb, version = version + 1,
        saved = ${now}::timestamptz, saved_by = ${actor.person}
      WHERE reference = ${reference} AND version = ${version} AND (returned OR NOT submitted)
      RETURNING ${columns}`;
    if (saved) return saved;
    const [found] = await findDrafts(connection, Prisma.sql`WHERE reference = ${reference}`);
    return found ? (found.submitted && !found.returned ? 'submitted' : 'stale') : null;
  });
}

/** Whether a draft that is of a student would be of them no more. */
async function isTakenFrom(connection: Connection, reference: string, student: string | null): Promise<boolean> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT FROM drafts WHERE reference = ${reference} AND student <> coalesce(${student}, '')`;
  return rows.length > 0;
}

/**
 * Deletes a draft that was never submitted: nothing of it stays. Its student stays with the school.
 * @param version the version that was read
 * @returns as `saveDraft`; 'held' when a hold stands on its student
 * @throws DatabaseAway
 */
export function deleteDraft(
  db: Database,
  actor: Actor,
  reference: string,
  version: number,
): Promise<'deleted' | 'stale' | 'submitted' | 'held' | null> {
  return db.asActor(actor, async (connection) => {
    if (await isHeld(connection, reference)) return 'held';
    const deleted = await connection.$executeRaw`
      DELETE FROM drafts WHERE reference = ${reference} AND version = ${version} AND NOT submitted`;
    if (deleted > 0) return 'deleted';
    const [found] = await findDrafts(connection, Prisma.sql`WHERE reference = ${reference}`);
    return found ? (found.submitted ? 'submitted' : 'stale') : null;
  });
}

/** @returns a draft of the actor's school; null when there is no such. @throws DatabaseAway */
export async function readDraft(db: Database, actor: Actor, reference: string): Promise<Draft | null> {
  const [found] = await db.asActor(actor, (connection) => findDrafts(connection, Prisma.sql`WHERE reference = ${reference}`));
  return found ?? null;
}

/**
 * @returns drafts of the actor's schools that are not submitted, and packs that were returned, the last saved first, a hundred at most
 * @throws DatabaseAway
 */
export function listDrafts(db: Database, actor: Actor): Promise<Draft[]> {
  const unfinished = Prisma.sql`WHERE returned OR NOT submitted ORDER BY drafts.saved DESC, reference LIMIT 100`;
  return db.asActor(actor, (connection) => findDrafts(connection, unfinished));
}

const columns = Prisma.sql`reference, programme, school, course, answers, version, instant(begun) AS begun, instant(saved) AS saved, saved_by AS "savedBy", submitted, returned, follows,
  file_facts(drafts.reference) AS files,
  (SELECT coalesce(jsonb_agg(later.reference ORDER BY later.begun, later.reference), '[]') FROM drafts AS later
    WHERE later.follows = drafts.reference) AS "followedBy",
  (SELECT jsonb_build_object('programme', cases.programme || '@' || cases.year, 'cohort', cases.state->'landing'->'cohort', 'course', cases.state->'course') FROM cases
    WHERE cases.reference = drafts.reference) AS pinned,
  (SELECT student_of(students) FROM students WHERE students.code = drafts.student) AS student`;

function findDrafts(connection: Connection, which: Prisma.Sql): Promise<Draft[]> {
  return connection.$queryRaw<Draft[]>`SELECT ${columns} FROM drafts ${which}`;
}
