// Attendance as rows: a register is what the placements of a host expect of a day, with the marks that were made.
import type { Half, Mark } from '../domain/attendance';
import { academicYearOf, addDays, type Instant, type IsoDate } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { CaseState } from '../domain/state';
import type { Host } from '../domain/words';
import type { Connection, Database } from './database';
import { writeDown } from './edits';
import { Prisma } from './generated/client';
import { takeTurn } from './turn';

export interface MadeMark {
  readonly half: Half;
  readonly mark: Mark;
  readonly marked: Instant;
  readonly markedBy: string;
  readonly markedByName: string;
}

/** A student with a host, and what was marked of them on a day. */
export interface RegisterLine {
  readonly state: CaseState;
  /** The name, as the pack has it. */
  readonly student: string | null;
  readonly schoolName: string;
  readonly marks: readonly MadeMark[];
}

/** Placements that run, or have ended on a day or later: who was expected on it is of these. A day more is looked back, for days here are days in London. */
export const ranOn = (day: IsoDate) => Prisma.sql`(stage = 'placement'
  OR (stage = 'closed' AND updated >= ${addDays(day, -1)}::timestamptz AND state->'position'->>'end' >= ${day}))`;

/** Placements whose start is one of these days: what was withdrawn or closed before its start never began. */
export const beganIn = (from: IsoDate, until: IsoDate) => Prisma.sql`(state->'position'->>'start' BETWEEN ${from} AND ${until}
  AND coalesce(state->'position'->>'because', '') NOT IN ('withdrawn', 'closed-by-cap'))`;

/**
 * @returns the placements of some hosts that run, or have ended on that day or later, by the students' names, with their marks of the day
 * @throws DatabaseAway
 */
export function readRegister(db: Database, actor: Actor, hosts: readonly Host[], day: IsoDate): Promise<RegisterLine[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<RegisterLine[]>`
      SELECT state, cases.name AS student, coalesce(home.name, cases.school) AS "schoolName", ${marksOf(Prisma.sql`AND day = ${day}::date`)} AS marks
      FROM cases LEFT JOIN organisations home ON home.code = cases.school
      WHERE host = ANY (${hosts}::text[]) AND ${ranOn(day)} ORDER BY cases.name, reference`,
  );
}

/** A mark that is made, or changed. */
export interface GivenMark {
  readonly case: string;
  readonly half: Half;
  readonly mark: Mark;
}

/**
 * Makes the marks of a day, all of them or none. What was marked otherwise before is written down.
 * @param judge asks of each case what stands against it, its row locked
 * @returns the first that cannot be made, by its place in the list, with what is wrong; null when all are made
 * @throws DatabaseAway
 */
export function saveMarks<P>(
  db: Database,
  actor: Actor,
  { day, at, given }: { readonly day: IsoDate; readonly at: Instant; readonly given: readonly GivenMark[] },
  judge: (state: CaseState | null) => P | null,
): Promise<{ readonly index: number; readonly problem: P } | null> {
  return db.asActor(actor, async (connection) => {
    await takeTurn(connection, ...given.map((each) => `marks ${each.case}`));
    const rows = await connection.$queryRaw<{ reference: string; state: CaseState }[]>`
      SELECT reference, state FROM cases WHERE reference = ANY (${given.map((each) => each.case)}::text[])`;
    for (const [index, each] of given.entries()) {
      const problem = judge(rows.find(({ reference }) => reference === each.case)?.state ?? null);
      if (problem) return { index, problem };
    }
    const changes: { mark: Mark; change: number }[] = [];
    for (const each of given) {
      const before = await saveMark(connection, actor, { ...each, day, at });
      if (before === each.mark) continue;
      changes.push({ mark: each.mark, change: 1 }, ...(before === null ? [] : [{ mark: before, change: -1 }]));
    }
    await connection.$executeRaw`SELECT count_marks(${academicYearOf(day)}, ${JSON.stringify(changes)}::jsonb)`;
    return null;
  });
}

/** @returns what was marked before; null when nothing was */
async function saveMark(
  connection: Connection,
  { person }: Actor,
  { case: reference, half, mark, day, at }: GivenMark & { readonly day: IsoDate; readonly at: Instant },
): Promise<Mark | null> {
  const [before] = await connection.$queryRaw<{ mark: Mark }[]>`
    SELECT mark FROM attendance_marks WHERE reference = ${reference} AND day = ${day}::date AND half = ${half} FOR UPDATE`;
  if (before?.mark === mark) return mark;
  await connection.$executeRaw`
    INSERT INTO attendance_marks (reference, day, half, mark, marked, marked_by)
    VALUES (${reference}, ${day}::date, ${half}, ${mark}, ${at}::timestamptz, ${person})
    ON CONFLICT (reference, day, half)
      DO UPDATE SET mark = excluded.mark, marked = excluded.marked, marked_by = excluded.marked_by, told_by = NULL`;
  if (before) await writeDown(connection, { at, person, what: `mark ${reference} ${day} ${half}`, before, after: { mark } });
  return before?.mark ?? null;
}

/** @returns the marks of a case, by day; null when the actor does not see it. @throws DatabaseAway */
export async function readMarks(
  db: Database,
  actor: Actor,
  reference: string,
): Promise<{ readonly state: CaseState; readonly marks: readonly (MadeMark & { readonly day: IsoDate })[] } | null> {
  const [found] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ state: CaseState; marks: (MadeMark & { day: IsoDate })[] }[]>`
      SELECT state, ${marksOf(Prisma.empty)} AS marks FROM cases WHERE reference = ${reference}`,
  );
  return found ?? null;
}

const marksOf = (when: Prisma.Sql) => Prisma.sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'half', half, 'mark', mark, 'marked', instant(marked), 'markedBy', marked_by,
    'markedByName', coalesce((SELECT name FROM people WHERE id = marked_by), marked_by)) ORDER BY day, half), '[]') FROM attendance_marks WHERE attendance_marks.reference = cases.reference ${when})`;
