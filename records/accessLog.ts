// The access log: who read what, and what was refused to whom. A case's own timeline holds what happened.
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Database } from './database';
import type { AccessLog as AccessRow } from './generated/client';

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
export async function listAccess(
  db: Database,
  actor: Actor,
  filter: { readonly reference?: string; readonly person?: string },
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<AccessLine[]> {
  const rows = await db.withModels(actor, (models) =>
    models.accessLog.findMany({
      where: { ...filter, ...(before === null ? {} : { id: { lt: BigInt(before) } }) },
      orderBy: { id: 'desc' },
      take: limit,
    }),
  );
  return rows.map(asLine);
}

function asLine({ id, at, person, action, reference, detail }: AccessRow): AccessLine {
  return { id: String(id), at: at.toISOString(), person, action, reference, detail: detail as Access['detail'] };
}
