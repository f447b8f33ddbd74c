// The access log: who read what, and what was refused to whom. A case's own timeline holds what happened.
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Database } from './database';
import { Prisma } from './generated/client';

/** One look at something, or one refusal: codes and references only. */
export interface Access {
  readonly at: Instant;
  /** '' when nobody was signed in. */
  readonly person: string;
  readonly action: string;
  readonly reference: string | null;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface AccessLine extends Access {
  readonly id: string;
  /** The name of the person; null for nobody, and for who is not among our people. */
  readonly name: string | null;
}

/** Which lines: what is left out is not asked for. */
export interface AccessFilter {
  readonly reference?: string;
  readonly person?: string;
  /** Not before this time. */
  readonly from?: Instant;
  /** Not after this time. */
  readonly until?: Instant;
}

/** Adds a line. @throws DatabaseAway */
export async function noteAccess(db: Database, { at, person, action, reference, detail }: Access): Promise<void> {
  await db.directly(
    (connection) => connection.$executeRaw`
      INSERT INTO access_log (at, person, action, reference, detail)
      VALUES (${at}::timestamptz, ${person}, ${action}, ${reference}, ${JSON.stringify(detail)}::jsonb)`,
  );
}

/**
 * Lists lines for an auditor, the latest first; nobody else is shown any.
 * @param before the id of the last line of the page before; null for the first page
 * @throws DatabaseAway
 */
export function listAccess(
  db: Database,
  actor: Actor,
  { reference, person, from, until }: AccessFilter,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<AccessLine[]> {
  const asked = [
    ...(reference === undefined ? [] : [Prisma.sql`log.reference = ${reference}`]),
    ...(person === undefined ? [] : [Prisma.sql`log.person = ${person}`]),
    ...(from === undefined ? [] : [Prisma.sql`log.at >= ${from}::timestamptz`]),
    ...(until === undefined ? [] : [Prisma.sql`log.at <= ${until}::timestamptz`]),
    ...(before === null ? [] : [Prisma.sql`log.id < ${before}::bigint`]),
  ];
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<AccessLine[]>`
      SELECT log.id::text AS id, instant(log.at) AS at, log.person, people.name, log.action, log.reference, log.detail
      FROM access_log log LEFT JOIN people ON people.id = log.person
      WHERE ${Prisma.join([Prisma.sql`true`, ...asked], ' AND ')}
      ORDER BY log.id DESC LIMIT ${limit}`,
  );
}
