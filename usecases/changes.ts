// Tells when something changed that a party may see, so that a page that shows it can be drawn anew.
import type { Instant } from '../domain/calendar';
import type { Party } from '../domain/words';
import { newestChanges } from '../records/changes';
import type { Services } from './services';

/** Looks for changes on behalf of whoever listens. */
export interface Changes {
  /**
   * @param parties whose cases and meetings are looked after
   * @param tell called once for each time that something of theirs has changed
   * @param ended called when nothing more will be told
   * @returns what ends it
   */
  listen(parties: readonly Party[], tell: () => void, ended?: () => void): () => void;
  /** Ends it for all who listen: the process is about to stop. */
  end(): void;
}

/** Milliseconds between two looks. */
const usualPause = 2_000;

interface Listener {
  readonly parties: readonly Party[];
  readonly tell: () => void;
  readonly ended: () => void;
}

/**
 * One look for everybody who listens at this process, and none while nobody does. It costs one row by its key for each party.
 * @param pause milliseconds between two looks
 */
export function changes({ database, log }: Pick<Services, 'database' | 'log'>, pause = usualPause): Changes {
  const listeners = new Set<Listener>();
  let known: ReadonlyMap<Party, Instant | null> = new Map();
  let next: NodeJS.Timeout | null = null;

  const look = async () => {
    const parties = new Set([...listeners].flatMap((each) => each.parties));
    const before = known;
    known = await newestChanges(database, [...parties]);
    for (const { parties: theirs, tell } of listeners) {
      // Whoever was not looked after until now has just read the page: what changes from here on is news to them.
      if (theirs.some((party) => before.has(party) && before.get(party) !== known.get(party))) tell();
    }
  };

  const lookIn = (ms: number) => {
    if (next !== null) clearTimeout(next);
    next = setTimeout(() => {
      look()
        .catch((error: unknown) => {
          log.warn({ fault: error instanceof Error ? error.name : 'unknown' }, 'Changes could not be read just now');
        })
        .finally(() => {
          next = null;
          if (listeners.size > 0) lookIn(pause);
          else known = new Map();
        });
    }, ms);
    next.unref();
  };

  return {
    listen: (parties, tell, ended = () => undefined) => {
      const listener = { parties, tell, ended };
      listeners.add(listener);
      if (!parties.every((party) => known.has(party))) lookIn(0);
      return () => void listeners.delete(listener);
    },
    end: () => {
      for (const { ended } of listeners) ended();
      listeners.clear();
    },
  };
}
