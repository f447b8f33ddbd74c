// The sites of training providers: read by whoever works with CAP, kept by each provider for itself and by CAP for all.
import { z } from 'zod';
import { can } from '../../domain/permissions';
import { mostSites } from '../../domain/sites';
import type { KeptSites } from '../../records/sites';
import { findSites, keepSites } from '../../usecases/sites';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, overRead, postalAddress, readIn, shownSite, siteName, telephone, version } from '../schemas';
import type { Services } from '../services';

const site = z
  .strictObject({
    name: siteName,
    address: postalAddress,
    telephone: telephone.nullable(),
  })
  .meta({ id: 'Site', description: 'Where a provider takes its students' });

export const sitesOfProvider = z
  .strictObject({
    provider: z.string(),
    name: z.string(),
    sites: z.array(shownSite).meta({ description: 'In its order; empty where none was named' }),
    version,
  })
  .meta({ id: 'Sites' });

export function siteDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/sites/{provider}',
      name: 'sites',
      summary: 'The sites of a training provider',
      tag: 'People',
      who: (person) => can(person, 'see-sites'),
      params: z.strictObject({ provider: code }),
      gives: { description: 'In their order', body: sitesOfProvider, etag: true },
      problems: ['not-found'],
      handle: async ({ person, params }) => shown(given(await findSites(services, person, params.provider))),
    }),
    door({
      method: 'put',
      path: '/api/v1/sites/{provider}',
      name: 'keepSites',
      summary: 'Say what the sites of a training provider are, all of them at once',
      about:
        'Each provider keeps its own, CAP keeps all. The courses at a site follow it when it has another name at its address; a site at which a course of this or a coming year runs is not taken out.',
      tag: 'People',
      who: (person) => can(person, 'keep-sites'),
      params: z.strictObject({ provider: code }),
      headers: overRead,
      body: z.strictObject({ sites: z.array(site).max(mostSites, `must be at most ${String(mostSites)}`) }),
      gives: { description: 'As they are now', body: sitesOfProvider, etag: true },
      problems: ['stale', 'not-found'],
      noted: true,
      handle: async ({ person, params, headers, body }) =>
        shown(given(await keepSites(services, person, { ...params, ...body }, readIn(headers)))),
    }),
  ];
}

function shown({ sites, ...kept }: KeptSites) {
  return { body: { ...kept, sites: [...sites] }, etag: kept.version };
}
