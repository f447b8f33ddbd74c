// Students: rows of their home school, with every edit kept beside them. CAP sees all of them, and which are likely one child.
import type { Instant } from '../domain/calendar';
import type { Actor, OtherCase } from '../domain/facts';
import type { CaseState } from '../domain/state';
import { otherCase } from '../domain/load';
import { nameKey, type Student } from '../domain/student';
import { sixCharacters } from './chance';
import { isTaken, type Connection, type Database } from './database';
import { Prisma } from './generated/client';
import { keptNowhere, type Keep } from './made';
import type { StudentRow } from './types';

const collisionsToBear = 5;

/** More students than any school has: what is read of one at once ends somewhere. */
const mostOfASchool = 20_000;

/** What is written of a student. */
export type StudentGiven = Omit<Student, 'code' | 'school'>;

/** Whether a student of the same name and date of birth is another child. */
export interface Sameness {
  readonly isAnother: boolean;
}

/** The school has the student already, by UPN or by name and date of birth. */
export interface Known {
  readonly known: readonly StudentRow[];
}

/**
 * Adds a student to a school of the actor's.
 * @returns whom the school has already, when it is the same UPN, or the same name and date of birth and not said to be another
 * @throws DatabaseAway; an error of Postgres when the school is not the actor's own
 */
export async function addStudent(
  db: Database,
  actor: Actor,
  school: string,
  given: StudentGiven,
  { isAnother }: Sameness,
  now: Instant,
  keep: Keep = keptNowhere,
): Promise<StudentRow | Known> {
  for (let collisions = 0; ; collisions += 1) {
    const student = { code: `STU-${sixCharacters()}`, school, ...given };
    try {
      return await db.asActor(actor, async (connection) => {
        const known = await alreadyThere(connection, student, isAnother);
        if (known.length > 0) return { known };
        const row = await insert(connection, actor, student, now);
        await keep(connection, student.code);
        return noted(connection, null, row);
      });
    } catch (error) {
      if (collisions === collisionsToBear || !isTaken(error)) throw error;
    }
  }
}

/** Reads the students of a school, to say what a roll would add to them. @throws DatabaseAway */
export function readRoll<R>(db: Database, actor: Actor, school: string, judge: (there: readonly StudentRow[]) => R): Promise<R> {
  return db.asActor(actor, async (connection) => judge(await allOf(connection, school)));
}

/**
 * Adds the students of a roll to a school of the actor's: all of them or none.
 * @param judge who is new, or why nobody is added
 * @returns what it said
 * @throws DatabaseAway; an error of Postgres when the school is not the actor's own
 */
export async function addRoll<R extends { readonly added: readonly StudentGiven[] } | { readonly refused: string }>(
  db: Database,
  actor: Actor,
  school: string,
  judge: (there: readonly StudentRow[]) => R,
  now: Instant,
): Promise<R> {
  for (let collisions = 0; ; collisions += 1) {
    try {
      return await db.asActor(actor, async (connection) => {
        await oneAtATime(connection, school);
        const judged = judge(await allOf(connection, school));
        for (const given of 'added' in judged ? judged.added : []) {
          await noted(
            connection,
            null,
            await insert(connection, actor, { code: `STU-${sixCharacters()}`, school, ...given }, now),
          );
        }
        return judged;
      });
    } catch (error) {
      if (collisions === collisionsToBear || !isTaken(error)) throw error;
    }
  }
}

/**
 * Writes a student anew over the version that was read, and keeps what it was before.
 * @returns 'stale' when somebody changed it meanwhile, null when the actor has no such student to edit; `known` as in `addStudent`
 * @throws DatabaseAway
 */
export function editStudent(
  db: Database,
  actor: Actor,
  code: string,
  { version, ...given }: StudentGiven & { readonly version: number },
  { isAnother }: Sameness,
  now: Instant,
): Promise<StudentRow | Known | 'stale' | null> {
  return db.asActor(actor, async (connection) => {
    const before = await find(connection, Prisma.sql`code = ${code}`);
    const [found] = before;
    if (!found) return null;
    if (found.version !== version) return 'stale';
    const known = await alreadyThere(connection, { ...given, code, school: found.school }, isAnother);
    if (known.length > 0) return { known };
    const [row] = await connection.$queryRaw<Row[]>`
      UPDATE students SET name = ${given.name}, name_key = ${nameKey(given.name)}, date_of_birth = ${given.dateOfBirth}::date,
        upn = ${given.upn}, years_above = ${given.yearsAbove}, ehcp = ${given.ehcp}, looked_after = ${given.lookedAfter},
        adopted = ${given.adopted}, version = version + 1, changed = ${now}::timestamptz, changed_by = ${actor.person}
      WHERE code = ${code} AND version = ${version}
      RETURNING ${columns}`;
    return row ? noted(connection, found, rowOf(row)) : 'stale';
  });
}

/** @returns the student as the actor may see them: of their school, or for CAP any; null when there is none. @throws DatabaseAway */
export async function readStudent(db: Database, actor: Actor, code: string): Promise<StudentRow | null> {
  const [found] = await db.asActor(actor, (connection) => find(connection, Prisma.sql`code = ${code}`));
  return found ?? null;
}

export interface StudentPage {
  readonly students: readonly StudentRow[];
  /** The code after which the next page begins; null on the last. */
  readonly next: string | null;
}

