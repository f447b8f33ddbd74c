// The timeline of a case proves itself: each entry holds the hash of the one before it, and a digest of what was written.
import type { Actor } from '../domain/facts';
import { digestOf } from './digest';
import type { Connection, Database } from './database';
import { Prisma } from './generated/client';

/** @returns the part of a query that is the timeline of a case or of a meeting, a `TimelineEntry` each, in its order */
export function timelineOf(reference: string): Prisma.Sql {
  return Prisma.sql`
    (SELECT coalesce(jsonb_agg(jsonb_build_object('step', entry.step, 'seq', entry.seq, 'kind', entry.kind, 'at', instant(entry.at),
        'event', entry.event, 'hash', entry.hash, 'person', given.person, 'source', given.source,
        'personName', coalesce(who.name, given.person),
        'texts', CASE WHEN entry.seq = 0 THEN coalesce(written.texts, '{}') ELSE '{}' END) ORDER BY entry.step, entry.seq), '[]')
      FROM timeline entry
      JOIN commands given ON given.id = entry.command
      LEFT JOIN people who ON who.id = given.person
      LEFT JOIN command_texts written ON written.command = given.id
      WHERE entry.reference = ${reference})`;
}

/** Where a timeline does not hold. */
export interface Break {
  readonly step: number;
  readonly seq: number;
  readonly why: 'hash' | 'link' | 'text';
}

export interface Verified {
  readonly intact: boolean;
  readonly entries: number;
  readonly firstBroken: Break | null;
}

interface Link {
  readonly step: number;
  readonly seq: number;
  readonly holds: boolean;
  readonly linked: boolean;
  readonly salt: string | null;
  readonly texts: unknown;
  readonly text_digest: string;
}

/**
 * Checks every entry that the actor sees: its own hash, made over its command too; its link to the one before; and the digest of its
 * texts, where they have not been erased. Who sees a case from a later step on checks it from there.
 * @throws DatabaseAway
 */
export function verifyTimeline(db: Database, actor: Actor, reference: string): Promise<Verified> {
  return db.asActor(actor, (connection) => verify(connection, reference));
}

async function verify(connection: Connection, reference: string): Promise<Verified> {
  const links = await connection.$queryRaw<Link[]>`
    SELECT entry.step, entry.seq, entry.text_digest, written.salt, written.texts,
      entry.hash = timeline_hash(entry, given) AND entry.text_digest = given.digest AS holds,
      entry.previous = lag(entry.hash, 1, CASE WHEN entry.step > 1 OR entry.seq > 0 THEN entry.previous ELSE '' END)
        OVER (ORDER BY entry.step, entry.seq) AS linked
    FROM timeline entry
    JOIN commands given ON given.id = entry.command
    LEFT JOIN command_texts written ON written.command = given.id
    WHERE entry.reference = ${reference}
    ORDER BY entry.step, entry.seq`;
  const broken = links.find(isBroken);
  return {
    intact: broken === undefined,
    entries: links.length,
    firstBroken: broken ? { step: broken.step, seq: broken.seq, why: whyBroken(broken) } : null,
  };
}

function isBroken(link: Link): boolean {
  return !link.holds || !link.linked || !textHolds(link);
}

function whyBroken({ holds, linked }: Link): Break['why'] {
  return !holds ? 'hash' : !linked ? 'link' : 'text';
}

function textHolds({ salt, texts, text_digest: digest }: Link): boolean {
  return salt === null || digestOf(salt, texts) === digest;
}

/**
 * Erases what was written with a command, and the salt with it: the digest stays in the timeline and gives nothing away. For the worker.
 * @returns whether there was something to erase
 * @throws DatabaseAway
 */
export async function eraseTexts(db: Database, command: string): Promise<boolean> {
  const erased = await db.directly((connection) => connection.$executeRaw`DELETE FROM command_texts WHERE command = ${command}`);
  return erased > 0;
}
