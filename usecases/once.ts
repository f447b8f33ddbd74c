// A request that makes something and came with a key makes it once, however often it comes.
import type { Actor } from '../domain/facts';
import { isTaken } from '../records/database';
import { keeping, madeBefore, type Keep, type Making } from '../records/made';
import { isRefused, keyReused, type Refused } from './refused';
import type { Services } from './services';

/**
 * Makes something under the caller's key. A refusal spends no key.
 * @param making null when the caller sent no key: then each request makes another
 * @param make makes it, and keeps that in its own transaction
 * @param read what was made before, as it is now
 * @throws DatabaseAway: try again with the same key
 */
export async function once<T extends object>(
  { database, now }: Services,
  actor: Actor,
  making: Making | null,
  make: (keep: Keep) => Promise<T | Refused>,
  read: (id: string) => Promise<T | Refused>,
): Promise<T | Refused> {
  const before = async (): Promise<T | Refused | null> => {
    const made = making && (await madeBefore(database, actor, making));
    if (made === 'other-body') return keyReused;
    return made && read(made.id);
  };
  const found = await before();
  if (found) return found;
  try {
    const made = await make(keeping(actor, making, now()));
    // The same request may have come twice at once: the other one's outcome is this one's too.
    return isRefused(made) ? ((await before()) ?? made) : made;
  } catch (error) {
    const meanwhile = isTaken(error) ? await before() : null;
    if (meanwhile) return meanwhile;
    throw error;
  }
}
