// The timeline of a case proves itself: each entry holds the hash of the one before it, and a digest of what was written.
import type { Actor } from '../domain/facts';
import type { Head } from '../domain/nights';
import { latestTitle } from './courses';
import { digestOf } from './digest';
import type { Connection, Database } from './database';
import { Prisma } from './generated/client';

/** @returns the part of a query that is the timeline of a case or of a meeting, a `TimelineEntry` each, in its order */
export function timelineOf(reference: string): Prisma.Sql {
  return Prisma.sql`
    (SELECT coalesce(jsonb_agg(jsonb_build_object('step', entry.step, 'seq', entry.seq, 'kind', entry.kind, 'at', instant(entry.at),
        'event', entry.event, 'hash', entry.hash, 'person', given.person, 'source', given.source,
        'personName', coalesce(who.name, given.person),
        'texts', CASE WHEN entry.seq = 0 THEN coalesce(written.texts, '{}') ELSE '{}' END,
        'conditionsBy', CASE WHEN entry.seq = 0 THEN given.body->>'conditionsBy' END,
        'hostName', CASE WHEN entry.event ? 'host' THEN
          (SELECT name FROM organisations WHERE code = split_part(entry.event->>'host', ':', 2)) END,
        'courseTitle', CASE WHEN entry.event ? 'course' THEN
          ${latestTitle(Prisma.sql`entry.event->'course'->>'code'`)} END) ORDER BY entry.step, entry.seq), '[]')
      FROM timeline entry
      JOIN commands given ON given.id = entry.command
      LEFT JOIN people who ON who.id = given.person
      LEFT JOIN command_texts written ON written.command = given.id
      WHERE entry.reference = ${reference})`;
}

/**
 * @param entry the alias of the timeline entry of a decision
 * @returns the part of a query that has what was written with it, or later where it was owed (A23): its `texts`, and `by` when conditions are to be met
 */
