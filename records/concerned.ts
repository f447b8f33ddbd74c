// Which cases a change of the calendar concerns: they are told after its commit, and decide for themselves what it means to them.
import type { Connection, Database } from './database';

/** Cases before a meeting or on their way to it: to be told that it moved. @throws DatabaseAway */
export function casesOfMeeting(db: Database, meeting: string): Promise<string[]> {
  return db.directly((connection) => landedOn(connection, meeting));
}

/** Cases that wait for a cycle or a meeting, because none was planned. @throws DatabaseAway */
export function casesWithoutMeeting(db: Database): Promise<string[]> {
  return db.directly(waitingForMeeting);
}

/** All open cases: an edited term or closure may move any due date. @throws DatabaseAway */
export function casesOpen(db: Database): Promise<string[]> {
  return db.directly(open);
}

/** As `casesOfMeeting`, in a unit of work. */
export async function landedOn(connection: Connection, meeting: string): Promise<string[]> {
  return references(await connection.$queryRaw`SELECT reference FROM cases WHERE ${meeting} = ANY (ahead) ORDER BY reference`);
}

/** Open cases on a cycle, in a unit of work. */
export async function onCycle(connection: Connection, cycle: string): Promise<string[]> {
  return references(
    await connection.$queryRaw`SELECT reference FROM cases WHERE NOT closed AND cycle = ${cycle} ORDER BY reference`,
  );
}

/** As `casesWithoutMeeting`, in a unit of work. */
export async function waitingForMeeting(connection: Connection): Promise<string[]> {
  return references(await connection.$queryRaw`SELECT reference FROM cases WHERE unplanned ORDER BY reference`);
}

/** As `casesOpen`, in a unit of work. */
export async function open(connection: Connection): Promise<string[]> {
  return references(await connection.$queryRaw`SELECT reference FROM cases WHERE NOT closed ORDER BY reference`);
}

function references(rows: unknown): string[] {
  return (rows as { readonly reference: string }[]).map(({ reference }) => reference);
}
