// Brings a database up to the schema of this release: `node dist/prisma/migrate.js`, with OWNER_DATABASE_URL. Safe to run again and beside
// another run of itself: the engine takes a lock.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrationConfig, projectRoot } from '../config';
import { withSchemaEngine } from './schemaEngine';

const folder = join(projectRoot, 'prisma/migrations');
export const functionsFolder = join(projectRoot, 'prisma/functions');

/**
 * Applies the migrations that the database lacks, in order, each as one transaction; then the SQL functions, should they have changed.
 * @param ownerUrl the database, as the role that owns it; the roles cap_api and cap_worker must exist
 * @returns the names of the migrations applied now, and 'functions' when those were
 * @throws Error with the reason when one fails; those before it stay applied
 */
export async function applyMigrations(ownerUrl: string, log: (line: string) => void): Promise<string[]> {
  const migrationsList = await readMigrations();
  const { appliedMigrationNames } = await withSchemaEngine(ownerUrl, (engine) =>
    engine.applyMigrations({ migrationsList, filters: { externalTables: [], externalEnums: [] } }),
  );
  for (const name of appliedMigrationNames) log(`Applied the migration ${name}.`);
  if (!(await applyFunctions(ownerUrl))) return appliedMigrationNames;
  log('Applied the SQL functions.');
  return [...appliedMigrationNames, 'functions'];
}

/**
 * Applies the folder of SQL functions in one transaction, unless the database has it as it is now. Its files are scripts of
 * `CREATE OR REPLACE FUNCTION`, and who may execute them where that is not everybody; a function that takes other arguments than before
 * drops its old self first (`DROP FUNCTION IF EXISTS`).
 * @returns whether they were applied now
 * @throws Error with Postgres' reason; nothing of the folder is applied then
 */
export async function applyFunctions(ownerUrl: string, from: string = functionsFolder): Promise<boolean> {
  const script = await readFunctions(from);
  const digest = createHash('sha256').update(script).digest('hex');
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN; LOCK TABLE applied_functions'); // another migration waits here, and finds them applied
    const { rowCount } = await client.query('SELECT FROM applied_functions WHERE digest = $1', [digest]);
    if (rowCount === 1) return false;
    // A function may ask for one that stands in a later file.
    await client.query(`SET LOCAL check_function_bodies = off;\n${script}`);
    await client.query('INSERT INTO applied_functions VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET digest = excluded.digest', [
      digest,
    ]);
    await client.query('COMMIT');
    return true;
  } finally {
    await client.end();
  }
}

async function readFunctions(from: string): Promise<string> {
  const names = (await readdir(from)).filter((name) => name.endsWith('.sql')).sort();
  return (await Promise.all(names.map((name) => readFile(join(from, name), 'utf8')))).join('\n');
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
