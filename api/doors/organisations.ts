// Schools and training providers, kept by CAP inside the service.
import { z } from 'zod';
import { can } from '../../domain/permissions';
import { sectors } from '../../domain/words';
import { readKeptOrganisations, type KeptOrganisation } from '../../records/organisations';
import type { Person } from '../../records/types';
import { keepOrganisation, keepSla } from '../../usecases/organisations';
import { door, type Door } from '../door';
import { given } from '../problems';
import { academicYear, code, emailAddress, overRead, postalAddress, readIn, version } from '../schemas';
import type { Services } from '../services';

const said = {
  kind: z.enum(['school', 'provider']),
  sector: z.enum(sectors).nullable().meta({ description: 'Of a school: its partnership (R22)' }),
  name: z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters'),
  email: emailAddress.meta({ description: 'Where its e-mails go' }),
  urn: z
    .string()
    .refine((text) => /^\d{6}$/.test(text), { message: 'URN: write its six digits, or leave it out.', params: { rule: 'R22' } })
    .nullable()
    .meta({ description: 'Where it is registered' }),
  ukprn: z
    .string()
    .refine((text) => /^\d{8}$/.test(text), {
      message: 'UKPRN: write its eight digits, or leave it out.',
      params: { rule: 'R22' },
    })
    .nullable(),
  address: postalAddress.nullable().meta({ description: 'Of a school; those of a provider are its sites' }),
};

const organisation = z
  .strictObject({ code: z.string(), ...said, email: z.string(), slas: z.array(z.string()), version })
  .meta({ id: 'KeptOrganisation' });

export const listOfOrganisations = z.strictObject({ organisations: z.array(organisation) });
export const oneOrganisation = z.strictObject({ organisation });

const keeps = (person: Person) => can(person, 'keep-directory');

export function organisationDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/organisations',
      name: 'organisations',
      summary: 'Every school and provider, as CAP keeps them',
      tag: 'People',
      who: (person) => can(person, 'see-people'),
      gives: { description: 'By name', body: listOfOrganisations },
      handle: async ({ person }) => ({ body: { organisations: await readKeptOrganisations(services.database, person) } }),
    }),
    door({
      method: 'put',
      path: '/api/v1/organisations/{code}',
      name: 'keepOrganisation',
      summary: 'Add a school or a provider, or change what is said of it',
      tag: 'People',
      who: keeps,
      params: z.strictObject({ code }),
      headers: overRead,
      body: z.strictObject(said),
      gives: { description: 'The organisation', body: oneOrganisation, etag: true },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params, headers, body }) =>
        shown(given(await keepOrganisation(services, person, { ...params, ...body }, readIn(headers)))),
    }),
    door({
      method: 'put',
      path: '/api/v1/organisations/{code}/slas/{academicYear}',
      name: 'keepSla',
      summary: 'Say whether a school has the Service Level Agreement of a year',
      tag: 'People',
      who: keeps,
      params: z.strictObject({ code, academicYear }),
      headers: overRead,
      body: z.strictObject({ has: z.boolean() }),
      gives: { description: 'The school; its version counts its years too', body: oneOrganisation, etag: true },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params, headers, body }) => {
        const said = { school: params.code, year: params.academicYear, has: body.has };
        return shown(given(await keepSla(services, person, said, readIn(headers))));
      },
    }),
  ];
}

function shown(organisation: KeptOrganisation) {
  return { body: { organisation }, etag: organisation.version };
}
