// People are kept by CAP; a grant is asked for by one person and given by another (A21).
import { isSecondPerson } from '../domain/accountRequests';
import { panelCodes } from '../domain/calendar';
import { codeOf, isSameCode, type Party } from '../domain/words';
import { isTaken } from '../records/database';
import { readOrganisations } from '../records/directory';
import {
  addSignIn,
  askGrant,
  readPeople,
  removeSignIn,
  saveKeptPerson,
  settleGrant,
  takeBackGrant,
  type KeptPerson,
  type PersonToKeep,
} from '../records/peopleKept';
import type { Person, SignIn } from '../records/types';
import { mayNot } from './onBehalf';
import { isRefused, unlessOvertaken, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/**
 * Adds a person, or changes who they are here. Their grants are another matter.
 * @param read the version that was read, over which nobody else's change is written; null when that is not said
 * @throws DatabaseAway
 */
export async function keepPerson(
  { database, now }: Services,
  person: Person,
  given: PersonToKeep,
  read: number | null,
): Promise<KeptPerson | Refused> {
  const refused = mayNot(person, 'keep-people');
  if (refused) return refused;
  if (given.id === person.person && !given.active) {
    return wrongValues({ field: 'active', rule: 'A21', message: 'Nobody shuts themself out: ask a colleague.' });
  }
  const others = (await readPeople(database, person)).filter(({ id }) => id !== given.id);
  if (others.some(({ id }) => isSameCode(id, given.id))) {
    return wrongValues({ field: 'id', rule: 'A21', message: 'Somebody has this short name: take another.' });
  }
  const saved = await saveKeptPerson(database, person, given, { read, at: now() });
  return unlessOvertaken(saved) ?? keptPerson({ database }, person, given.id);
}

async function keptPerson({ database }: Pick<Services, 'database'>, person: Person, id: string): Promise<KeptPerson | Refused> {
  const found = (await readPeople(database, person)).find((each) => each.id === id);
  return found ?? { refused: 'not-found', message: 'There is no such person: look them up in the list of people.' };
}

/** @param own what is said to whoever means themself @returns somebody else whom CAP keeps, or why this person may not change how they sign in */
async function somebodyElse(services: Services, person: Person, id: string, own: string): Promise<KeptPerson | Refused> {
  const found = mayNot(person, 'keep-people') ?? (await keptPerson(services, person, id));
  if (isRefused(found) || id !== person.person) return found;
  return wrongValues({ field: 'id', rule: 'A21', message: own });
}

/** Adds a way for somebody to sign in. @throws DatabaseAway */
export async function giveSignIn(services: Services, person: Person, id: string, signIn: SignIn): Promise<KeptPerson | Refused> {
  const { database, now } = services;
  const found = await somebodyElse(services, person, id, 'Your own sign-in is added by a colleague.');
  if (isRefused(found)) return found;
  try {
    await addSignIn(database, person, id, signIn, now());
  } catch (error) {
    if (!isTaken(error)) throw error;
    return wrongValues({ field: 'subject', rule: 'A21', message: 'Somebody signs in so already: one sign-in is one person.' });
  }
  return keptPerson(services, person, id);
}

/** Takes back how somebody signs in, at once. One that is not there is taken back already. @throws DatabaseAway */
export async function takeBackSignIn(
  services: Services,
  person: Person,
  id: string,
  signIn: SignIn,
): Promise<KeptPerson | Refused> {
  const { database, now } = services;
  const found = await somebodyElse(services, person, id, 'Your own sign-in is taken back by a colleague.');
  if (isRefused(found)) return found;
  await removeSignIn(database, person, id, signIn, now());
  return keptPerson(services, person, id);
}

/** Asks that somebody may act for a party. A colleague gives it. @returns the id of the request. @throws DatabaseAway */
export async function requestGrant(
  services: Services,
  person: Person,
  asked: { readonly person: string; readonly party: Party; readonly why: string },
): Promise<{ readonly id: string } | Refused> {
  const { database, now } = services;
  const refused = mayNot(person, 'keep-people');
  if (refused) return refused;
  const found = await keptPerson(services, person, asked.person);
  if (isRefused(found)) return wrongValues({ field: 'person', rule: 'A21', message: found.message });
  if (asked.person === person.person) {
    return wrongValues({ field: 'person', rule: 'A21', message: 'Nobody asks for a grant of their own: a colleague does.' });
  }
  if (!found.active) {
    const message = 'They have left: say first that they work with CAP again.';
    return wrongValues({ field: 'person', rule: 'A21', message });
  }
  if (found.grants.includes(asked.party)) {
    return wrongValues({ field: 'party', rule: 'A21', message: 'They have that grant already.' });
  }
  if (!(await isParty(services, person, asked.party))) {
    return wrongValues({
      field: 'party',
      rule: 'A21',
      message: 'There is no such party: take a school, provider or panel of the lists.',
    });
  }
  const id = await askGrant(database, person, asked, now());
  const waits = 'This grant waits for a second person already: it is given or turned down under People.';
  return id === null ? wrongValues({ field: 'party', rule: 'A21', message: waits }) : { id };
}

async function isParty({ database }: Services, person: Person, party: Party): Promise<boolean> {
  const code = codeOf(party);
  if (party === 'cap' || party === 'audit' || party === 'ops' || party === 'send') return true;
  if (party.startsWith('panel:') || party.startsWith('member:')) return panelCodes.some((panel) => panel === code);
  const kind = party.startsWith('school:') ? 'school' : 'provider';
  return (await readOrganisations(database, person, kind)).some((each) => each.code === code);
}

/** Gives what a colleague asked for, or turns it down. @throws DatabaseAway */
export async function settleRequest(
  { database, now }: Services,
  person: Person,
  settled: { readonly id: string; readonly given: boolean },
): Promise<{ readonly id: string } | Refused> {
  const refused = mayNot(person, 'keep-people');
  if (refused) return refused;
  const wrong = await settleGrant(database, person, settled, now(), (request): Refused | null => {
    if (!request) return { refused: 'not-found', message: 'No such request waits: somebody has settled it, or it never was.' };
    return settled.given && !isSecondPerson(person, request)
      ? {
          refused: 'not-allowed',
          rule: 'A21',
          message: 'A grant is given by two people: somebody else than who asked, and than whose it is.',
        }
      : null;
  });
  return wrong ?? { id: settled.id };
}

/** Takes a grant back, at once. @throws DatabaseAway */
export async function revokeGrant(
  { database, now }: Services,
  person: Person,
  { person: whose, party }: { readonly person: string; readonly party: Party },
): Promise<{ readonly person: string } | Refused> {
  const refused = mayNot(person, 'keep-people');
  if (refused) return refused;
  if (whose === person.person && party === 'cap') {
    return wrongValues({ field: 'party', rule: 'A21', message: 'Nobody leaves the CAP team by themself: ask a colleague.' });
  }
  const gone = await takeBackGrant(database, person, whose, party, now());
  return gone ? { person: whose } : { refused: 'not-found', message: 'They have no such grant.' };
}
