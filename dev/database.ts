// What a database needs before the service can use it: migrations, then the reference data of the documents and the demo people.
import { londonDay } from '../domain/calendar';
import { applyMigrations } from '../prisma/migrate';
import { sampleReferenceData, seedPeople, seedReferenceData } from '../prisma/seed';
import { signingInAt } from './people';
import type { Log } from './plainError';

/**
 * Safe to run at every start: it changes only what is missing.
 * @param issuer the address of the OpenID issuer at which the demo people sign in, by their own ids
 */
export async function prepareDatabase(ownerUrl: string, issuer: string, log: Log): Promise<void> {
  await applyMigrations(ownerUrl, log);
  await seedReferenceData(ownerUrl, sampleReferenceData(londonDay(new Date().toISOString())));
  await seedPeople(ownerUrl, signingInAt(issuer));
}
