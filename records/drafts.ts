// Drafts: applications that are being written. They are their school's alone, and have no workflow and no case.
import { randomInt } from 'node:crypto';
import type { Answers } from '../domain/application';
import { londonDay, type Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { ProgrammeCode } from '../domain/words';
import { isTaken, type Database } from './database';
import type { Draft as DraftRow } from './generated/client';
import type { Draft } from './types';

/** Letters and digits that are not mistaken for each other on paper or on the telephone. */
const characters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const collisionsToBear = 5;

export interface NewDraft {
  readonly programme: ProgrammeCode;
  readonly school: string;
  readonly course: string | null;
  readonly answers: Answers;
}

export interface DraftChange {
  readonly course: string | null;
  readonly answers: Answers;
  /** The version that the change is based on. */
  readonly version: number;
}

/** @returns a reference such as `CAP-2026-7K3QX9`: the year in London and six characters of chance. */
export function newReference(now: Instant): string {
  const chance = Array.from({ length: 6 }, () => characters[randomInt(characters.length)]).join('');
  return `CAP-${londonDay(now).slice(0, 4)}-${chance}`;
}

/**
 * Begins a draft with a reference of its own, which the case will keep (R23, R25).
 * @throws DatabaseAway; an error of Postgres when the school is not the actor's own
 */
export async function createDraft(db: Database, actor: Actor, draft: NewDraft, now: Instant): Promise<Draft> {
  for (let collisions = 0; ; collisions += 1) {
    try {
      const data = {
        ...draft,
        reference: newReference(now),
        version: 1,
        begunBy: actor.person,
        begun: now,
        saved: now,
        submitted: false,
      };
      return asDraft(await db.asActor(actor, (connection) => connection.draft.create({ data })));
    } catch (error) {
      if (collisions === collisionsToBear || !isTaken(error)) throw error;
    }
  }
}

/**
 * Saves a draft over the version that was read (R25).
 * @returns 'stale' when somebody saved it meanwhile, 'submitted' when it is submitted, null when the actor has no such draft
 * @throws DatabaseAway
 */
export function saveDraft(
  db: Database,
  actor: Actor,
  reference: string,
  { course, answers, version }: DraftChange,
  now: Instant,
): Promise<Draft | 'stale' | 'submitted' | null> {
  return db.asActor(actor, async (connection) => {
    const [saved] = await connection.draft.updateManyAndReturn({
      where: { reference, version, submitted: false },
      data: { course, answers, version: version + 1, saved: now },
    });
    if (saved) return asDraft(saved);
    const found = await connection.draft.findUnique({ where: { reference } });
    return found && (found.submitted ? 'submitted' : 'stale');
  });
}

/** @returns a draft of the actor's school; null when there is no such. @throws DatabaseAway */
export async function readDraft(db: Database, actor: Actor, reference: string): Promise<Draft | null> {
  const found = await db.asActor(actor, (connection) => connection.draft.findUnique({ where: { reference } }));
  return found && asDraft(found);
}

/** @returns drafts of the actor's schools that are not submitted, the last saved first, a hundred at most. @throws DatabaseAway */
export async function listDrafts(db: Database, actor: Actor): Promise<Draft[]> {
  const found = await db.asActor(actor, (connection) =>
    connection.draft.findMany({ where: { submitted: false }, orderBy: [{ saved: 'desc' }, { reference: 'asc' }], take: 100 }),
  );
  return found.map(asDraft);
}

function asDraft({ reference, programme, school, course, answers, version, begun, saved, submitted }: DraftRow): Draft {
  return {
    reference,
    programme: programme as ProgrammeCode,
    school,
    course,
    answers: answers as Answers,
    version,
    begun: begun.toISOString(),
    saved: saved.toISOString(),
    submitted,
  };
}
