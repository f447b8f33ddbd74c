// The proof of a night: all timelines are proved, each against the head that was signed of it last; what holds is signed anew; what does not is an alarm.
import { londonDay, type Instant, type IsoDate } from '../domain/calendar';
import { faultyNights, nightEmails, nightReference, nightsUntil, type Head } from '../domain/nights';
import type { NightsToSign, SignedNight } from '../files/nights';
import type { Database } from '../records/database';
import { acceptedTimelines, readNights, writeNight, type Found } from '../records/nights';
import { proveTimelines } from '../records/timeline';
import type { EmailDue } from '../records/types';

export interface ProvedNight {
  readonly timelines: number;
  readonly entries: number;
  readonly alarms: number;
  /** False where this night was signed before. */
  readonly signed: boolean;
  /** Those that are to be sent. */
  readonly emails: readonly EmailDue[];
}

interface Deps {
  readonly database: Database;
  readonly nights: NightsToSign;
}

/**
 * Proves every timeline. Of one that does not hold the head that was signed before stays in what is signed, so that it is found again each night until
 * the records are put right, or CAP takes it as it stands. Twice in one night it proves again and signs nothing.
 * @param now the workflow's time
 * @param progress told again and again how many timelines are proved
 * @throws DatabaseAway, FilesAway
 */
export async function proveNight(
  { database, nights }: Deps,
  now: Instant,
  progress: (timelines: number) => void,
): Promise<ProvedNight> {
  const night = londonDay(now);
  const { found, last, before, known } = await lookBack({ database, nights }, night);
  const unseen = new Map(last?.heads.map((head) => [head.reference, head]));
  const signed = new Map(unseen);
  const accepted = await acceptedTimelines(database);
  const isTaken = ({ about, why }: Found) => accepted.has(about) && (why === 'signed' || why === 'gone');
  const heads: Head[] = [];
  let [timelines, entries] = [0, 0];
  for await (const some of proveTimelines(database, signed)) {
    for (const { reference, firstBroken, step, head, entries: its } of some) {
      timelines += 1;
      entries += its;
      unseen.delete(reference);
      const alarm = firstBroken && { about: reference, why: firstBroken.why, step: firstBroken.step };
      if (alarm) found.push(alarm);
      const kept = alarm === null || isTaken(alarm) ? { reference, step, head } : signed.get(reference);
      if (kept) heads.push(kept);
    }
    progress(timelines);
  }
  for (const gone of unseen.values()) {
    const alarm: Found = { about: gone.reference, why: 'gone', step: gone.step };
    found.push(alarm);
    if (!isTaken(alarm)) heads.push(gone);
  }
  const came = { timelines, entries, alarms: found.length };
  const made = known ? null : await nights.sign({ night, at: now, before, heads: heads.toSorted(byReference) });
  const row = made && { night, at: now, ...came, digest: made.digest, key: made.key, place: nights.place };
  const over = new Set(made === null ? [] : found.filter(isTaken).map(({ about }) => about));
  const of = { reference: nightReference(night), at: now };
  const emails = await writeNight(database, of, row, found, over, nightEmails(found.length));
  return { ...came, signed: made !== null, emails };
}

const byReference = (one: Head, other: Head) => (one.reference < other.reference ? -1 : 1);

/** Looks the nights over: which of them do not hold, which is the newest that does, and whether tonight is among those known. */
async function lookBack({ database, nights }: Deps, tonight: IsoDate) {
  const days = nightsUntil(tonight);
  const rows = new Map((await readNights(database, null, days.at(-1) ?? tonight)).map((row) => [row.night, row.digest]));
  const looked = [];
  let last: SignedNight | null = null;
  let before: { night: IsoDate; digest: string } | null = null;
  for (const night of days) {
    const kept = await nights.read(night);
    const row = rows.get(night) ?? null;
    if (!('fault' in kept)) {
      last ??= kept;
      if (night !== tonight) before ??= { night, digest: kept.digest };
    }
    // Tonight is kept before it has a row: an attempt that came no further is no fault.
    if (night !== tonight || row !== null) looked.push({ night, row, kept: 'fault' in kept ? kept : withoutHeads(kept) });
  }
  const found: Found[] = faultyNights(looked).map(({ night, fault }) => ({
    about: nightReference(night),
    why: fault,
    step: null,
  }));
  return { found, last, before, known: rows.has(tonight) };
}

const withoutHeads = ({ digest, before }: SignedNight) => ({ digest, before });
