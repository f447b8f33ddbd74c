// Encrypts content before it is stored: AES-256-GCM in parts, so that what is read was proved before anybody sees it, and a part that is missing,
// exchanged or of another file is found. Each file has a key of its own, made of a key of FILES_KEYS, its id and a salt.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { PayloadKey, PayloadKeys } from '../temporal/codec';
import { ContentLost, type Bytes, type Store } from './files';

const cipher = 'aes-256-gcm';
const partBytes = 64 * 1024;
const tagBytes = 16;
const saltBytes = 32;

/**
 * @returns the store, with content encrypted in it. The first key encrypts, every key decrypts: a key is kept as long as files live that were
 *   written under it
 */
export function sealed(store: Store, keys: PayloadKeys): Store {
  return {
    write: (id, content) => store.write(id, seal(keys[0], id, content)),
    read: (id) => open(keys, id, store.read(id)),
    remove: (id) => store.remove(id),
  };
}

/** The head is the length of the key's id, the id, the salt; then come parts, each with its tag, the last one marked in its number. */
async function* seal(key: PayloadKey, id: string, content: Bytes): Bytes {
  const name = Buffer.from(key.id);
  const salt = randomBytes(saltBytes);
  const own = keyOf(key, salt, id);
  yield Buffer.concat([Buffer.of(name.length), name, salt]);
  for await (const { part, number, isLast } of partsOf(content, partBytes)) {
    const encrypting = createCipheriv(cipher, own, numbered(number, isLast), { authTagLength: tagBytes });
    yield Buffer.concat([encrypting.update(part), encrypting.final(), encrypting.getAuthTag()]);
  }
}

async function* open(keys: PayloadKeys, id: string, kept: Bytes): Bytes {
  const reader = readerOf(kept);
  try {
    const [length = 0] = await reader.exactly(1);
    const name = (await reader.exactly(length)).toString();
    const salt = await reader.exactly(saltBytes);
    const key = keys.find((each) => each.id === name);
    if (!key) throw new ContentLost('The key is not here that the content was written under.');
    const own = keyOf(key, salt, id);
    for await (const part of partsOf(reader.rest(), partBytes + tagBytes)) yield opened(own, part);
  } finally {
    await reader.close();
  }
}

function opened(key: Buffer, { part, number, isLast }: Part): Buffer {
  if (part.length < tagBytes) throw new ContentLost('The content is cut short.');
  const decrypting = createDecipheriv(cipher, key, numbered(number, isLast), { authTagLength: tagBytes });
  decrypting.setAuthTag(part.subarray(-tagBytes));
  const clear = decrypting.update(part.subarray(0, -tagBytes));
  try {
    return Buffer.concat([clear, decrypting.final()]);
  } catch (error) {
    throw new ContentLost('The content was altered or cut short.', { cause: error });
  }
}

function keyOf({ key }: PayloadKey, salt: Uint8Array, id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, `cap-file/1/${id}`, 32));
}

/** The number of a part as the nonce of its encryption: under a key of its own it never comes twice. */
function numbered(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

interface Part {
  readonly part: Buffer;
  readonly number: number;
  readonly isLast: boolean;
}

/** Content in parts of one size, of which the last may be smaller; of empty content one empty part. */
async function* partsOf(content: Bytes, size: number): AsyncGenerator<Part> {
  let had = Buffer.alloc(0);
  let number = 0;
  for await (const bytes of content) {
    had = Buffer.concat([had, bytes]);
    // What is left may be the last part, which is known once the content has ended.
    while (had.length > size) {
      yield { part: had.subarray(0, size), number: number++, isLast: false };
      had = had.subarray(size);
    }
  }
  yield { part: had, number, isLast: true };
}

function readerOf(content: Bytes) {
  const source = content[Symbol.asyncIterator]();
  let had = Buffer.alloc(0);
  const next = async (): Promise<Uint8Array | null> => {
    const step = await source.next();
    return step.done ? null : step.value;
  };
  return {
    exactly: async (length: number): Promise<Buffer> => {
      while (had.length < length) {
        const bytes = await next();
        if (bytes === null) throw new ContentLost('The content is cut short.');
        had = Buffer.concat([had, bytes]);
      }
      const wanted = had.subarray(0, length);
      had = had.subarray(length);
      return wanted;
    },
    rest: async function* (): AsyncGenerator<Uint8Array> {
      yield had;
      for (let bytes = await next(); bytes !== null; bytes = await next()) yield bytes;
    },
    close: async () => {
      await source.return?.();
    },
  };
}
