// Designated Safeguarding Leads of CAP, schools and providers (R123, R124): read by whoever works with CAP, kept by each for itself and by CAP for all.
import { z } from 'zod';
import { can } from '../../domain/permissions';
import { mostLeads, type LeadsParty } from '../../domain/safeguardingLeads';
import type { KeptLeads } from '../../records/safeguardingLeads';
import { findLeads, keepLeads } from '../../usecases/safeguardingLeads';
import { door, type Door } from '../door';
import { given } from '../problems';
import { emailAddress, overRead, readIn, telephone, version } from '../schemas';
import type { Services } from '../services';

const party = z
  .string()
  .regex(/^(cap|(school|provider):[A-Za-z0-9._-]{1,80})$/, 'must be cap, or a school or provider such as school:SCH-A')
  .transform((one) => one as LeadsParty);
const lead = z
  .strictObject({
    name: z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters'),
    telephone,
    email: emailAddress,
  })
  .meta({ id: 'SafeguardingLead', description: 'As people reach them in their profession' });

export const leadsOfParty = z
  .strictObject({
    party: z.string().meta({ examples: ['cap', 'school:SCH-A'] }),
    name: z.string().meta({ description: 'Whose they are' }),
    leads: z
      .array(z.strictObject({ name: z.string(), telephone: z.string(), email: z.string() }))
      .meta({ description: 'Whom to call first stands first; empty where nobody was named' }),
    version,
  })
  .meta({ id: 'SafeguardingLeads' });

export function safeguardingLeadDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/safeguarding-leads/{party}',
      name: 'safeguardingLeads',
      summary: 'The Designated Safeguarding Leads of CAP, a school or a provider',
      about: 'Whom one calls with a concern (R123, R124). Nothing of a concern is kept in this service: it is recorded on CPOMS.',
      tag: 'People',
      who: (person) => can(person, 'see-leads'),
      params: z.strictObject({ party }),
      gives: { description: 'In their order', body: leadsOfParty, etag: true },
      problems: ['not-found'],
      handle: async ({ person, params }) => shown(given(await findLeads(services, person, params.party))),
    }),
    door({
      method: 'put',
      path: '/api/v1/safeguarding-leads/{party}',
      name: 'keepSafeguardingLeads',
      summary: 'Say who the Designated Safeguarding Leads are, all of them at once',
      about: 'Each school and provider keeps its own, CAP keeps all.',
      tag: 'People',
      who: (person) => can(person, 'keep-leads'),
      params: z.strictObject({ party }),
      headers: overRead,
      body: z.strictObject({
        leads: z
          .array(lead)
          .max(mostLeads, `must be at most ${String(mostLeads)}`)
          .meta({ description: 'Whom to call first, first' }),
      }),
      gives: { description: 'As they are now', body: leadsOfParty, etag: true },
      problems: ['stale', 'not-found'],
      noted: true,
      handle: async ({ person, params, headers, body }) =>
        shown(given(await keepLeads(services, person, { ...params, ...body }, readIn(headers)))),
    }),
  ];
}

function shown({ leads, ...kept }: KeptLeads) {
  return { body: { ...kept, leads: [...leads] }, etag: kept.version };
}
