// Schools and training providers are kept by CAP, with the years for which a school has the SLA.
import { isSameCode } from '../domain/words';
import {
  readKeptOrganisations,
  saveOrganisation,
  saveSla,
  type KeptOrganisation,
  type OrganisationGiven,
} from '../records/organisations';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { unlessOvertaken, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/**
 * Adds an organisation, or changes what is said of it.
 * @param read the version that was read, over which nobody else's change is written; null when that is not said
 * @throws DatabaseAway
 */
export async function keepOrganisation(
  { database, now }: Services,
  person: Person,
  given: OrganisationGiven,
  read: number | null,
): Promise<KeptOrganisation | Refused> {
  const refused = mayNot(person, 'keep-directory');
  if (refused) return refused;
  const { code, kind, sector, address } = given;
  const saved = await saveOrganisation(database, person, given, { read, at: now() }, (before, all): Refused | null => {
    if (all.some((each) => each.code !== code && isSameCode(each.code, code))) {
      return wrongValues({ field: 'code', rule: 'R22', message: 'An organisation has this code: take another.' });
    }
    if (before && before.kind !== kind) {
      return wrongValues({ field: 'kind', rule: 'R22', message: `${code} is a ${before.kind}: that stays.` });
    }
    if (kind === 'provider' && address !== null) {
      return wrongValues({ field: 'address', rule: 'R107', message: 'The addresses of a provider are those of its sites.' });
    }
    return kind === 'provider' && sector !== null
      ? wrongValues({ field: 'sector', rule: 'R22', message: 'A provider is of no partnership of schools: leave it out.' })
      : null;
  });
  return unlessOvertaken(saved) ?? organisationOf(database, person, code);
}

/** Says whether a school has the SLA of a year (R6). @param read as for `keepOrganisation` @throws DatabaseAway */
export async function keepSla(
  { database, now }: Services,
  person: Person,
  given: { readonly school: string; readonly year: string; readonly has: boolean },
  read: number | null,
): Promise<KeptOrganisation | Refused> {
  const refused = mayNot(person, 'keep-directory');
  if (refused) return refused;
  const saved = await saveSla(database, person, given, { read, at: now() }, (school) => (school ? null : unknown));
  return unlessOvertaken(saved) ?? organisationOf(database, person, given.school);
}

async function organisationOf(database: Services['database'], person: Person, code: string): Promise<KeptOrganisation | Refused> {
  return (await readKeptOrganisations(database, person)).find((each) => each.code === code) ?? unknown;
}

const unknown: Refused = { refused: 'not-found', message: 'There is no such organisation: look it up in the list.' };
