// Encrypts every payload that Temporal keeps, bound to the workflow that it is for, and turns what cannot be read into a value that every
// parser refuses.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import type { ByHand, Unreadable } from '../domain/byHand';

/** A key and the name that payloads carry, so that the right key is found again. */
export interface PayloadKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The first key encrypts; every key decrypts. To change keys, put the new one first and keep the old as long as histories live. */
export type PayloadKeys = readonly [PayloadKey, ...PayloadKey[]];

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PAYLOADS_A_TIME = 256;
const HEADER_LENGTH_BYTES = 4;

const ENCODING = 'encoding';
const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
/** The id of the workflow that a payload is for; absent where the codec endpoint encrypted what somebody typed. */
const BOUND_TO = 'encrypted-for';

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
 * The codec for clients, workers and the codec endpoint. Where the SDK says which workflow a payload is for, it is bound to that workflow:
 * copied to another it is not readable. What the codec endpoint encrypts is bound to none, and comes to a workflow as `ByHand`, with its
 * number. Asked without a workflow, as the Web UI does, `decode` opens both.
 * `decode` never throws: what is not ours becomes `{ "unreadable": code }`, because a payload that fails to decode would stop the case for good.
 */
export function payloadCodec(keys: PayloadKeys): PayloadCodec {
  const seal = sealer(keys[0]);
  const byId = new Map(keys.map((key) => [key.id, opener(key)]));
  const open = (payload: Payload, workflow: string | undefined): Payload => {
    try {
      // The types promise a payload; what arrives from outside may be none.
      if ((payload as Payload | null | undefined)?.metadata == null) return unreadable('nothing');
      if (!isEncrypted(payload)) return unreadable('not-encrypted');
      const opened = byId.get(text(payload.metadata?.[KEY_ID]))?.(payload);
      if (opened === undefined) return unreadable('unknown-key');
      if (!readableEncodings.has(text(opened.clear.metadata?.[ENCODING]))) return unreadable('unknown-encoding');
      if (workflow === undefined || opened.boundTo === workflow) return opened.clear;
      return opened.boundTo === null ? byHand(opened) : unreadable('of-another-workflow');
    } catch {
      return unreadable('altered');
    }
  };
  return {
    encode: (payloads, context) => Promise.resolve(payloads.map((payload) => seal(payload, context?.workflowId ?? null))),
    decode: (payloads, context) => Promise.resolve(payloads.map((payload) => open(payload, context?.workflowId))),
  };
}

/** Data is iv, tag, cipher text; the clear text is a header's length, the header (metadata as JSON), then the payload's data. */
function sealer({ id, key: secret }: PayloadKey): (payload: Payload, boundTo: string | null) => Payload {
  const key = createSecretKey(secret);
  const metadata = { [ENCODING]: Buffer.from(ENCRYPTED), [KEY_ID]: Buffer.from(id) };
  const nextIv = ivs();
  return (payload, boundTo) => {
    const entries = Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]);
    const header = Buffer.from(JSON.stringify(entries));
    const length = Buffer.allocUnsafe(HEADER_LENGTH_BYTES);
    length.writeUInt32BE(header.length);
    const iv = nextIv();
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(additional(id, boundTo));
    // A payload without data, such as that of `undefined`, comes from protobuf with an empty array in its place.
    const data = payload.data?.length ? payload.data : Buffer.alloc(0);
    const sealed = [cipher.update(Buffer.concat([length, header, data])), cipher.final()];
    return {
      metadata: { ...metadata, ...(boundTo === null ? {} : { [BOUND_TO]: Buffer.from(boundTo) }) },
      data: Buffer.concat([iv, cipher.getAuthTag(), ...sealed]),
    };
  };
}

/** Random bytes are asked of the system for many payloads at once: by one payload it was a sixth of what encrypting it takes. */
function ivs(): () => Buffer {
  let bytes = Buffer.alloc(0);
  let taken = 0;
  return () => {
    if (taken === bytes.length) [bytes, taken] = [randomBytes(IV_BYTES * PAYLOADS_A_TIME), 0];
    taken += IV_BYTES;
    return bytes.subarray(taken - IV_BYTES, taken);
  };
}

interface Opened {
  readonly clear: Payload;
  /** The id of the workflow that it is for. */
  readonly boundTo: string | null;
  /** The number of this encryption: random, and never used twice. */
  readonly number: string;
}

/** @throws when the data was altered, cut short, sealed with another key or for another workflow than it says */
function opener({ id, key: secret }: PayloadKey): (payload: Payload) => Opened {
  const key = createSecretKey(secret);
  return ({ metadata: outside, data }) => {
    const boundTo = outside?.[BOUND_TO] ? text(outside[BOUND_TO]) : null;
    const bytes = Buffer.from(data ?? []);
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
      .setAAD(additional(id, boundTo))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const clear = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    const bodyAt = HEADER_LENGTH_BYTES + clear.readUInt32BE(0);
    const entries = JSON.parse(clear.toString('utf8', HEADER_LENGTH_BYTES, bodyAt)) as [string, string][];
    const metadata = Object.fromEntries(entries.map(([name, value]) => [name, Buffer.from(value, 'latin1')]));
    return { clear: { metadata, data: clear.subarray(bodyAt) }, boundTo, number: iv.toString('base64url') };
  };
}

/** What is authenticated beside the data. The id of a key holds no slash, so that no two pairs come to the same. */
function additional(keyId: string, boundTo: string | null): Buffer {
  return Buffer.from(boundTo === null ? `cap-payload/2/${keyId}` : `cap-payload/2/${keyId}/${boundTo}`);
}

/** @throws when it is not JSON */
function byHand({ clear, number }: Opened): Payload {
  const typed: unknown = text(clear.metadata?.[ENCODING]) === 'binary/null' ? null : JSON.parse(text(clear.data));
  return jsonPayload({ once: number, typed } satisfies ByHand);
}

function unreadable(why: Unreadable): Payload {
  return jsonPayload({ unreadable: why });
}

function jsonPayload(value: object): Payload {
  return { metadata: { [ENCODING]: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) };
}

function text(bytes: Uint8Array | null | undefined): string {
  return ArrayBuffer.isView(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : '';
}
