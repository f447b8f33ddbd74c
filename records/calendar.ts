// CAP's calendar as people see it: terms, cycles, and meetings with their agendas.
import type { HalfTerm, IsoDate } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import { calendarNow } from './calendarRows';
import type { Connection, Database } from './database';
import { placesLeft } from './directory';
import { versionOf } from './edits';
import { Prisma } from './generated/client';
import { readAgenda, readDecided } from './lists';
import type { CalendarRows, MeetingPage, MeetingRecord, UnopenedCase } from './types';

/** @returns terms, closures and every cycle, for anybody with a role, whom alone Postgres tells the version; for others none. @throws DatabaseAway */
export function readCalendar(db: Database, actor: Actor): Promise<CalendarRows> {
  return db.asActor(actor, (connection) => calendarNow(db, connection));
}

/** Half of a term as it is kept. */
export type KeptHalfTerm = HalfTerm & { readonly version: number };

/** @returns the terms half by half, in their order, for anybody with a role. @throws DatabaseAway */
export function readHalfTerms(db: Database, actor: Actor): Promise<KeptHalfTerm[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<KeptHalfTerm[]>`
      SELECT academic_year AS "academicYear", term, half, to_char(first_day, 'YYYY-MM-DD') AS "firstDay",
        to_char(last_day, 'YYYY-MM-DD') AS "lastDay",
        ${versionOf(Prisma.sql`'half-term ' || academic_year || ' ' || term || ' ' || half`)} AS version
      FROM half_terms ORDER BY first_day`,
  );
}

/** @returns one meeting with the number of cases on its agenda, for its workflow; null when it is not in the calendar. @throws DatabaseAway */
export async function readMeetingRow(db: Database, id: string): Promise<MeetingRecord | null> {
  const [found] = await db.directly((connection) => readMeetings(connection, Prisma.sql`meetings.id = ${id}`));
  return found ?? null;
}

/** @returns the meetings from a day on, with the number of cases that the actor knows of on each agenda. @throws DatabaseAway */
export function listMeetings(db: Database, actor: Actor, { from }: { readonly from: IsoDate }): Promise<MeetingRecord[]> {
  return db.asActor(actor, (connection) => readMeetings(connection, Prisma.sql`meetings.day >= ${from}::date`));
}

/** @returns a meeting with its agenda as the actor sees it, and the places left; null when it is not in the calendar. @throws DatabaseAway */
export function readMeeting(db: Database, actor: Actor, id: string): Promise<MeetingPage | null> {
  return db.asActor(actor, async (connection) => {
    const [meeting] = await readMeetings(connection, Prisma.sql`meetings.id = ${id}`);
    if (!meeting) return null;
    const agenda = await readAgenda(connection, id);
    const decided = await readDecided(connection, id);
    const unopened = await connection.$queryRaw<UnopenedCase[]>`
      SELECT reference, programme || '@' || year AS programme, school AS "schoolName" FROM agenda_unopened() WHERE meeting = ${id} ORDER BY reference`;
    return { meeting, agenda, unopened, decided, places: await placesLeft(connection) };
  });
}

/** Reads meetings in a unit of work, each with the number of cases on its agenda. */
export function readMeetings(connection: Connection, where: Prisma.Sql): Promise<MeetingRecord[]> {
  return connection.$queryRaw<MeetingRecord[]>`
    SELECT meetings.id, panel, cycle, to_char(day, 'YYYY-MM-DD') AS day, to_char(deadline, 'YYYY-MM-DD') AS deadline, meetings.version,
      (SELECT count(*)::int FROM cases WHERE cases.meeting = meetings.id) + coalesce(unopened.cases, 0) AS agenda,
      (SELECT count(*)::int FROM meeting_decisions made WHERE made.meeting = meetings.id AND NOT made.taken_back) AS decided,
      (SELECT held->>'seat' FROM jsonb_array_elements(kept.state->'seats') held WHERE held->>'person' = me() LIMIT 1) AS "yourSeat",
      coalesce(jsonb_path_exists(kept.state, '$.seats[*] ? (@.person != null)'), false) AS seated
    FROM meetings JOIN cycles ON cycles.id = meetings.cycle
      LEFT JOIN meeting_states kept ON kept.reference = meetings.id
      LEFT JOIN (SELECT meeting, count(*)::int AS cases FROM agenda_unopened() GROUP BY meeting) unopened ON unopened.meeting = meetings.id
    WHERE ${where} ORDER BY day, meetings.id`;
}
