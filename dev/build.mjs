// Builds dist/ from the sources: Prisma's client, every TypeScript file, then the workflow bundle. No network, a few seconds.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const skipped = new Set(['node_modules', 'dist', '.git', '.data', 'test', 'coverage', 'docs', 'deploy']);

/** Newest change time below a path, in milliseconds; 0 when it is not there. */
function changedAt(path) {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name)))) : stat.mtimeMs;
  } catch {
    return 0;
  }
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

const schema = join(root, 'prisma/schema.prisma');
if (changedAt(schema) > changedAt(join(root, 'records/generated/client.ts'))) {
  // `generate` needs no schema engine, but the CLI looks for one and would download it: any existing file satisfies it.
  const made = spawnSync(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  });
  if (made.status !== 0) {
    process.stderr.write(`Prisma could not generate its client:\n${made.stdout}${made.stderr}\n`);
    process.exit(1);
  }
}

const files = sources(root);
const options = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
rmSync(dist, { recursive: true, force: true });
for (const file of files) {
  const target = join(dist, relative(root, file)).replace(/\.ts$/, '.js');
  mkdirSync(dirname(target), { recursive: true });
  const { code, map } = transformFileSync(file, { ...options, swcrc: false, sourceFileName: file });
  writeFileSync(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
  writeFileSync(`${target}.map`, map ?? '');
}

await createRequire(import.meta.url)(join(dist, 'worker/bundle.js')).bundle();
