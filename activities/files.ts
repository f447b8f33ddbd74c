// The regular work on files: those in quarantine are looked at (R101), and content of which no file speaks any more is deleted (A14).
import type { Instant } from '../domain/calendar';
import { ContentLost, ScannerAway, type Files } from '../files/files';
import type { Database } from '../records/database';
import { countQuarantined, quarantined, removeUnkept, settleFile } from '../records/files';

/** How many files one activity looks at. */
const atOnce = 50;

interface Deps {
  readonly database: Database;
  readonly files: Files;
}

export interface LookedAt {
  readonly looked: number;
  /** How many are still in quarantine. */
  readonly waiting: number;
  /** Whether somebody was there to look. */
  readonly scanner: boolean;
}

/**
 * Looks at files in quarantine, the oldest first. Where nobody can look they stay there: nothing is given out that was not found clean.
 * @throws DatabaseAway, FilesAway
 */
export async function lookAtFiles({ database, files }: Deps, now: Instant): Promise<LookedAt> {
  let looked = 0;
  for (const id of await quarantined(database, atOnce)) {
    const state = await stateOf(files, id);
    if (state === null) return { looked, waiting: await countQuarantined(database), scanner: false };
    await settleFile(database, id, state, now);
    looked += 1;
  }
  return { looked, waiting: await countQuarantined(database), scanner: true };
}

/** What was found; null when nobody could look. */
async function stateOf(files: Files, id: string) {
  try {
    return await files.look(files.read(id));
  } catch (error) {
    if (error instanceof ContentLost) return 'unreadable';
    if (error instanceof ScannerAway) return null;
    throw error;
  }
}

/** Deletes content of which no file speaks. @returns how much @throws DatabaseAway, FilesAway: what is left is tried again */
export function removeContent({ database, files }: Deps, now: Instant): Promise<number> {
  return removeUnkept(database, now, (id) => files.remove(id));
}
