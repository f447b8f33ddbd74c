// Signed nights as the records know them, and what did not hold: what counts is what was signed, which is kept apart (files/nights.ts).
import type { Instant, IsoDate } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { NightFault } from '../domain/nights';
import type { Connection, Database } from './database';
import { Prisma } from './generated/client';
import { writeDown } from './edits';
import { emailsDue, emailRows, writeEmails } from './emails';
import type { EmailToWrite } from '../domain/emails';
import type { Break } from './timeline';
import type { EmailDue } from './types';

export interface NightRow {
  readonly night: IsoDate;
  readonly at: Instant;
  readonly timelines: number;
  readonly entries: number;
  /** How many alarms there were in that night. */
  readonly alarms: number;
  readonly digest: string;
  readonly key: string;
  readonly place: string;
}

/** What does not hold. */
export interface Found {
  /** A reference, or the name of a night. */
  readonly about: string;
  readonly why: Break['why'] | NightFault;
  /** Of a timeline; null of a night. */
  readonly step: number | null;
}

export interface Alarm extends Found {
  readonly since: Instant;
  /** When a night found that it holds again, or signed it as it stands; null while it does neither. */
  readonly over: Instant | null;
  /** By whom the timeline was taken as it stands, and why; null where nobody has. */
  readonly accepted: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
}

/** @returns the signed nights from a day on, the newest first; of the worker where nobody asks. @throws DatabaseAway */
export function readNights(db: Database, actor: Actor | null, from: IsoDate): Promise<NightRow[]> {
  const read = (connection: Connection) => connection.$queryRaw<NightRow[]>`
    SELECT to_char(night, 'YYYY-MM-DD') AS night, instant(at) AS at, timelines, entries, alarms, digest, key, place
    FROM signed_nights WHERE night >= ${from}::date ORDER BY night DESC`;
  return actor === null ? db.directly(read) : db.asActor(actor, read);
}

/** @returns alarms that are not over, and those that were over from an instant on, the newest first. @throws DatabaseAway */
export function readAlarms(db: Database, actor: Actor, from: Instant): Promise<Alarm[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Alarm[]>`
      SELECT about, why, step, instant(since) AS since, CASE WHEN over IS NOT NULL THEN instant(over) END AS over,
        CASE WHEN accepted IS NOT NULL THEN jsonb_build_object('at', instant(accepted), 'by', accepted_by, 'reason', reason) END AS accepted
      FROM alarms WHERE over IS NULL OR over >= ${from}::timestamptz ORDER BY since DESC, about`,
  );
}

/**
 * Takes a timeline for which there is an alarm as it stands: the next night signs it. For CAP.
 * @returns false where there is no such alarm, it is over or accepted already, or the timeline does not hold in itself
 * @throws DatabaseAway
 */
export function acceptAlarm(db: Database, actor: Actor, about: string, reason: string, at: Instant): Promise<boolean> {
  return db.asActor(actor, async (connection) => {
    const accepted = await connection.$executeRaw`
      UPDATE alarms SET accepted = ${at}::timestamptz, accepted_by = ${actor.person}, reason = ${reason}
      WHERE about = ${about} AND over IS NULL AND accepted IS NULL AND why IN ('signed', 'gone')`;
    if (accepted === 0) return false;
    await writeDown(connection, { at, person: actor.person, what: `alarm ${about}`, before: null, after: { accepted: true } });
    return true;
  });
}

/** @returns the timelines that are to be signed as they stand. For the worker. @throws DatabaseAway */
export async function acceptedTimelines(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.directly(
    (connection) => connection.$queryRaw<{ about: string }[]>`
      SELECT about FROM alarms WHERE over IS NULL AND accepted IS NOT NULL`,
  );
  return new Set(rows.map(({ about }) => about));
}

/**
 * Writes what a night came to: its row, unless it has one; alarms that are new, and of those that stood before which are over; and its e-mails,
 * each once however often it is asked.
 * @param signed null where the night was signed before
 * @param reference of the night: `NIGHT-2026-11-29`
 * @param accepted the timelines that were signed as they stand: their alarms are over
 * @returns the e-mails that are to be sent
 * @throws DatabaseAway
 */
export function writeNight(
  db: Database,
  { reference, at }: { readonly reference: string; readonly at: Instant },
  signed: NightRow | null,
  found: readonly Found[],
  accepted: ReadonlySet<string>,
  emails: readonly EmailToWrite[],
): Promise<EmailDue[]> {
  const rows = emailRows({ reference, step: 0 }, emails, at);
  const now = JSON.stringify(found.filter(({ about }) => !accepted.has(about)));
  return db.inTransaction(async (connection) => {
    if (signed !== null) {
      await connection.$executeRaw`
        INSERT INTO signed_nights SELECT each.* FROM typed_row(NULL::signed_nights, ${JSON.stringify(signed)}::jsonb) AS each
        ON CONFLICT (night) DO NOTHING`;
    }
    await connection.$executeRaw`
      UPDATE alarms SET over = ${at}::timestamptz WHERE over IS NULL
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${now}::jsonb) AS found(about text, why text) WHERE found.about = alarms.about AND found.why = alarms.why)`;
    await connection.$executeRaw`
      INSERT INTO alarms (about, since, why, step) SELECT about, ${at}::timestamptz, why, step
      FROM jsonb_to_recordset(${now}::jsonb) AS found(about text, why text, step int)
      WHERE NOT EXISTS (SELECT FROM alarms WHERE alarms.about = found.about AND alarms.why = found.why AND over IS NULL)`;
    await writeEmails(connection, rows);
    return emailsDue(connection, Prisma.sql`emails WHERE reference = ${reference}`);
  });
}
