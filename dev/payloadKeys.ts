// The key that encrypts what Temporal keeps, made at the first start: without it, yesterday's cases cannot be read.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from './plainError';

/** Where the embedded Temporal keeps its data, in the data folder of the stack. */
export const temporalFileIn = (dataDir: string): string => join(dataDir, 'temporal', 'temporal.db');

/** The setting PAYLOAD_KEYS of this data folder. Throws PlainError when Temporal's data is there and the key is not. */
export async function payloadKeysIn(dataDir: string, temporalData: string): Promise<string> {
  const path = join(dataDir, 'payload-keys');
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before?.trim()) return before.trim();
  if (existsSync(temporalData)) {
    throw new PlainError(
      `The key that Temporal's data in ${temporalData} was encrypted with is gone: bring the file ${path} back, or delete the folder ${dataDir} and start again.`,
    );
  }
  const made = `local-1:${randomBytes(32).toString('base64')}`;
  await writeFile(`${path}.new`, `${made}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
}
