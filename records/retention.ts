// What is kept no longer (A14): what the rule looks at, which closed cases and students fall due, and the erasing itself.
import type { IsoDate } from '../domain/calendar';
import { fallsDueBy, isErasedOn, latestBirthFallingDue, type RetentionFacts } from '../domain/retention';
import { wordsOf } from '../domain/search';
import type { Connection, Database } from './database';
import { Prisma } from './generated/client';

/** A closed case that is not erased, with what is known of its student. */
export interface KeptCase {
  readonly reference: string;
  readonly school: string;
  /** The code of the student. */
  readonly student: string;
  readonly facts: RetentionFacts;
}

/** Some of what falls due. */
export interface FallingDue {
  readonly cases: readonly KeptCase[];
  /** The reference after which the next part begins; null at the end. */
  readonly next: string | null;
}

/**
 * Closed cases that fall due, by their reference, as far as the connection sees them.
 * @param after the reference after which it looks, '' from the beginning
 * @param atOnce how many are looked at: of them those that fall due are returned
 * @throws DatabaseAway
 */
export async function fallingDue(
  connection: Connection,
  today: IsoDate,
  { after, atOnce }: { readonly after: string; readonly atOnce: number },
): Promise<FallingDue> {
  const found = await connection.$queryRaw<KeptCase[]>`
    SELECT reference, cases.school, cases.student, retention_of_case(cases, students) AS facts
    FROM cases JOIN students ON students.code = cases.student
    WHERE closed AND date_of_birth <= ${latestBirthFallingDue(today)}::date AND reference > ${after}
    ORDER BY reference LIMIT ${atOnce}`;
  return {
    cases: found.filter(({ facts }) => fallsDueBy(facts, today)),
    next: found.length === atOnce ? (found.at(-1)?.reference ?? null) : null,
  };
}

/** A student of whom there is no case and no draft. */
export interface KeptStudent {
  /** The code of the student. */
  readonly student: string;
  readonly school: string;
  readonly facts: RetentionFacts;
}

/** Students who fall due and of whom there is no case and no draft, by their codes. For CAP. @param atMost how many are looked at */
export async function studentsFallingDue(connection: Connection, today: IsoDate, atMost: number): Promise<KeptStudent[]> {
  const found = await connection.$queryRaw<KeptStudent[]>`
    SELECT code AS student, school, retention_of_student(students) AS facts FROM students
    WHERE date_of_birth <= ${latestBirthFallingDue(today)}::date AND NOT EXISTS (SELECT FROM cases WHERE cases.student = code)
      AND NOT EXISTS (SELECT FROM drafts_of_student(code)) ORDER BY code LIMIT ${atMost}`;
  return found.filter(({ facts }) => fallsDueBy(facts, today));
}

/** @returns what is known of the student of a case, which nobody holds or lifts meanwhile; null where the case knows none. In a unit of work. */
export async function lockRetention(connection: Connection, reference: string): Promise<RetentionFacts | null> {
  await connection.$executeRaw`SELECT lock_holds()`;
  const [found] = await connection.$queryRaw<{ facts: RetentionFacts }[]>`
    SELECT retention_of_case(cases, students) AS facts FROM cases JOIN students ON students.code = cases.student
    WHERE reference = ${reference}`;
  return found?.facts ?? null;
}

/** Erases all that was written of a case, in the unit of work that records it. It stays to be found by its reference. */
export function erasing(connection: Connection, reference: string): Promise<unknown> {
  return connection.$executeRaw`SELECT erase_case(${reference}, ${JSON.stringify(wordsOf(reference))}::jsonb)`;
}

/**
 * Erases the rows of students whose day has come, of whom there is no case and no draft any more. For the worker.
 * @returns how many
 * @throws DatabaseAway
 */
export async function eraseStudents(db: Database, today: IsoDate): Promise<number> {
  const alone = Prisma.sql`NOT EXISTS (SELECT FROM cases WHERE cases.student = code) AND NOT EXISTS (SELECT FROM drafts WHERE drafts.student = code)`;
  const found = await db.directly(
    (connection) => connection.$queryRaw<{ code: string }[]>`
      SELECT code FROM students WHERE date_of_birth <= ${latestBirthFallingDue(today)}::date AND ${alone} ORDER BY code`,
  );
  let erased = 0;
  for (const { code } of found) {
    const isErased = await db.inTransaction(async (connection) => {
      await connection.$executeRaw`SELECT lock_holds()`;
      await connection.$executeRaw`SELECT FROM students WHERE code = ${code} FOR UPDATE`;
      const [row] = await connection.$queryRaw<{ facts: RetentionFacts }[]>`
        SELECT retention_of_student(students) AS facts FROM students WHERE code = ${code} AND ${alone}`;
      if (!row || !isErasedOn(row.facts, today)) return false;
      await connection.$executeRaw`SELECT erase_student(${code})`;
      return true;
    });
    if (isErased) erased += 1;
  }
  return erased;
}
