// Checks of training providers: what was passed when, and until when it holds. Kept by CAP, each change written down.
import type { Check } from '../domain/checks';
import type { IsoDate } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Connection, Database } from './database';
import type { Overtaken } from '../domain/edits';
import { edit, versionOf, type Over } from './edits';
import { Prisma } from './generated/client';

/** A check as it is kept. */
export interface KeptCheck extends Check {
  /** Of the checks of its kind. */
  readonly version: number;
}

export interface ProviderChecks {
  readonly provider: string;
  readonly name: string;
  /** The newest of each kind. */
  readonly checks: readonly KeptCheck[];
}

/** @returns the providers whose checks the actor may read, by name. @throws DatabaseAway */
export function readChecks(db: Database, actor: Actor): Promise<ProviderChecks[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<ProviderChecks[]>`
      SELECT code AS provider, name,
        (SELECT coalesce(jsonb_agg(newest || jsonb_build_object('version', ${versionOf(versioned)})), '[]')
          FROM jsonb_array_elements(checks_of(code)) AS newest) AS checks
      FROM organisations
      WHERE kind = 'provider' AND (${seesAll(actor)} OR 'provider:' || code = ANY (my_parties())) ORDER BY name, code`,
  );
}

const versioned = Prisma.sql`'check ' || code || ' ' || (newest->>'kind')`;

const seesAll = ({ parties }: Actor) => parties.includes('cap') || parties.includes('audit');

/** The newest check of each kind, in a unit of work. */
export async function checksOf(connection: Connection, provider: string): Promise<readonly Check[]> {
  const [row] = await connection.$queryRaw<{ checks: Check[] }[]>`SELECT checks_of(${provider}) AS checks`;
  return row?.checks ?? [];
}

/**
 * Records a check that was passed, or until when it holds. For CAP.
 * @returns null when it is saved
 * @throws DatabaseAway
 */
export function saveCheck(
  db: Database,
  actor: Actor,
  provider: string,
  { kind, passed, expires }: Check,
  over: Over,
): Promise<Overtaken | null> {
  return edit<Check, never>(db, actor, {
    ...{ what: `check ${provider} ${kind}`, said: { passed, expires }, ...over },
    find: async (connection) => (await checksOf(connection, provider)).find((check) => check.kind === kind) ?? null,
    write: (connection) => connection.$executeRaw`
      INSERT INTO provider_checks (provider, kind, passed, expires) VALUES (${provider}, ${kind}, ${passed}::date, ${expires}::date)
      ON CONFLICT (provider, kind, passed) DO UPDATE SET expires = excluded.expires`,
  });
}

/** @returns how many providers with a running placement have a check that lapses before a day. For the worker. @throws DatabaseAway */
export async function lapsingProviders(db: Database, before: IsoDate): Promise<number> {
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<{ count: number }[]>`
      SELECT count(DISTINCT provider)::int AS count FROM (
        SELECT provider, kind, max(expires) AS expires FROM provider_checks GROUP BY provider, kind) AS newest
      WHERE expires < ${before}::date
        AND EXISTS (SELECT FROM cases WHERE host = 'provider:' || provider AND stage = 'placement')`,
  );
  return row?.count ?? 0;
}
