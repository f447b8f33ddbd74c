// Encrypts what is kept beside a session, in Postgres or in a cookie, with keys of its own that are derived from those of the service.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** @param about what it belongs to: it opens as that alone */
  seal(value: unknown, about: string): string;
  /** @returns null for what was not sealed here, or as something else */
  open(sealed: string, about: string): unknown;
  /** @returns what stands for a value in records and logs, and does not give it away: 32 characters */
  digest(value: string): string;
  /** Signs cookies: the first signs, all are believed. */
  readonly signing: readonly string[];
}

const nonceBytes = 12;
const tagBytes = 16;

/** @param keys of the service, at least one; the first seals, all open */
export function sealedBy(keys: readonly Uint8Array[]): Seal {
  const derived = (use: string) => keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', `cap-casework ${use}`, 32)));
  const sealing = derived('sealed with sessions');
  const [first] = sealing;
  const [digesting] = derived('digests of sessions');
  if (!first || !digesting) throw new Error('There is no key to seal with');
  return {
    seal: (value, about) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const key of sealing) {
        const text = openedWith(key, bytes, about);
        if (text !== null) return JSON.parse(text) as unknown;
      }
      return null;
    },
    digest: (value) => createHmac('sha256', digesting).update(value).digest('hex').slice(0, 32),
    signing: derived('signatures of cookies').map((key) => key.toString('base64url')),
  };
}

function openedWith(key: Buffer, bytes: Buffer, about: string): string | null {
  if (bytes.length < nonceBytes + tagBytes) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
