// What the morning reads and writes: running placements with their marks, absences that a school has not been told of, and its e-mails.
import type { Instant, IsoDate } from '../domain/calendar';
import type { EmailToWrite } from '../domain/emails';
import type { Half } from '../domain/attendance';
import type { Actor } from '../domain/facts';
import type { MarkedPlacement } from '../domain/morning';
import type { Host } from '../domain/words';
import type { CalendarRows } from './types';
import { readCalendarRows } from './calendarRows';
import type { Database } from './database';
import { emailsDue, emailRows, writeEmails } from './emails';
import { Prisma } from './generated/client';
import { ranOn } from './registers';
import type { EmailDue } from './types';

/** @returns the calendar as it stands. For the worker. @throws DatabaseAway */
export function calendarNow(db: Database): Promise<CalendarRows> {
  return db.directly(readCalendarRows);
}

/** How many placements are read at a time. */
const atOnce = 1000;

/**
 * @returns page after page of the placements that run or ended on one of some days or later, each with which halves of those days are marked
 * @throws DatabaseAway
 */
export async function* runningPlacements(db: Database, days: readonly IsoDate[]): AsyncGenerator<readonly MarkedPlacement[]> {
  for (let after = ''; ;) {
    const page = await db.directly(
      (connection) => connection.$queryRaw<(MarkedPlacement & { readonly reference: string })[]>`
        SELECT reference, state, ${markedOn(days)} AS marked FROM cases WHERE ${ranOnOneOf(days)} AND reference > ${after} ORDER BY reference LIMIT ${atOnce}`,
    );
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < atOnce || !last) return;
    after = last.reference;
  }
}

/** Those of the earliest of some days: whoever was expected later is among them. */
const ranOnOneOf = (days: readonly IsoDate[]) => ranOn([...days].sort()[0] ?? '');

const markedOn = (days: readonly IsoDate[]) => Prisma.sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'half', half)), '[]') FROM attendance_marks
    WHERE attendance_marks.reference = cases.reference AND day = ANY (${days}::date[]))`;

/**
 * @param hosts null: of every host
 * @returns the placements that the actor sees with some hosts, running or ended on one of some days or later, each with which halves of those days
 *   are marked. @throws DatabaseAway
 */
export function placementsWith(
  db: Database,
  actor: Actor,
  hosts: readonly Host[] | null,
  days: readonly IsoDate[],
): Promise<MarkedPlacement[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<MarkedPlacement[]>`
      SELECT state, ${markedOn(days)} AS marked FROM cases
      WHERE ${ranOnOneOf(days)} AND (${hosts}::text[] IS NULL OR host = ANY (${hosts}::text[])) ORDER BY reference`,
  );
}

/** Half a day on which a student was absent, as the home school is told of it. */
export interface ToldAbsence {
  readonly reference: string;
  /** The name, as the pack has it. */
  readonly student: string | null;
  readonly schoolName: string;
  readonly hostName: string | null;
  readonly day: IsoDate;
  readonly half: Half;
}

/**
 * @param morning the name of a morning: the absences of which its e-mails told, unless they were put right since
 * @param schools null: of every home school
 * @returns those that the actor sees, by the students' names. @throws DatabaseAway
 */
export function toldAbsences(
  db: Database,
  actor: Actor,
  morning: string,
  schools: readonly string[] | null,
  { from, until }: { readonly from: IsoDate; readonly until: IsoDate },
): Promise<ToldAbsence[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<ToldAbsence[]>`
      SELECT marks.reference, cases.name AS student, coalesce(home.name, cases.school) AS "schoolName", host.name AS "hostName",
        to_char(day, 'YYYY-MM-DD') AS day, half
      FROM attendance_marks marks JOIN cases ON cases.reference = marks.reference
        LEFT JOIN organisations home ON home.code = cases.school
        LEFT JOIN organisations host ON host.code = split_part(cases.host, ':', 2)
      WHERE mark = 'absent' AND day >= ${from}::date AND day < ${until}::date AND starts_with(told_by, ${`${morning}.`})
        AND (${schools}::text[] IS NULL OR cases.school = ANY (${schools}::text[]))
      ORDER BY cases.name, marks.reference, day, half`,
  );
}

/** Of how many students a school has not been told that they were absent: before a day, and not in an e-mail that went out. */
export interface UntoldAbsences {
  readonly school: string;
  readonly students: number;
  readonly marks: readonly { readonly reference: string; readonly day: IsoDate; readonly half: string }[];
}

/** @returns by school, from a day on and before another. @throws DatabaseAway */
export function untoldAbsences(db: Database, from: IsoDate, until: IsoDate): Promise<UntoldAbsences[]> {
  return db.directly(
    (connection) => connection.$queryRaw<UntoldAbsences[]>`
      SELECT school, count(DISTINCT marks.reference)::int AS students,
        jsonb_agg(jsonb_build_object('reference', marks.reference, 'day', day, 'half', half)) AS marks
      FROM attendance_marks marks JOIN cases ON cases.reference = marks.reference
      WHERE mark = 'absent' AND day >= ${from}::date AND day < ${until}::date
        AND NOT EXISTS (SELECT FROM emails WHERE emails.id = told_by AND status = 'sent')
      GROUP BY school ORDER BY school`,
  );
}

/**
 * Writes the e-mails of a morning, once however often it is asked, and of each absence which e-mail tells of it.
 * @param reference of the morning: `REG-2024-12-18`
 * @returns those that are to be sent
 * @throws DatabaseAway
 */
export function writeMorning(
  db: Database,
  { reference, now }: { readonly reference: string; readonly now: Instant },
  emails: readonly EmailToWrite[],
  absences: readonly UntoldAbsences[],
): Promise<EmailDue[]> {
  const rows = emailRows({ reference, step: 0 }, emails, now);
  return db.inTransaction(async (connection) => {
    await writeEmails(connection, rows);
    for (const { school, marks } of absences) {
      const email = rows.find(({ party }) => party === `school:${school}`);
      await connection.$executeRaw`
        UPDATE attendance_marks marks SET told_by = ${email?.id ?? null}
        FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS told(reference text, day date, half text)
        WHERE marks.reference = told.reference AND marks.day = told.day AND marks.half = told.half`;
    }
    return emailsDue(connection, Prisma.sql`emails WHERE reference = ${reference}`);
  });
}
