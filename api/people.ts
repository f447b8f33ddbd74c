// Who somebody is: a row of our own records, remembered for a moment.
import type { Person } from '../records/types';

/** @returns the person, or null when they are unknown or no longer active */
export type People = (id: string) => Promise<Person | null>;

/** Long enough that a burst of calls asks once; so short that whoever is shut out is out within a breath. Commands are judged by the row itself. */
const rememberedFor = 2_000;
const rememberedAtOnce = 10_000;

/** @param read the reading of the row; strangers are not remembered, so that access counts at once */
export function remembering(read: People): People {
  const known = new Map<string, { readonly person: Person; readonly until: number }>();
  return async (id) => {
    const found = known.get(id);
    if (found && found.until > Date.now()) return found.person;
    known.delete(id);
    const person = await read(id);
    if (known.size >= rememberedAtOnce) known.clear();
    if (person) known.set(id, { person, until: Date.now() + rememberedFor });
    return person;
  };
}
