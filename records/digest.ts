// Digests of what people write: salted, so that a digest which stays in the timeline gives nothing away once the words are erased.
import { createHash, randomBytes } from 'node:crypto';

/** Words and the salt that they are digested with: both are erased together. */
export interface Salted {
  readonly salt: string;
  /** SHA-256 in hex over the salt and the value as JSON with its keys in order. */
  readonly digest: string;
}

/** @returns a digest of a value under a salt of its own. */
export function salted(value: unknown): Salted {
  const salt = randomBytes(16).toString('hex');
  return { salt, digest: digestOf(salt, value) };
}

/** @returns the digest of a value under a known salt; '' is the salt of a command without words. */
export function digestOf(salt: string, value: unknown): string {
  return createHash('sha256')
    .update(`${salt}\n${inOrder(value)}`)
    .digest('hex');
}

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${inOrder(each)}`).join(',')}}`;
}
