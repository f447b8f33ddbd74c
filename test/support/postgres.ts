// A real Postgres for a test file, thrown away afterwards: migrated, with the reference data and the sample people.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chmod } from 'node:fs/promises';
import { prepareDatabase } from '../../dev/database';
import { freePort } from '../../dev/ports';
import { startPostgres, type Role } from '../../dev/postgres';

export interface TestDatabase {
  urlFor(role: Role): string;
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

const quiet = () => undefined;

export async function testDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cap-postgres-'));
  await chmod(dataDir, 0o711); // Postgres runs as another user where the tests run as root
  const server = await startPostgres({ dataDir, port: await freePort(), log: quiet, throwaway: true });
  await prepareDatabase(server.urlFor('cap_owner'), quiet);
  return {
    urlFor: (role) => server.urlFor(role),
    superuserUrl: server.superuserUrl,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
