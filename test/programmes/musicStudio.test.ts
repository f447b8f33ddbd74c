// A new programme, or a new year of one, is one file and one line: a made-up programme is added so to a copy of the sources, which is then built
// and run as it is.
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../config';
import type { CaseState, Wait } from '../../domain/state';

jest.setTimeout(240_000);

const run = promisify(execFile);
const left = new Set(['node_modules', 'dist', '.git', '.data', '.ci', 'test', 'docs', 'coverage']);
let tree: string;
const node = (...args: readonly string[]) => run(process.execPath, args, { cwd: tree });

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'cap-programme-'));
  await cp(projectRoot, tree, {
    recursive: true,
    preserveTimestamps: true,
    filter: (from) => !left.has(from.slice(projectRoot.length + 1)),
  });
  await symlink(join(projectRoot, 'node_modules'), join(tree, 'node_modules'));
  const value = await readFile(join(__dirname, 'musicStudio.ts'), 'utf8');
  await writeFile(join(tree, 'domain/programmes/musicStudio.ts'), value.replaceAll("'../../domain/", "'../"));
  await appendFile(join(tree, 'domain/programmes/listed.ts'), "export * from './musicStudio';\n");
  // Who tells its life stands beside the sources, at the depth at which it stands here: the build leaves tests out.
  await cp(join(projectRoot, 'test/support'), join(tree, 'told/support'), { recursive: true });
  await cp(join(__dirname, 'life.ts'), join(tree, 'told/programmes/life.ts'));
});
afterAll(() => rm(tree, { recursive: true, force: true }));

test('with one file and one line more the types of the whole service hold', async () => {
  await expect(node('node_modules/typescript/bin/tsc', '--noEmit')).resolves.toMatchObject({ stdout: '' });
});

interface Life {
  readonly offered: readonly string[];
  readonly placed: CaseState;
  readonly record: { readonly state: CaseState; readonly waits: readonly Wait[] };
  readonly shown: unknown;
  readonly retold: CaseState;
  readonly told: readonly string[];
}

test('a made-up programme is lived on the real engine and database from submission to its own exit, by one file and one line', async () => {
  await node('dev/build.mjs');
  const { stdout } = await node('dist/told/programmes/life.js');
  const life = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Life;
  expect(life.offered).toHaveLength(8);
  expect(life.offered).toContain('music-studio');
  const { position } = life.placed;
  expect(position).toMatchObject({ stage: 'placement', schoolWeeks: 3, host: 'provider:TP-ONE' });
  expect(life.record.state).toMatchObject({
    programme: 'music-studio@2026-27',
    position: { stage: 'closed', because: 'post-16' },
  });
  expect(life.shown).toEqual(life.record);
  expect(life.retold).toEqual(life.record.state);
  expect(life.told).toEqual(expect.arrayContaining(['panel outcome', 'accepted: confirm the start date', 'placement ended']));
});
