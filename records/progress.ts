// Progress and behaviour as rows: what the host of a placement noted of a school week (R97). Words about a child: they go with the case (A14).
import type { Instant, IsoDate } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { ProgressWords } from '../domain/progress';
import type { CaseState } from '../domain/state';
import type { Connection, Database } from './database';
import { writeDown } from './edits';
import { Prisma } from './generated/client';

export interface ProgressNote extends ProgressWords {
  /** The Monday of the week. */
  readonly week: IsoDate;
  /** Rises with every correction. */
  readonly version: number;
  readonly written: Instant;
  readonly writtenBy: string;
  readonly writtenByName: string;
}

/** @returns a case with the notes that the actor reads of it, the newest first; null when the actor does not see the case. @throws DatabaseAway */
export function readProgress(
  db: Database,
  actor: Actor,
  reference: string,
): Promise<{ readonly state: CaseState; readonly notes: readonly ProgressNote[] } | null> {
  return db.asActor(actor, async (connection) => {
    const state = await stateOf(connection, reference);
    return state && { state, notes: await notesOf(connection, Prisma.sql`reference = ${reference} ORDER BY week DESC`) };
  });
}

/**
 * Writes the note of a week, or corrects it over the version that was read; what was there before is written down. The same words again change nothing.
 * @param given `version` 0: nothing was there
 * @param judge asks what stands against it, of the case (null when the actor does not see it) and of what is written, which nobody else changes meanwhile
 * @returns what it said; 'stale' when somebody wrote meanwhile; else the note as it is now
 * @throws DatabaseAway
 */
export function saveProgress<P extends object>(
  db: Database,
  actor: Actor,
  given: ProgressWords & Pick<ProgressNote, 'week' | 'version'> & { readonly reference: string; readonly at: Instant },
  judge: (state: CaseState | null, note: ProgressNote | null) => P | null,
): Promise<P | 'stale' | { readonly note: ProgressNote }> {
  return db.asActor(actor, async (connection) => {
    const { reference, week, at, version } = given;
    const one = Prisma.sql`reference = ${reference} AND week = ${week}::date`;
    const state = await stateOf(connection, reference);
    const [before] = await notesOf(connection, Prisma.sql`${one} FOR UPDATE`);
    const problem = judge(state, before ?? null);
    if (problem) return problem;
    const said = wordsOf(given);
    if (before && JSON.stringify(wordsOf(before)) === JSON.stringify(said)) return { note: before };
    if ((before?.version ?? 0) !== version) return 'stale';
    const { progress, progressWords, behaviour, behaviourWords } = said;
    const written = before
      ? await connection.$executeRaw`
          UPDATE progress_notes SET progress = ${progress}, progress_words = ${progressWords}, behaviour = ${behaviour},
            behaviour_words = ${behaviourWords}, version = version + 1, written = ${at}::timestamptz, written_by = ${actor.person}
          WHERE ${one}`
      : await connection.$executeRaw`
          INSERT INTO progress_notes (reference, week, progress, progress_words, behaviour, behaviour_words, version, written, written_by)
          VALUES (${reference}, ${week}::date, ${progress}, ${progressWords}, ${behaviour}, ${behaviourWords}, 1, ${at}::timestamptz, ${actor.person})
          ON CONFLICT DO NOTHING`;
    if (written === 0) return 'stale';
    const what = `progress ${reference} ${week}`;
    if (before) await writeDown(connection, { at, person: actor.person, what, before: wordsOf(before), after: said });
    const [note] = await notesOf(connection, one);
    if (!note) throw new Error('A note of a week was written and is not there');
    return { note };
  });
}

async function stateOf(connection: Connection, reference: string): Promise<CaseState | null> {
  const [found] = await connection.$queryRaw<{ state: CaseState }[]>`SELECT state FROM cases WHERE reference = ${reference}`;
  return found?.state ?? null;
}

function notesOf(connection: Connection, which: Prisma.Sql): Promise<ProgressNote[]> {
  return connection.$queryRaw<ProgressNote[]>`
    SELECT to_char(week, 'YYYY-MM-DD') AS week, progress, progress_words AS "progressWords", behaviour, behaviour_words AS "behaviourWords",
      version, instant(written) AS written, written_by AS "writtenBy",
      coalesce((SELECT name FROM people WHERE id = written_by), written_by) AS "writtenByName"
    FROM progress_notes WHERE ${which}`;
}

/** What a person said, without who and when. */
function wordsOf({ progress, progressWords, behaviour, behaviourWords }: ProgressWords): ProgressWords {
  return { progress, progressWords, behaviour, behaviourWords };
}
