// The keys of the stack, made at its first start: without that which encrypts what Temporal keeps, yesterday's cases cannot be read; with that which
// signs the heads of timelines, a night is known as ours.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicKeyOf } from '../files/openNights';
import { parseKeys } from '../temporal/codec';
import { PlainError } from './plainError';

/** Where the embedded Temporal keeps its data, in the data folder of the stack. */
export const temporalFileIn = (dataDir: string): string => join(dataDir, 'temporal', 'temporal.db');

/** The setting PAYLOAD_KEYS of this data folder. Throws PlainError when Temporal's data is there and the key is not. */
export async function payloadKeysIn(dataDir: string, temporalData: string): Promise<string> {
  const path = join(dataDir, 'payload-keys');
  const before = await kept(path);
  if (before !== null) return before;
  if (existsSync(temporalData)) {
    throw new PlainError(
      `The key that Temporal's data in ${temporalData} was encrypted with is gone: bring the file ${path} back, or delete the folder ${dataDir} and start again.`,
    );
  }
  return make(path);
}

/** The setting HEADS_KEY of this data folder. Should it be lost another is made, and what was signed before no longer counts. */
export async function headsKeyIn(dataDir: string): Promise<string> {
  const path = join(dataDir, 'heads-key');
  return (await kept(path)) ?? make(path);
}

/** @returns the setting HEADS_PUBLIC_KEYS for one HEADS_KEY */
export function publicHeadsKey(headsKey: string): string {
  const [{ id, key }] = parseKeys(headsKey);
  return `${id}:${publicKeyOf(key).toString('base64')}`;
}

async function kept(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() || null;
}

async function make(path: string): Promise<string> {
  const made = `local-${randomBytes(2).toString('hex')}:${randomBytes(32).toString('base64')}`;
  await writeFile(`${path}.new`, `${made}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
}
