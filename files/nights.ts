// Where signed nights are kept, apart from the records. Each process is handed one: the worker's signs, that of the API reads.
import type { IsoDate } from '../domain/calendar';
import type { Night, NightFault } from '../domain/nights';

/** A night that was read, and is as it was signed. */
export interface SignedNight extends Night {
  /** SHA-256 in hex of the text that is signed. */
  readonly digest: string;
  /** The id of the key that signed it. */
  readonly key: string;
}

export type NightKept = SignedNight | { readonly fault: Exclude<NightFault, 'row'> };

export interface Nights {
  /** Where they are kept, in words. */
  readonly place: string;
  /** Reads what was kept of a night, and checks its signature. @throws FilesAway */
  read(night: IsoDate): Promise<NightKept>;
}

export interface NightsToSign extends Nights {
  /** Signs a night and keeps it. @throws FilesAway */
  sign(night: Night): Promise<SignedNight>;
}

/** @returns the newest of these nights that is as it was signed; null where none is. @throws FilesAway */
export async function newestSigned(nights: Nights, days: readonly IsoDate[]): Promise<SignedNight | null> {
  for (const day of days) {
    const kept = await nights.read(day);
    if (!('fault' in kept)) return kept;
  }
  return null;
}