/** @returns the students whom the actor may see, by name. @param after the code of the last student of the page before @throws DatabaseAway */
export async function listStudents(
  db: Database,
  actor: Actor,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<StudentPage> {
  const from =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(name_key, code) > (SELECT name_key, code FROM students WHERE code = ${after})`;
  const found = await db.asActor(actor, (connection) => find(connection, from, limit + 1));
  const students = found.slice(0, limit);
  return { students, next: found.length > limit ? (students.at(-1)?.code ?? null) : null };
}

/**
 * @param text a part of a name, however it is written, or a UPN
 * @returns at most fifty students whom the actor may see, by name
 * @throws DatabaseAway
 */
export function searchStudents(db: Database, actor: Actor, text: string): Promise<StudentRow[]> {
  const key = nameKey(text);
  if (key === '') return Promise.resolve([]);
  return db.asActor(actor, (connection) =>
    find(connection, Prisma.sql`strpos(name_key, ${key}) > 0 OR upn = ${key.toUpperCase()}`, 50),
  );
}

/** @returns students of other schools who are likely the same child: the same UPN, or the same name and date of birth. For CAP. @throws DatabaseAway */
export function matchesOf(db: Database, actor: Actor, { code, school, name, dateOfBirth, upn }: Student): Promise<StudentRow[]> {
  const same = Prisma.sql`(upn = ${upn} OR name_key = ${nameKey(name)} AND date_of_birth = ${dateOfBirth}::date)`;
  return db.asActor(actor, (connection) => find(connection, Prisma.sql`${same} AND school <> ${school} AND code <> ${code}`, 50));
}

/** @returns the open cases of some students that the actor may see, by the code of the student. @throws DatabaseAway */
export async function openCasesOf(
  db: Database,
  actor: Actor,
  students: readonly string[],
): Promise<ReadonlyMap<string, readonly OtherCase[]>> {
  const rows = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ state: CaseState }[]>`
      SELECT state FROM cases WHERE student = ANY (${students}::text[]) AND NOT closed ORDER BY reference`,
  );
  return new Map(students.map((code) => [code, rows.flatMap(({ state }) => (state.student === code ? [otherCase(state)] : []))]));
}

interface Row {
  readonly student: Student;
  readonly version: number;
  readonly changed: Instant;
  readonly changedBy: string;
}

const columns = Prisma.sql`student_of(students) AS student, version, instant(changed) AS changed, changed_by AS "changedBy"`;

async function find(connection: Connection, which: Prisma.Sql, limit = 1): Promise<StudentRow[]> {
  const rows = await connection.$queryRaw<Row[]>`
    SELECT ${columns} FROM students WHERE ${which} ORDER BY name_key, code LIMIT ${limit}`;
  return rows.map(rowOf);
}

function rowOf(row: Row | undefined): StudentRow {
  if (!row) throw new Error('A student was written and is not there');
  const { student, ...rest } = row;
  return { ...student, ...rest };
}

function allOf(connection: Connection, school: string): Promise<StudentRow[]> {
  return find(connection, Prisma.sql`school = ${school}`, mostOfASchool);
}

async function insert(connection: Connection, actor: Actor, student: Student, now: Instant): Promise<StudentRow> {
  const { code, school, name, dateOfBirth, upn, yearsAbove, ehcp, lookedAfter, adopted } = student;
  const [row] = await connection.$queryRaw<Row[]>`
    INSERT INTO students (code, school, name, name_key, date_of_birth, upn, years_above, ehcp, looked_after, adopted, version, changed, changed_by)
    VALUES (${code}, ${school}, ${name}, ${nameKey(name)}, ${dateOfBirth}::date, ${upn}, ${yearsAbove}, ${ehcp}, ${lookedAfter}, ${adopted}, 1,
      ${now}::timestamptz, ${actor.person})
    RETURNING ${columns}`;
  return rowOf(row);
}

/** Whoever adds to a school waits here for whoever adds to it at the same time, and sees their student. */
async function oneAtATime(connection: Connection, school: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('students of ' || ${school}, 0))`;
}

async function alreadyThere(
  connection: Connection,
  { code, school, name, dateOfBirth, upn }: Student,
  isAnother: boolean,
): Promise<StudentRow[]> {
  await oneAtATime(connection, school);
  const sameChild = Prisma.sql`name_key = ${nameKey(name)} AND date_of_birth = ${dateOfBirth}::date AND NOT ${isAnother}`;
  return find(connection, Prisma.sql`school = ${school} AND code <> ${code} AND (upn = ${upn} OR ${sameChild})`, 10);
}

async function noted(connection: Connection, before: StudentRow | null, after: StudentRow): Promise<StudentRow> {
  await connection.$executeRaw`
    INSERT INTO student_edits (student, version, at, person, before, after)
    VALUES (${after.code}, ${after.version}, ${after.changed}::timestamptz, ${after.changedBy},
      ${before && JSON.stringify(said(before))}::jsonb, ${JSON.stringify(said(after))}::jsonb)`;
  return after;
}

/** What a person said of a student, which is what an edit changes. */
function said({ name, dateOfBirth, upn, yearsAbove, ehcp, lookedAfter, adopted }: StudentRow): StudentGiven {
  return { name, dateOfBirth, upn, yearsAbove, ehcp, lookedAfter, adopted };
}
