// What a database needs before the service can use it: migrations, then the reference data of the documents and the demo people.
import { londonDay } from '../domain/calendar';
import { applyMigrations } from '../prisma/migrate';
import { sampleReferenceData, seedPeople, seedReferenceData } from '../prisma/seed';
import { demoPeople } from './people';
import type { Log } from './plainError';

/** Safe to run at every start: it changes only what is missing. */
export async function prepareDatabase(ownerUrl: string, log: Log): Promise<void> {
  await applyMigrations(ownerUrl, log);
  await seedReferenceData(ownerUrl, sampleReferenceData(londonDay(new Date().toISOString())));
  await seedPeople(ownerUrl, demoPeople);
}
