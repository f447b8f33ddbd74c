// Brings a database up to the schema of this release: `node dist/prisma/migrate.js`, with OWNER_DATABASE_URL. Safe to run again and beside
// another run of itself: the engine takes a lock.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationConfig, projectRoot } from '../config';
import { withSchemaEngine } from './schemaEngine';

const folder = join(projectRoot, 'prisma/migrations');

/**
 * Applies the migrations that the database lacks, in order, each as one transaction.
 * @param ownerUrl the database, as the role that owns it; the roles cap_api and cap_worker must exist
 * @returns the names of those applied now
 * @throws Error with the engine's reason when one fails; those before it stay applied
 */
export async function applyMigrations(ownerUrl: string, log: (line: string) => void): Promise<string[]> {
  const migrationsList = await readMigrations();
  const { appliedMigrationNames } = await withSchemaEngine(ownerUrl, (engine) =>
    engine.applyMigrations({ migrationsList, filters: { externalTables: [], externalEnums: [] } }),
  );
  for (const name of appliedMigrationNames) log(`Applied the migration ${name}.`);
  return appliedMigrationNames;
}

async function readMigrations() {
  const names = (await readdir(folder, { withFileTypes: true }))
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort();
  const scripts = names.map(async (path) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(join(folder, path, 'migration.sql'), 'utf8') },
    },
  }));
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: await readFile(join(folder, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(scripts),
  };
}

if (require.main === module) {
  applyMigrations(migrationConfig().ownerDatabaseUrl, console.log).then(
    (applied) => {
      if (applied.length === 0) console.log('The database is up to date.');
      process.exit();
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
