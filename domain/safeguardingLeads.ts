// Designated Safeguarding Leads (R123, R124): whom one calls at CAP, at a school, at a provider. Who they are is kept as rows, and nothing of a concern is.
import { roleOf, type Host, type Party } from './words';

/** As people reach them in their profession. */
export interface SafeguardingLead {
  readonly name: string;
  readonly telephone: string;
  readonly email: string;
}

/** Who has leads: CAP, and each school and provider. */
export type LeadsParty = 'cap' | Host;

/** How many one of them names: whom to call first must be plain. */
export const mostLeads = 6;

export function hasLeads(party: Party): party is LeadsParty {
  return party === 'cap' || roleOf(party) === 'school' || roleOf(party) === 'provider';
}
