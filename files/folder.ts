// Content in a folder: one file each, under its id, in one of 256 folders.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ContentLost, FilesAway, type Bytes, type Store } from './files';

/** @param folder it is made when something is first written; several processes may share it */
export function folderStore(folder: string): Store {
  const pathOf = (id: string) => {
    if (!/^[\w-]{8,64}$/.test(id)) throw new Error('This is no id of a file.');
    return join(folder, id.slice(0, 2), id);
  };
  return {
    write: async (id, content) => {
      const path = pathOf(id);
      const unfinished = `${path}.new`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await pipeline(content, createWriteStream(unfinished, { mode: 0o600, flush: true }));
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        throw ofDisk(error);
      }
    },
    read: (id) => readFrom(pathOf(id)),
    remove: async (id) => {
      try {
        await Promise.all([rm(pathOf(id), { force: true }), rm(`${pathOf(id)}.new`, { force: true })]);
      } catch (error) {
        throw ofDisk(error);
      }
    },
  };
}

async function* readFrom(path: string): Bytes {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new ContentLost('There is no such content.', { cause: error });
    throw ofDisk(error);
  }
}

const has = (error: unknown, name: string): error is Readonly<Record<string, unknown>> =>
  typeof error === 'object' && error !== null && name in error;

const codeOf = (error: unknown) => (has(error, 'code') ? error['code'] : undefined);

/** What the system says of its disk becomes FilesAway; everything else stays what it is. */
function ofDisk(error: unknown): unknown {
  return has(error, 'syscall') ? new FilesAway('The folder of files cannot be used.', { cause: error }) : error;
}
