// The sites of training providers, kept by each for itself and by CAP for all; each change is written down.
import type { Overtaken } from '../domain/edits';
import type { Actor } from '../domain/facts';
import { newNames, type CourseAtSite, type Site } from '../domain/sites';
import { coursesAtSites, lockCourses, renameSites } from './courses';
import type { Connection, Database } from './database';
import { edit, versionOf, type Over } from './edits';
import { Prisma } from './generated/client';

export interface KeptSites {
  readonly provider: string;
  readonly name: string;
  readonly sites: readonly Site[];
  /** Of the whole list; 0 for who does not keep it. */
  readonly version: number;
}

/** The row-level security of edits knows it by this name: a provider reads its own. */
const whatOf = (provider: string) => `sites of ${provider}`;

/** @returns the sites of a provider; null where there is no such provider, or for those who may not read it. @throws DatabaseAway */
export function readSites(db: Database, actor: Actor, provider: string): Promise<KeptSites | null> {
  return db.asActor(actor, async (connection) => {
    const [found] = await connection.$queryRaw<KeptSites[]>`
      SELECT code AS provider, name, ${sitesOf(Prisma.sql`organisations.code`)} AS sites, ${versionOf(Prisma.sql`${whatOf(provider)}`)} AS version
      FROM organisations WHERE kind = 'provider' AND code = ${provider}`;
    return found ?? null;
  });
}

/** @param provider its code, as a part of a query @returns the part that is its sites, in their order */
export function sitesOf(provider: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('name', site.name, 'address', site.address, 'telephone', telephone) ORDER BY position), '[]')
    FROM provider_sites AS site WHERE site.provider = ${provider})`;
}

/**
 * Says what all the sites of a provider are, in their order; its courses follow those that have a new name. For CAP and the provider itself.
 * @param judge what stands against it: the names that no longer stand for their site, and the courses that name one, of every year
 * @returns what stands against it; null when it is saved
 * @throws DatabaseAway
 */
export function saveSites<P>(
  db: Database,
  actor: Actor,
  { provider, sites }: Pick<KeptSites, 'provider' | 'sites'>,
  over: Over,
  judge: (names: ReturnType<typeof newNames>, courses: readonly CourseAtSite[]) => P | null,
): Promise<P | Overtaken | null> {
  const namesAfter = (before: Pick<KeptSites, 'sites'> | null) => newNames(before?.sites ?? [], sites);
  return edit<Pick<KeptSites, 'sites'>, P>(db, actor, {
    ...{ what: whatOf(provider), said: { sites }, ...over },
    find: async (connection) => {
      await lockCourses(connection);
      const [found] = await connection.$queryRaw<Pick<KeptSites, 'sites'>[]>`SELECT ${sitesOf(Prisma.sql`${provider}`)} AS sites`;
      return found ?? null;
    },
    judge: async (before, connection) => judge(namesAfter(before), await coursesAtSites(connection, provider)),
    write: async (connection, before) => {
      await write(connection, provider, sites);
      await renameSites(connection, { at: over.at, person: actor.person, provider, names: namesAfter(before) });
    },
  });
}

async function write(connection: Connection, provider: string, sites: readonly Site[]): Promise<void> {
  await connection.$executeRaw`DELETE FROM provider_sites WHERE provider = ${provider}`;
  for (const [position, { name, address, telephone }] of sites.entries()) {
    await connection.$executeRaw`
      INSERT INTO provider_sites (provider, position, name, address, telephone)
      VALUES (${provider}, ${position}, ${name}, ${address}, ${telephone})`;
  }
}
