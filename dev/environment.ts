// What runs here just now: `npm start` writes it, `npm run token` and `npm run demo` read it.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from './plainError';

export interface RunningEnvironment {
  readonly apiUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly temporalUiUrl: string;
  readonly mailboxUrl: string;
  readonly smtpUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Where files are looked at; null where nobody looks, and they stay in quarantine. */
  readonly clamd: string | null;
  /** Where Postgres and Temporal both are those of the stack: what else is needed to speak to them. Null where Temporal was given. */
  readonly embedded: { readonly postgresPort: number; readonly taskQueue: string } | null;
}

const fileIn = (dataDir: string): string => join(dataDir, 'environment.json');

export async function writeEnvironment(dataDir: string, environment: RunningEnvironment): Promise<void> {
  const path = fileIn(dataDir);
  await writeFile(`${path}.new`, JSON.stringify(environment, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Throws PlainError when nothing was started on this data folder. */
export async function readEnvironment(dataDir: string): Promise<RunningEnvironment> {
  try {
    return JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as RunningEnvironment;
  } catch {
    throw new PlainError(
      `No service runs on the data in ${dataDir}: start it with \`npm start\` and wait until it says that it is ready.`,
    );
  }
}

export const removeEnvironment = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });
