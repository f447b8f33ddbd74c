// The files of a process, put together from its settings.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { PayloadKeys } from '../temporal/codec';
import { clamd } from './clamd';
import type { Bytes, Files, Kept, Store } from './files';
import { folderStore } from './folder';
import { s3Store, type Bucket } from './s3';
import { sealed } from './sealed';

/** Where content is kept: in a folder, or in a bucket. */
export type StoreSettings = { readonly folder: string } | { readonly bucket: Bucket };

export interface FilesSettings {
  readonly store: StoreSettings;
  readonly keys: PayloadKeys;
  /** Where clamd is; null where there is none. */
  readonly clamd: string | null;
}

export function openFiles({ store, keys, clamd: address }: FilesSettings): Files {
  const kept = sealed(openStore(store), keys);
  return {
    keep: (id, content, atMost) => keep(kept, id, content, atMost),
    read: (id) => kept.read(id),
    remove: (id) => kept.remove(id),
    typeOf,
    look: clamd(address),
  };
}

export function openStore(store: StoreSettings): Store {
  return 'folder' in store ? folderStore(store.folder) : s3Store(store.bucket);
}

class TooLarge extends Error {}

async function keep(store: Store, id: string, content: Bytes, atMost: number): Promise<Kept | 'too-large'> {
  const hash = createHash('sha256');
  let size = 0;
  const passing = async function* (): Bytes {
    for await (const part of content) {
      size += part.length;
      if (size > atMost) throw new TooLarge();
      hash.update(part);
      yield part;
    }
  };
  try {
    await store.write(id, passing());
  } catch (error) {
    if (error instanceof TooLarge) return 'too-large';
    throw error;
  }
  return { size, digest: hash.digest('hex') };
}

async function typeOf(content: Bytes): Promise<string | null> {
  const { fileTypeFromStream } = await import('file-type/node');
  const stream = Readable.from(content, { objectMode: false });
  try {
    return (await fileTypeFromStream(stream))?.mime ?? null;
  } finally {
    stream.destroy(); // it looks no further than it must
  }
}
