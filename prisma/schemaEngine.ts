// Prisma's schema engine as WebAssembly, so that nothing has to be downloaded: it keeps `_prisma_migrations` as `prisma migrate deploy` does.
// Safe: `applyMigrations`, and `diff` between two datamodels. Never `createMigration`, `schemaPush`, `reset`, or a diff from a folder of
// migrations: those run their shadow steps on the database itself.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm' with { 'resolution-mode': 'import' };
import { Pool } from 'pg';

// Node has it; the types of Node 20 do not.
declare const WebAssembly: {
  instantiate(program: Buffer, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

type SafeSchemaEngine = Pick<SchemaEngine, 'applyMigrations' | 'diff'>;

/**
 * Runs work with the engine, then ends its connection, and with it the lock that it takes.
 * @param url the database, as its owner
 */
export async function withSchemaEngine<T>(url: string, work: (engine: SafeSchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= loadEngine();
  const { SchemaEngine } = await loaded;
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    return await work(
      await SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapterOf(pool))),
    );
  } finally {
    await pool.end();
  }
}

// Its glue keeps hold of one instance: a second one in the same process would read the memory of the first.
let loaded: ReturnType<typeof loadEngine> | undefined;

async function loadEngine() {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const program = createRequire(__filename).resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const imports = { './schema_engine_bg.js': { ...engine, ...patientTimers(engine) } };
  const { instance } = await WebAssembly.instantiate(await readFile(program), imports);
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return engine;
}

/** The engine leaves a timer of ten seconds behind, for a lock that it has long had: it must not keep the process. */
function patientTimers(engine: object): object {
  const names = Object.keys(engine).filter((name) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(names.map((name) => [name, (ring: () => void, ms: number) => setTimeout(ring, ms).unref()]));
}

/** The adapter cuts a script at every semicolon, the ones inside of functions too: here it goes to Postgres as it is, in one transaction. */
function adapterOf(pool: Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  };
  return factory;
}
