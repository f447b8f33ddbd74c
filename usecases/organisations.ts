// Schools and training providers are kept by CAP, with the years for which a school has the SLA.
import { readKeptOrganisations, saveOrganisation, saveSla, type KeptOrganisation } from '../records/organisations';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** Adds an organisation, or changes what is said of it. @throws DatabaseAway */
export async function keepOrganisation(
  { database, now }: Services,
  person: Person,
  given: Omit<KeptOrganisation, 'slas'>,
): Promise<KeptOrganisation | Refused> {
  const refused = mayNot(person, 'keep-directory');
  if (refused) return refused;
  const before = await organisationOf(database, person, given.code);
  if (before && before.kind !== given.kind) {
    return wrongValues({ field: 'kind', rule: 'R22', message: `${given.code} is a ${before.kind}: that stays.` });
  }
  if (given.kind === 'provider' && given.sector !== null) {
    return wrongValues({ field: 'sector', rule: 'R22', message: 'A provider is of no partnership of schools: leave it out.' });
  }
  await saveOrganisation(database, person, given, now());
  return (await organisationOf(database, person, given.code)) ?? unknown;
}

/** Says whether a school has the SLA of a year (R6). @throws DatabaseAway */
export async function keepSla(
  { database, now }: Services,
  person: Person,
  given: { readonly school: string; readonly year: string; readonly has: boolean },
): Promise<KeptOrganisation | Refused> {
  const refused = mayNot(person, 'keep-directory');
  if (refused) return refused;
  const school = await organisationOf(database, person, given.school);
  if (school?.kind !== 'school') return unknown;
  await saveSla(database, person, given, now());
  return (await organisationOf(database, person, given.school)) ?? unknown;
}

async function organisationOf(database: Services['database'], person: Person, code: string): Promise<KeptOrganisation | null> {
  return (await readKeptOrganisations(database, person)).find((each) => each.code === code) ?? null;
}

const unknown: Refused = { refused: 'not-found', message: 'There is no such organisation: look it up in the list.' };
