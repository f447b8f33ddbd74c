// Schools and training providers as CAP keeps them, each change written down.
import type { Actor } from '../domain/facts';
import type { Sector } from '../domain/words';
import type { Connection, Database } from './database';
import type { Overtaken } from '../domain/edits';
import { edit, versionOf, type Over } from './edits';
import { Prisma } from './generated/client';

export interface KeptOrganisation {
  readonly code: string;
  readonly kind: 'school' | 'provider';
  /** Of a school; null for a provider, and where it is not said. */
  readonly sector: Sector | null;
  readonly name: string;
  readonly email: string;
  readonly urn: string | null;
  readonly ukprn: string | null;
  readonly address: string | null;
  /** The academic years for which a school has the SLA. */
  readonly slas: readonly string[];
  /** Of all that is said of it, its years of the SLA too. */
  readonly version: number;
}

export type OrganisationGiven = Omit<KeptOrganisation, 'slas' | 'version'>;

/** @returns all of them, by name; none for those who may not read it. @throws DatabaseAway */
export function readKeptOrganisations(db: Database, actor: Actor): Promise<KeptOrganisation[]> {
  return db.asActor(actor, (connection) => kept(connection));
}

function kept(connection: Connection, which = Prisma.sql`true`): Promise<KeptOrganisation[]> {
  return connection.$queryRaw<KeptOrganisation[]>`
    SELECT *, ${versionOf(Prisma.sql`${whatOf('')} || code`)} AS version FROM organisations_kept() WHERE ${which}`;
}

const whatOf = (code: string) => `organisation ${code}`;

/** Who is found to be there, or not, stays so. */
const turnOfOrganisations = 'organisations';

async function oneKept(connection: Connection, code: string): Promise<KeptOrganisation | null> {
  const [found] = await kept(connection, Prisma.sql`code = ${code}`);
  return found ?? null;
}

/**
 * Adds an organisation, or changes what is said of it; its kind stays. For CAP.
 * @param judge what stands against it, the organisation as it is now, and with all that there are
 * @returns what stands against it; null when it is saved
 * @throws DatabaseAway
 */
export function saveOrganisation<P>(
  db: Database,
  actor: Actor,
  given: OrganisationGiven,
  over: Over,
  judge: (found: KeptOrganisation | null, all: readonly KeptOrganisation[]) => P | null,
): Promise<P | Overtaken | null> {
  const { code, kind, sector, name, email, urn, ukprn, address } = given;
  return edit<KeptOrganisation, P>(db, actor, {
    ...{ what: whatOf(code), turn: turnOfOrganisations, said: given, ...over },
    judge: async (found, connection) => judge(found, await kept(connection)),
    find: (connection) => oneKept(connection, code),
    write: (connection, found) =>
      found
        ? connection.$executeRaw`
            UPDATE organisations SET sector = ${sector}, name = ${name}, email = ${email}, urn = ${urn}, ukprn = ${ukprn}, address = ${address}
            WHERE code = ${code}`
        : connection.$executeRaw`
            INSERT INTO organisations (code, kind, sector, name, email, urn, ukprn, address)
            VALUES (${code}, ${kind}, ${sector}, ${name}, ${email}, ${urn}, ${ukprn}, ${address})`,
  });
}

/** Whether a school has the SLA of a year. */
interface Sla {
  readonly sla: string;
  readonly has: boolean;
}

/** Says whether a school has the SLA of a year (R6): an edit of the school. For CAP. @returns as `saveOrganisation`. @throws DatabaseAway */
export function saveSla<P>(
  db: Database,
  actor: Actor,
  { school, year, has }: { readonly school: string; readonly year: string; readonly has: boolean },
  over: Over,
  judge: (found: Sla | null) => P | null,
): Promise<P | Overtaken | null> {
  const said: Sla = { sla: year, has };
  return edit<Sla, P>(db, actor, {
    ...{ what: whatOf(school), turn: turnOfOrganisations, said, judge, ...over },
    find: async (connection) => {
      const [found] = await connection.$queryRaw<Sla[]>`
        SELECT ${year}::text AS sla, EXISTS (SELECT FROM slas WHERE school = code AND academic_year = ${year}) AS has
        FROM organisations WHERE code = ${school} AND kind = 'school'`;
      return found ?? null;
    },
    write: (connection) =>
      has
        ? connection.$executeRaw`INSERT INTO slas (school, academic_year) VALUES (${school}, ${year}) ON CONFLICT DO NOTHING`
        : connection.$executeRaw`DELETE FROM slas WHERE school = ${school} AND academic_year = ${year}`,
  });
}

/** @returns where a team reads its e-mails; null where none is kept. @throws DatabaseAway */
export async function readTeamMailbox(db: Database, actor: Actor, party: 'cap'): Promise<string | null> {
  const [found] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ email: string }[]>`SELECT email FROM team_mailboxes WHERE party = ${party}`,
  );
  return found?.email ?? null;
}