export function wordsOfDecision(entry: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    (SELECT coalesce(jsonb_object_agg(written.name, written.text) FILTER (WHERE written.name IS NOT NULL), '{}') AS texts,
        max(given.body->>'conditionsBy') AS by
      FROM commands given
      LEFT JOIN command_texts kept ON kept.command = given.id
      LEFT JOIN LATERAL jsonb_each_text(kept.texts) AS written(name, text) ON true
      WHERE given.id = ${entry}.command OR given.id = (SELECT later.command FROM timeline later
        WHERE later.reference = ${entry}.reference AND later.kind = 'reasonsGiven' AND later.event->>'of' = ${entry}.command))`;
}

/** Why a timeline does not hold, and in words. */
export const breaks = {
  hash: 'What stands in this entry is not what was written.',
  link: 'This entry does not follow the one before it: one was changed, added or taken out.',
  text: 'The words that belong to this entry are not those that were written.',
  start: 'The timeline does not begin with its first step: what came before is gone.',
  end: 'The timeline does not reach the step at which the case stands: what came after is gone.',
  signed:
    'The timeline does not lead through the head that was signed for this step: it was written anew, or what came after it is gone.',
  gone: 'A timeline that was signed up to this step is gone.',
} as const;

/** Where a timeline does not hold. */
export interface Break {
  readonly step: number;
  readonly seq: number;
  readonly why: keyof typeof breaks;
}

export interface Verified {
  readonly intact: boolean;
  readonly entries: number;
  readonly firstBroken: Break | null;
}

/** What shows that a whole timeline is as it was written: its length, and the hash at its head, into which all entries went. */
export interface Proof extends Verified {
  /** The step of the last entry; 0 where there is none. */
  readonly step: number;
  readonly head: string;
  /** Entries whose words were erased since: they are part of the chain, and hold (A14). */
  readonly erased: number;
}

interface Link {
  readonly hash: string;
  readonly step: number;
  readonly seq: number;
  readonly holds: boolean;
  readonly linked: boolean;
  readonly salt: string | null;
  readonly texts: unknown;
  readonly text_digest: string;
}

/** A timeline, and the step at which its case or meeting stands by its record. */
interface Chain {
  readonly reference: string;
  readonly standing: number;
  readonly links: readonly Link[];
}

/**
 * Checks every entry that the actor sees: its own hash, made over its command too; its link to the one before; and the digest of its
 * texts, where they have not been erased. Who sees a case from a later step on checks it from there.
 * @throws DatabaseAway
 */
export function verifyTimeline(db: Database, actor: Actor, reference: string): Promise<Verified> {
  return db.asActor(actor, async (connection) => {
    const [chain] = await chainsOf(connection, Prisma.sql`SELECT ${reference}::text AS reference, 0 AS step`);
    return verified(chain?.links ?? []);
  });
}

/**
 * As `verifyTimeline`, and whether the chain is whole: from its first step to the one at which the case stands. For those who see all of it.
 * @param signed the head that was signed of it: the chain leads through it; null where none was
 * @returns null when the actor sees no such case
 * @throws DatabaseAway
 */
export function proveTimeline(db: Database, actor: Actor, reference: string, signed: Head | null): Promise<Proof | null> {
  return db.asActor(actor, async (connection) => {
    const [chain] = await chainsOf(connection, Prisma.sql`SELECT reference, step FROM cases WHERE reference = ${reference}`);
    return chain ? proofOf(chain, signed) : null;
  });
}

/** How many timelines are read at a time. */
const atOnce = 200;

/**
 * Proves the timelines of all cases and meetings, some at a time. For the worker.
 * @param signed the heads that were signed of them, by reference
 * @throws DatabaseAway
 */
export async function* proveTimelines(
  db: Database,
  signed: ReadonlyMap<string, Head>,
): AsyncGenerator<readonly (Proof & { readonly reference: string })[]> {
  for (let after = ''; ;) {
    const chains = await db.directly((connection) =>
      chainsOf(
        connection,
        Prisma.sql`
          SELECT * FROM (SELECT reference, step FROM cases UNION ALL SELECT reference, step FROM meeting_states) AS any_of
          WHERE reference > ${after} ORDER BY reference LIMIT ${atOnce}`,
      ),
    );
    yield chains.map((chain) => ({
      reference: chain.reference,
      ...proofOf(chain, signed.get(chain.reference) ?? null),
    }));
    const last = chains.at(-1);
    if (chains.length < atOnce || !last) return;
    after = last.reference;
  }
}

function proofOf({ standing, links }: Chain, signed: Head | null): Proof {
  const { entries, firstBroken } = verified(links);
  const [first, last] = [links[0], links.at(-1)];
  const step = last?.step ?? 0;
  const cut: Break | null =
    first?.step !== 1 || first.seq !== 0
      ? { step: first?.step ?? 0, seq: first?.seq ?? 0, why: 'start' }
      : step !== standing
        ? { step, seq: last?.seq ?? 0, why: 'end' }
        : null;
  const broken = (cut?.why === 'start' ? cut : (firstBroken ?? cut)) ?? (signed && offSigned(links, signed));
  const erased = links.filter(({ seq, salt, text_digest: digest }) => seq === 0 && salt === null && digest !== noWords).length;
  return { intact: broken === null, entries, firstBroken: broken, step, head: last?.hash ?? '', erased };
}

/** A step is recorded at once: its last entry is the head that was signed, or the timeline is another one. */
function offSigned(links: readonly Link[], { step, head }: Head): Break | null {
  const there = links.findLast((link) => link.step === step);
  return there?.hash === head ? null : { step, seq: there?.seq ?? 0, why: 'signed' };
}

/** The digest of a command that nothing was written with. */
const noWords = digestOf('', {});

/** @param which references, each with the step at which it stands: each of them is a chain, if only an empty one */
async function chainsOf(connection: Connection, which: Prisma.Sql): Promise<Chain[]> {
  const rows = await connection.$queryRaw<(Omit<Chain, 'links'> & (Link | { readonly hash: null }))[]>`
    SELECT stands.reference, stands.step AS standing, entry.step, entry.seq, entry.hash, entry.text_digest, written.salt, written.texts,
      entry.hash = timeline_hash(entry, given) AND entry.text_digest = given.digest AS holds,
      entry.previous = lag(entry.hash, 1, CASE WHEN entry.step > 1 OR entry.seq > 0 THEN entry.previous ELSE '' END)
        OVER (PARTITION BY stands.reference ORDER BY entry.step, entry.seq) AS linked
    FROM (${which}) AS stands
    LEFT JOIN (timeline entry JOIN commands given ON given.id = entry.command) ON entry.reference = stands.reference
    LEFT JOIN command_texts written ON written.command = given.id
    ORDER BY stands.reference, entry.step, entry.seq`;
  const chains = new Map<string, { reference: string; standing: number; links: Link[] }>();
  for (const row of rows) {
    const { reference, standing } = row;
    const chain = chains.get(reference) ?? { reference, standing, links: [] };
    chains.set(reference, chain);
    if (row.hash !== null) chain.links.push(row);
  }
  return [...chains.values()];
}

function verified(links: readonly Link[]): Verified {
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
