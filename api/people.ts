// Who somebody is: a row of our own records, remembered for a moment.
import type { SignIn } from '../domain/facts';
import type { Person } from '../records/types';

/** @returns the person who signs in so, or null when they are unknown or no longer active */
export type People = (signIn: SignIn) => Promise<Person | null>;

/** Long enough that a burst of calls asks once; so short that whoever is shut out is out within a breath. Commands are judged by the row itself. */
const rememberedFor = 2_000;
const rememberedAtOnce = 10_000;

/** @param read the reading of the row; strangers are not remembered, so that access counts at once */
export function remembering(read: People): People {
  const known = new Map<string, { readonly person: Person; readonly until: number }>();
  return async (signIn) => {
    const key = JSON.stringify([signIn.issuer, signIn.subject]);
    const found = known.get(key);
    if (found && found.until > Date.now()) return found.person;
    known.delete(key);
    const person = await read(signIn);
    if (known.size >= rememberedAtOnce) known.clear();
    if (person) known.set(key, { person, until: Date.now() + rememberedFor });
    return person;
  };
}
