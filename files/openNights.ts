// Signed nights in a store of their own: the text of a night, and under it a line with its signature (Ed25519), as any tool can check it.
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { nightReference, nightText, readNight, type Night } from '../domain/nights';
import type { PayloadKey, PayloadKeys } from '../temporal/codec';
import { ContentLost, type Store } from './files';
import type { NightKept, Nights, NightsToSign, SignedNight } from './nights';
import { openStore, type StoreSettings } from './open';

export interface NightsSettings {
  readonly store: StoreSettings;
  /** Public keys, each of 32 bytes: those of nights long ago too, for whose nights hold as long as their key is known. */
  readonly publicKeys: PayloadKeys;
}

/** @returns the nights of a store, to be read */
export function openNights({ store, publicKeys }: NightsSettings): Nights {
  const kept = openStore(store);
  return {
    place: 'folder' in store ? `the folder ${store.folder}` : `the bucket ${store.bucket.url}`,
    read: async (night) => {
      const content = await textOf(kept, nightReference(night));
      if (content === null) return { fault: 'missing' };
      const read = opened(content, publicKeys);
      return 'fault' in read || read.night === night ? read : { fault: 'altered' };
    },
  };
}

/** @returns the same, to be signed too. @param key of 32 bytes, whose public key is among those of the settings */
export function openNightsToSign(settings: NightsSettings, key: PayloadKey): NightsToSign {
  const kept = openStore(settings.store);
  return {
    ...openNights(settings),
    sign: async (night) => {
      const text = nightText(night);
      const line = `${signedBy} ${key.id} ${sign(null, Buffer.from(text), privateKey(key.key)).toString('base64')}\n`;
      await kept.write(nightReference(night.night), once(Buffer.from(text + line)));
      return { ...night, digest: digestOf(text), key: key.id };
    },
  };
}

/** @returns the public key of 32 bytes that belongs to a key of 32 bytes */
export function publicKeyOf(key: Uint8Array): Buffer {
  return createPublicKey(privateKey(key)).export({ format: 'der', type: 'spki' }).subarray(-32);
}

const signedBy = 'signed';

// What stands before the 32 bytes of an Ed25519 key in the forms of RFC 8410.
const privateForm = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicForm = Buffer.from('302a300506032b6570032100', 'hex');

const privateKey = (key: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privateForm, key]), format: 'der', type: 'pkcs8' });

const publicKey = (key: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicForm, key]), format: 'der', type: 'spki' });

function opened(content: string, keys: PayloadKeys): NightKept {
  const at = content.lastIndexOf('\n', content.length - 2) + 1;
  const [text, line] = [content.slice(0, at), content.slice(at).trimEnd()];
  const [first, id, signature = ''] = line.split(' ');
  const night: Night | null = readNight(text);
  if (first !== signedBy || night === null) return { fault: 'altered' };
  const key = keys.find((each) => each.id === id);
  if (!key) return { fault: 'unknown-key' };
  if (!verify(null, Buffer.from(text), publicKey(key.key), Buffer.from(signature, 'base64'))) return { fault: 'altered' };
  return { ...night, digest: digestOf(text), key: key.id } satisfies SignedNight;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What was kept under an id; null where there is nothing. */
async function textOf(store: Store, id: string): Promise<string | null> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of store.read(id)) parts.push(part);
  } catch (error) {
    if (error instanceof ContentLost) return null;
    throw error;
  }
  return Buffer.concat(parts).toString();
}

// eslint-disable-next-line @typescript-eslint/require-await -- a store takes content as it comes
async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
