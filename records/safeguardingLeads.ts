// Designated Safeguarding Leads of CAP, schools and providers, kept by each for itself and by CAP for all; each change is written down.
import type { Overtaken } from '../domain/edits';
import type { Actor } from '../domain/facts';
import type { LeadsParty, SafeguardingLead } from '../domain/safeguardingLeads';
import type { Connection, Database } from './database';
import { edit, versionOf, type Over } from './edits';
import { Prisma } from './generated/client';

export interface KeptLeads {
  readonly party: LeadsParty;
  /** Whose they are, as people call it. */
  readonly name: string;
  /** Whom to call first stands first. */
  readonly leads: readonly SafeguardingLead[];
  /** Of the whole list; 0 for who does not keep it. */
  readonly version: number;
}

/** The row-level security of edits knows it by this name: an organisation reads its own. */
const whatOf = (party: LeadsParty) => `safeguarding leads ${party}`;

/** @returns the leads of a party; null where there is no such organisation, or for those who may not read it. @throws DatabaseAway */
export function readLeads(db: Database, actor: Actor, party: LeadsParty): Promise<KeptLeads | null> {
  return db.asActor(actor, async (connection) => {
    const [found] = await connection.$queryRaw<KeptLeads[]>`
      SELECT party, name, ${leadsOf(Prisma.sql`named.party`)} AS leads, ${versionOf(Prisma.sql`${whatOf(party)}`)} AS version
      FROM (SELECT 'cap' AS party, 'the CAP team' AS name UNION ALL SELECT kind || ':' || code, name FROM organisations) AS named
      WHERE party = ${party}`;
    return found ?? null;
  });
}

function leadsOf(party: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'telephone', telephone, 'email', email) ORDER BY position), '[]')
    FROM safeguarding_leads WHERE safeguarding_leads.party = ${party})`;
}

/** Says who all the leads of a party are, in their order. For CAP and the party itself. @returns null when it is saved. @throws DatabaseAway */
export function saveLeads(
  db: Database,
  actor: Actor,
  party: LeadsParty,
  leads: readonly SafeguardingLead[],
  over: Over,
): Promise<Overtaken | null> {
  return edit<Pick<KeptLeads, 'leads'>, never>(db, actor, {
    ...{ what: whatOf(party), said: { leads }, ...over },
    find: async (connection) => {
      const [found] = await connection.$queryRaw<Pick<KeptLeads, 'leads'>[]>`SELECT ${leadsOf(Prisma.sql`${party}`)} AS leads`;
      return found ?? null;
    },
    write: (connection) => write(connection, party, leads),
  });
}

async function write(connection: Connection, party: LeadsParty, leads: readonly SafeguardingLead[]): Promise<void> {
  await connection.$executeRaw`DELETE FROM safeguarding_leads WHERE party = ${party}`;
  for (const [position, { name, telephone, email }] of leads.entries()) {
    await connection.$executeRaw`
      INSERT INTO safeguarding_leads (party, position, name, telephone, email) VALUES (${party}, ${position}, ${name}, ${telephone}, ${email})`;
  }
}
