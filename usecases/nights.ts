// Signed nights, as people look into them: what was signed, what does not hold, and one case held against the head that was signed of it.
import { londonDay, startOfLondonDay, type IsoDate } from '../domain/calendar';
import { nightsUntil } from '../domain/nights';
import { newestSigned, type NightKept, type SignedNight } from '../files/nights';
import { acceptAlarm, readAlarms, readNights, type Alarm, type NightRow } from '../records/nights';
import { proveTimeline, type Proof } from '../records/timeline';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import type { Refused } from './refused';
import type { Services } from './services';

export interface NightsListed {
  /** Those of a month, the newest first. */
  readonly nights: readonly NightRow[];
  /** Those that are not over, and those that were over within the month, the newest first. */
  readonly alarms: readonly Alarm[];
}

const earliest = (today: IsoDate): IsoDate => nightsUntil(today).at(-1) ?? today;

/** @throws DatabaseAway */
export async function listNights({ database, now }: Services, person: Person): Promise<NightsListed | Refused> {
  const refused = mayNot(person, 'see-nights');
  if (refused) return refused;
  const from = earliest(londonDay(now()));
  const [nights, alarms] = await Promise.all([
    readNights(database, person, from),
    readAlarms(database, person, startOfLondonDay(from)),
  ]);
  return { nights, alarms };
}

/** @returns how many timelines and nights do not hold now. @throws DatabaseAway */
export async function countAlarms({ database, now }: Services, person: Person): Promise<{ readonly open: number } | Refused> {
  const refused = mayNot(person, 'see-nights');
  if (refused) return refused;
  const alarms = await readAlarms(database, person, now());
  return { open: alarms.filter(({ over }) => over === null).length };
}

/** A night by its row, and what is kept of it, as it was read and checked just now. */
export interface NightLookedAt {
  readonly row: NightRow | null;
  readonly kept: NightKept;
}

/** @throws DatabaseAway, FilesAway */
export async function lookAtNight(
  { database, nights }: Services,
  person: Person,
  night: IsoDate,
): Promise<NightLookedAt | Refused> {
  const refused = mayNot(person, 'see-nights');
  if (refused) return refused;
  const [rows, kept] = await Promise.all([readNights(database, person, night), nights.read(night)]);
  const row = rows.find((each) => each.night === night) ?? null;
  return row === null && 'fault' in kept && kept.fault === 'missing' ? noNight : { row, kept };
}

const noNight: Refused = { refused: 'not-found', message: 'No night of that day was signed.' };

export interface ProvedCase extends Proof {
  /** The head that was signed of it last, against which it was held; null where none was signed yet. */
  readonly signed: (Pick<SignedNight, 'night' | 'key'> & { readonly step: number }) | null;
}

/** Proves the timeline of a case, and holds it against the head that was signed of it in the newest night that holds. @throws DatabaseAway, FilesAway */
export async function proveCase(
  { database, nights, now }: Services,
  person: Person,
  reference: string,
): Promise<ProvedCase | Refused> {
  const refused = mayNot(person, 'prove-timeline');
  if (refused) return refused;
  const newest = await newestSigned(nights, nightsUntil(londonDay(now())));
  const head = newest?.heads.find((each) => each.reference === reference) ?? null;
  const proof = await proveTimeline(database, person, reference, head);
  if (!proof) return { refused: 'not-found', message: 'There is no such case.' };
  return { ...proof, signed: newest && head && { night: newest.night, key: newest.key, step: head.step } };
}

/**
 * Takes a timeline as it stands, after a restore: it holds in itself, or is gone with what was lost. The next night signs it so, and tells auditors.
 * @param about the reference for which there is an alarm
 * @throws DatabaseAway
 */
export async function acceptTimeline(
  { database, now }: Services,
  person: Person,
  about: string,
  reason: string,
): Promise<{ readonly accepted: string } | Refused> {
  const refused = mayNot(person, 'accept-timeline');
  if (refused) return refused;
  return (await acceptAlarm(database, person, about, reason, now())) ? { accepted: about } : nothingToAccept;
}

const nothingToAccept: Refused = {
  refused: 'not-editable',
  message:
    'There is no alarm for it that can be accepted: it is over, was accepted already, or the timeline does not hold in itself.',
};
