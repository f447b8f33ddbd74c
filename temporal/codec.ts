// Encrypts every payload that Temporal keeps, and turns what cannot be read into a value that every parser refuses.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';

/** A key and the name that payloads carry, so that the right key is found again. */
export interface PayloadKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The first key encrypts; every key decrypts. To change keys, put the new one first and keep the old as long as histories live. */
export type PayloadKeys = readonly [PayloadKey, ...PayloadKey[]];

/** Why a payload could not be read; found as `{ "unreadable": code }` in place of the value. */
export type Unreadable = 'nothing' | 'not-encrypted' | 'unknown-key' | 'altered' | 'unknown-encoding';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_LENGTH_BYTES = 4;

const ENCODING = 'encoding';
const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';

/** What the SDK's default converter reads; it throws at any other encoding, which would stop the case. */
const readableEncodings: ReadonlySet<string> = new Set(['json/plain', 'binary/null', 'binary/plain']);

/**
 * Reads the setting PAYLOAD_KEYS: `<id>:<base64 of 32 bytes>`, several separated by commas.
 * @throws Error that names the setting and the position of the faulty key, never any part of its text
 */
export function parseKeys(text: string): PayloadKeys {
  const ids = new Set<string>();
  const keys = text.split(',').map((entry, index): PayloadKey => {
    const wrong = (what: string) =>
      new Error(`PAYLOAD_KEYS: key ${String(index + 1)} ${what}; each is <id>:<base64 of ${String(KEY_BYTES)} bytes>`);
    const [, id, base64] = /^([\w.-]{1,64}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry.trim()) ?? [];
    if (id === undefined || base64 === undefined) throw wrong('is not of that form');
    const key = Buffer.from(base64, 'base64');
    if (key.length !== KEY_BYTES) throw wrong(`is not ${String(KEY_BYTES)} bytes`);
    if (ids.has(id)) throw wrong('has the id of an earlier key');
    ids.add(id);
    return { id, key };
  });
  const [first, ...others] = keys;
  if (first === undefined) throw new Error('PAYLOAD_KEYS is empty');
  return [first, ...others];
}

/** Whether this payload says that our codec made it; nothing is proved until it has been decoded. */
export function isEncrypted(payload: Payload): boolean {
  return text(payload.metadata?.[ENCODING]) === ENCRYPTED;
}

/**
 * The codec for clients, workers and the codec endpoint. `decode` never throws: what is not ours becomes
 * `{ "unreadable": code }`, because a payload that fails to decode would stop the case for good.
 */
export function payloadCodec(keys: PayloadKeys): PayloadCodec {
  const newest = sealer(keys[0]);
  const byId = new Map(keys.map((key) => [key.id, opener(key)]));
  const open = (payload: Payload): Payload => {
    try {
      // The types promise a payload; what arrives from outside may be none.
      if ((payload as Payload | null | undefined)?.metadata == null) return unreadable('nothing');
      if (!isEncrypted(payload)) return unreadable('not-encrypted');
      const opened = byId.get(text(payload.metadata?.[KEY_ID]))?.(payload.data);
      if (opened === undefined) return unreadable('unknown-key');
      return readableEncodings.has(text(opened.metadata?.[ENCODING])) ? opened : unreadable('unknown-encoding');
    } catch {
      return unreadable('altered');
    }
  };
  return {
    encode: (payloads) => Promise.resolve(payloads.map(newest)),
    decode: (payloads) => Promise.resolve(payloads.map(open)),
  };
}

/** Data is iv, tag, cipher text; the clear text is a header's length, the header (metadata as JSON), then the payload's data. */
function sealer({ id, key: secret }: PayloadKey): (payload: Payload) => Payload {
  const key = createSecretKey(secret);
  const additional = boundTo(id);
  const metadata = { [ENCODING]: Buffer.from(ENCRYPTED), [KEY_ID]: Buffer.from(id) };
  return (payload) => {
    const entries = Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]);
    const header = Buffer.from(JSON.stringify(entries));
    const length = Buffer.allocUnsafe(HEADER_LENGTH_BYTES);
    length.writeUInt32BE(header.length);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(additional);
    // A payload without data, such as that of `undefined`, comes from protobuf with an empty array in its place.
    const data = payload.data?.length ? payload.data : Buffer.alloc(0);
    const sealed = [cipher.update(length), cipher.update(header), cipher.update(data), cipher.final()];
    return { metadata: { ...metadata }, data: Buffer.concat([iv, cipher.getAuthTag(), ...sealed]) };
  };
}

/** @throws when the data was altered, cut short, or sealed with another key */
function opener({ id, key: secret }: PayloadKey): (data: Uint8Array | null | undefined) => Payload {
  const key = createSecretKey(secret);
  const additional = boundTo(id);
  return (data) => {
    const bytes = Buffer.from(data ?? []);
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(additional)
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const clear = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    const bodyAt = HEADER_LENGTH_BYTES + clear.readUInt32BE(0);
    const entries = JSON.parse(clear.toString('utf8', HEADER_LENGTH_BYTES, bodyAt)) as [string, string][];
    const metadata = Object.fromEntries(entries.map(([name, value]) => [name, Buffer.from(value, 'latin1')]));
    return { metadata, data: clear.subarray(bodyAt) };
  };
}

function boundTo(keyId: string): Buffer {
  return Buffer.from(`cap-payload/1/${keyId}`);
}

function unreadable(why: Unreadable): Payload {
  return { metadata: { [ENCODING]: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify({ unreadable: why })) };
}

function text(bytes: Uint8Array | null | undefined): string {
  return ArrayBuffer.isView(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : '';
}
