// For whom somebody acts, in words: grants as people read them.
import { panelCodes } from '../../domain/calendar';
import { panelTitles } from '../../domain/words';
import type { Asked } from '../page';

/** The names of schools and providers, by their codes. */
export type Names = ReadonlyMap<string, string>;

/** @returns the names of all schools and providers, for those who may read them; none for others */
export async function namesOf(asked: Asked): Promise<Names> {
  if (!asked.may('schools')) return new Map();
  const [{ schools }, { providers }] = await Promise.all([asked.door('schools'), asked.door('providers')]);
  return new Map([...schools, ...providers].map(({ code, name }) => [code, name]));
}

const ofCap: Readonly<Record<string, string>> = {
  cap: 'CAP team',
  audit: 'Auditor',
  ops: 'Operations of the service',
  send: 'SEND team of the local authority',
};

/** @returns a grant in words: `Training provider: Sample Motors (fictitious)` */
export function grantInWords(party: string, names: Names): string {
  const [kind = '', code = ''] = party.split(':');
  const panel = panelCodes.find((each) => each === code);
  if (kind === 'school') return `School: ${names.get(code) ?? code}`;
  if (kind === 'provider') return `Training provider: ${names.get(code) ?? code}`;
  if (panel && kind === 'panel') return `Chair or vice chair: ${panelTitles[panel]}`;
  if (panel && kind === 'member') return `Member: ${panelTitles[panel]}`;
  return ofCap[party] ?? party;
}

/** @returns the name of somebody by their id, for those who may read who signs in; who is none of our people, such as the service itself, as they stand */
export async function peopleNamed(asked: Asked): Promise<(person: string) => string> {
  if (!asked.may('people')) return (person) => person;
  const { people } = await asked.door('people');
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (person) => (person === 'system' ? 'The service' : (names.get(person) ?? person));
}
