// The files of a test: in a folder of its own, looked at by the clamd that it names, or by nobody.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from '../../files/files';
import { openFiles } from '../../files/open';

export interface TestFiles {
  readonly files: Files;
  readonly folder: string;
  /** From now on files are looked at by another clamd, or by nobody. */
  useClamd(clamd: string | null): void;
  /** From now on the store is away, or back. */
  breakStore(isAway: boolean): void;
  /** What is in the folder, by name. */
  kept(): Promise<ReadonlyMap<string, Buffer>>;
  stop(): Promise<void>;
}

function goneMeanwhile(error: unknown): null {
  if ((error as { readonly code?: string }).code === 'ENOENT') return null;
  throw error;
}

export const filesKeys = [{ id: 'files-1', key: Buffer.alloc(32, 9) }] as const;

export async function testFiles(clamd: string | null = null): Promise<TestFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'cap-files-'));
  const away = join(folder, 'away');
  await writeFile(away, 'where a folder should be');
  let settings = { at: folder, clamd };
  const open = () => openFiles({ store: { folder: settings.at }, keys: filesKeys, clamd: settings.clamd });
  return {
    files: {
      keep: (...given) => open().keep(...given),
      read: (...given) => open().read(...given),
      remove: (...given) => open().remove(...given),
      typeOf: (...given) => open().typeOf(...given),
      look: (...given) => open().look(...given),
    },
    folder,
    useClamd: (address) => (settings = { ...settings, clamd: address }),
    breakStore: (isAway) => (settings = { ...settings, at: isAway ? away : folder }),
    kept: async () => {
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      const contents = found
        .filter((each) => each.isFile() && each.name !== 'away')
        .map(async ({ name, parentPath }) => [name, await readFile(join(parentPath, name)).catch(goneMeanwhile)] as const);
      return new Map((await Promise.all(contents)).flatMap(([name, content]) => (content === null ? [] : [[name, content]])));
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}
