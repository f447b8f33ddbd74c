// The sites of training providers are said by each provider for itself, and by CAP for all.
import { academicYearOf, londonDay } from '../domain/calendar';
import { dependsOnSite, keeperOfSites, siteNamed, type Site } from '../domain/sites';
import { readSites, saveSites, type KeptSites } from '../records/sites';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { unlessOvertaken, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** @returns the sites of a provider. @throws DatabaseAway */
export async function findSites(
  { database }: Pick<Services, 'database'>,
  person: Person,
  provider: string,
): Promise<KeptSites | Refused> {
  return (await readSites(database, person, provider)) ?? unknown;
}

/**
 * Says what all the sites of a provider are, in their order. Its courses follow a site that has a new name; one that they name is not taken out.
 * @param read the version that was read, over which nobody else's change is written; null when that is not said
 * @throws DatabaseAway
 */
export async function keepSites(
  { database, now }: Services,
  person: Person,
  { provider, sites }: { readonly provider: string; readonly sites: readonly Site[] },
  read: number | null,
): Promise<KeptSites | Refused> {
  const refused = mayNot(person, 'keep-sites', keeperOfSites(provider));
  if (refused) return refused;
  if ((await readSites(database, person, provider)) === null) return unknown;
  const twice = sites.findIndex(({ name }, index) => siteNamed(name, sites.slice(0, index)) !== null);
  if (twice >= 0) {
    return wrongValues({ field: `sites.${String(twice)}.name`, rule: 'R107', message: 'Another site has this name already.' });
  }
  const at = now();
  const saved = await saveSites(database, person, { provider, sites }, { read, at }, (names, courses): Refused | null => {
    const problem = dependsOnSite(names, courses, academicYearOf(londonDay(at)));
    return problem && wrongValues(problem);
  });
  return unlessOvertaken(saved) ?? findSites({ database }, person, provider);
}

const unknown: Refused = { refused: 'not-found', message: 'There is no such provider: look it up in the list of providers.' };
