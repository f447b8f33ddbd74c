// Schools and training providers as CAP keeps them, each change written down.
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Connection, Database } from './database';
import { writeDown } from './edits';
import { takeTurn } from './turn';

export interface KeptOrganisation {
  readonly code: string;
  readonly kind: 'school' | 'provider';
  /** Of a school; null for a provider, and where it is not said. */
  readonly sector: 'secondary' | 'primary' | 'out-of-area' | null;
  readonly name: string;
  readonly email: string;
  readonly urn: string | null;
  readonly ukprn: string | null;
  readonly address: string | null;
  /** The academic years for which a school has the SLA. */
  readonly slas: readonly string[];
}

/** @returns all of them, by name; none for those who may not read it. @throws DatabaseAway */
export function readKeptOrganisations(db: Database, actor: Actor): Promise<KeptOrganisation[]> {
  return db.asActor(actor, kept);
}

function kept(connection: Connection): Promise<KeptOrganisation[]> {
  return connection.$queryRaw<KeptOrganisation[]>`SELECT * FROM organisations_kept()`;
}

/** Adds an organisation, or changes what is said of it; its kind stays. For CAP. @throws DatabaseAway */
export function saveOrganisation(db: Database, actor: Actor, given: Omit<KeptOrganisation, 'slas'>, at: Instant): Promise<void> {
  const { code, kind, sector, name, email, urn, ukprn, address } = given;
  return db.asActor(actor, async (connection) => {
    await takeTurn(connection, 'organisations');
    const before = (await kept(connection)).find((each) => each.code === code) ?? null;
    await (before
      ? connection.$executeRaw`
          UPDATE organisations SET sector = ${sector}, name = ${name}, email = ${email}, urn = ${urn}, ukprn = ${ukprn}, address = ${address}
          WHERE code = ${code}`
      : connection.$executeRaw`
          INSERT INTO organisations (code, kind, sector, name, email, urn, ukprn, address)
          VALUES (${code}, ${kind}, ${sector}, ${name}, ${email}, ${urn}, ${ukprn}, ${address})`);
    await writeDown(connection, { at, person: actor.person, what: `organisation ${code}`, before, after: given });
  });
}

/** Says whether a school has the SLA of a year (R6). For CAP. @throws DatabaseAway */
export function saveSla(
  db: Database,
  actor: Actor,
  { school, year, has }: { readonly school: string; readonly year: string; readonly has: boolean },
  at: Instant,
): Promise<void> {
  return db.asActor(actor, async (connection) => {
    const changed = await (has
      ? connection.$executeRaw`INSERT INTO slas (school, academic_year) VALUES (${school}, ${year}) ON CONFLICT DO NOTHING`
      : connection.$executeRaw`DELETE FROM slas WHERE school = ${school} AND academic_year = ${year}`);
    if (changed === 0) return;
    const what = `SLA ${school} ${year}`;
    await writeDown(connection, { at, person: actor.person, what, before: { has: !has }, after: { has } });
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
