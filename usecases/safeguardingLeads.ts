// Who the Designated Safeguarding Leads are, is said by each school and provider for itself, and by CAP for all.
import type { LeadsParty, SafeguardingLead } from '../domain/safeguardingLeads';
import { readLeads, saveLeads, type KeptLeads } from '../records/safeguardingLeads';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { unlessOvertaken, type Refused } from './refused';
import type { Services } from './services';

/** @returns the leads of a party. @throws DatabaseAway */
export async function findLeads(
  { database }: Pick<Services, 'database'>,
  person: Person,
  party: LeadsParty,
): Promise<KeptLeads | Refused> {
  return (await readLeads(database, person, party)) ?? unknown;
}

/**
 * Says who all the leads of a party are, in their order.
 * @param read the version that was read, over which nobody else's change is written; null when that is not said
 * @throws DatabaseAway
 */
export async function keepLeads(
  { database, now }: Services,
  person: Person,
  { party, leads }: { readonly party: LeadsParty; readonly leads: readonly SafeguardingLead[] },
  read: number | null,
): Promise<KeptLeads | Refused> {
  const refused = mayNot(person, 'keep-leads', party);
  if (refused) return refused;
  if ((await readLeads(database, person, party)) === null) return unknown;
  const saved = await saveLeads(database, person, party, leads, { read, at: now() });
  return unlessOvertaken(saved) ?? findLeads({ database }, person, party);
}

const unknown: Refused = { refused: 'not-found', message: 'There is no such organisation: look it up in the list.' };
