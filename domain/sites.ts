// Where a training provider takes its students: its sites, in its order, each known by its name. Schools are at their one address.
import type { Problem } from './problem';
import type { Host } from './words';

export interface Site {
  readonly name: string;
  readonly address: string;
  /** Of the site itself, where it has one. */
  readonly telephone: string | null;
}

/** How many a provider names. */
export const mostSites = 6;

/** @returns the party that keeps the sites of a provider, beside CAP */
export function keeperOfSites(provider: string): Host {
  return `provider:${provider}`;
}

/** @returns the site of that name, in whatever letters and spaces it is written; null where there is none */
export function siteNamed<S extends Pick<Site, 'name'>>(name: string, sites: readonly S[]): S | null {
  return sites.find((site) => site.name === name) ?? sites.find((site) => isAlike(site.name, name)) ?? null;
}

/**
 * Where a student goes: to the site that the course names, else to the only one that the provider has (R107).
 * @returns null where it is not known which of them it is
 */
export function siteOf(named: string | null, sites: readonly Site[]): Site | null {
  if (named !== null) return siteNamed(named, sites);
  return sites.length === 1 ? (sites[0] ?? null) : null;
}

/**
 * What became of the names of sites when a provider says anew what its sites are. A site is known again by its name or by its address; where the two are
 * those of two sites it is not.
 * @returns for each name that no longer stands for its site the new one; null where it is not known
 */
export function newNames(before: readonly Site[], after: readonly Site[]): Readonly<Record<string, string | null>> {
  const at = (sites: readonly Site[], address: string) => sites.filter((site) => isAlike(site.address, address));
  const names = before.map(({ name, address }): [string, string | null] => {
    const [there = null, ...others] = at(after, address);
    const moved = others.length === 0 && at(before, address).length === 1 ? there : null;
    const named = siteNamed(name, after);
    return [name, named && moved && named !== moved ? null : ((named ?? moved)?.name ?? null)];
  });
  return Object.fromEntries(names.filter(([name, now]) => name !== now));
}

/** A course that names a site of its provider. */
export interface CourseAtSite {
  readonly academicYear: string;
  readonly title: string;
  readonly site: string;
}

/** @returns why sites stay as they are: a course of this year or of a coming one runs at one, and it would not be known where (R107) */
export function dependsOnSite(
  names: ReturnType<typeof newNames>,
  courses: readonly CourseAtSite[],
  thisYear: string,
): Problem | null {
  const there = courses.filter(({ academicYear, site }) => academicYear >= thisYear && names[site] === null);
  const [first] = there;
  if (first === undefined) return null;
  const others = there.filter(({ site }) => site === first.site).length - 1;
  const more = others === 0 ? '' : `, and so ${others === 1 ? 'does' : 'do'} ${String(others)} more`;
  const stays = `${first.site} stays: ${first.title} of ${first.academicYear} runs there${more}.`;
  const message = `${stays} First CAP says in the directory where it runs instead. To give a site another name, leave its address as it is.`;
  return { field: 'sites', rule: 'R107', message };
}

function isAlike(one: string, other: string): boolean {
  const written = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return written(one) === written(other);
}
