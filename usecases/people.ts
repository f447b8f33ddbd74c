// People are kept by CAP; what lets them in, a grant or a way to sign in, is asked for by one person and given by another (A21).
import { panelCodes } from '../domain/calendar';
import type { SignIn } from '../domain/facts';
import { isSecondPerson, whyNotAsk, whyNotBack, whyNotGive } from '../domain/personRequests';
import { codeOf, isSameCode, type Party } from '../domain/words';
import { readOrganisations } from '../records/directory';
import {
  askForPerson,
  readPeople,
  removeSignIn,
  saveKeptPerson,
  settlePersonRequest,
  takeBackGrant,
  type KeptPerson,
  type PersonToAskFor,
  type PersonToKeep,
} from '../records/peopleKept';
import type { Person } from '../records/types';
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
  const saved = await saveKeptPerson(database, person, given, { read, at: now() }, (people): Refused | null => {
    const notBack = given.active ? whyNotBack(people.find(({ id }) => id === given.id)) : null;
    if (notBack) return wrongValues(notBack);
    const isTaken = people.some(({ id }) => id !== given.id && isSameCode(id, given.id));
    return isTaken ? wrongValues({ field: 'id', rule: 'A21', message: 'Somebody has this short name: take another.' }) : null;
  });
  return unlessOvertaken(saved) ?? keptPerson({ database }, person, given.id);
}

async function keptPerson({ database }: Pick<Services, 'database'>, person: Person, id: string): Promise<KeptPerson | Refused> {
  const found = (await readPeople(database, person)).find((each) => each.id === id);
  return found ?? { refused: 'not-found', message: 'There is no such person: look them up in the list of people.' };
}

/** Takes back how somebody signs in, at once. One that is not there is taken back already. @throws DatabaseAway */
export async function takeBackSignIn(
  services: Services,
  person: Person,
  id: string,
  signIn: SignIn,
): Promise<KeptPerson | Refused> {
  const { database, now } = services;
  const found = mayNot(person, 'keep-people') ?? (await keptPerson(services, person, id));
  if (isRefused(found)) return found;
  if (id === person.person) {
    return wrongValues({ field: 'id', rule: 'A21', message: 'Your own sign-in is taken back by a colleague.' });
  }
  await removeSignIn(database, person, id, signIn, now());
  return keptPerson(services, person, id);
}

/**
 * Asks that somebody may act for a party, or sign in in a way. A colleague gives it.
 * @returns the id of the request
 * @throws DatabaseAway
 */
export async function requestForPerson(
  services: Services,
  person: Person,
  asked: PersonToAskFor,
): Promise<{ readonly id: string } | Refused> {
  const { database, now } = services;
  const refused = mayNot(person, 'keep-people');
  if (refused) return refused;
  const isNone = asked.kind === 'grant' && !(await isParty(services, person, asked.party));
  const message = 'There is no such party: take a school, provider or panel of the lists.';
  const noParty = isNone ? { field: 'party', rule: 'A21', message } : null;
  return askForPerson(database, person, asked, now(), (people, waiting) => {
    const problem = whyNotAsk(person, asked, people, waiting) ?? noParty;
    return problem && wrongValues(problem);
  });
}

async function isParty({ database }: Services, person: Person, party: string): Promise<boolean> {
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
  const wrong = await settlePersonRequest(database, person, settled, now(), (request, people): Refused | null => {
    if (!request) return { refused: 'not-found', message: 'No such request waits: somebody has settled it, or it never was.' };
    if (!settled.given) return null;
    if (!isSecondPerson(person, request)) {
      const message = 'It is given by two people: somebody else than who asked, and than whose it is.';
      return { refused: 'not-allowed', rule: 'A21', message };
    }
    const problem = whyNotGive(request, people);
    return problem && { refused: 'not-editable', rule: 'A21', message: problem.message };
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
