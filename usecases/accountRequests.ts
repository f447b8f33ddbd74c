// What an organisation asks CAP for about accounts of its colleagues, and what CAP makes of it (A21).
import { accountMeant, whyNotAskFor, whyNotSettle, whyNotWithdraw, type AccountAsked } from '../domain/accountRequests';
import { isSame } from '../domain/personRequests';
import { isSameCode } from '../domain/words';
import type { Connection } from '../records/database';
import {
  askForAccount,
  readAccountRequest,
  settleAccountRequest,
  type AccountRequestRow,
  type Becomes,
} from '../records/accountRequests';
import { addPersonIn, askForPersonIn, keepersTurn, peopleIn, takeBackGrantIn, waitingIn } from '../records/peopleKept';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { isRefused, wrongValues, type Refused } from './refused';
import type { Services } from './services';

const unknown: Refused = {
  refused: 'not-found',
  message: 'There is no such request: look it up among those of your organisation.',
};

/** Asks CAP for an account for a colleague, or for the end of one, as staff of the organisation. @throws DatabaseAway */
export async function askAccount(services: Services, person: Person, asked: AccountAsked): Promise<AccountRequestRow | Refused> {
  const refused = mayNot(person, 'ask-for-accounts');
  if (refused) return refused;
  if (!person.parties.includes(asked.party)) {
    return { refused: 'not-allowed', message: 'Accounts of an organisation are asked for by its own staff: take your own.' };
  }
  const { database, now } = services;
  const made = await askForAccount(database, person, asked, now(), (facts) => {
    const problem = whyNotAskFor(asked, facts);
    return problem && wrongValues(problem);
  });
  return isRefused(made) ? made : requestNow(services, person, made.id);
}

/**
 * Accepts a request, as CAP. An account leads into the grant that a second person gives; the end of one takes the grant back at once.
 * @param named the short name of a person who is new here; null where none is needed
 * @throws DatabaseAway
 */
export function acceptAccount(
  services: Services,
  person: Person,
  id: string,
  named: string | null,
): Promise<AccountRequestRow | Refused> {
  return settled(services, person, id, (request, connection) => {
    const accepting = { person, named, at: services.now() };
    return request.kind === 'give' ? give(accepting, request, connection) : end(accepting, request, connection);
  });
}

interface Accepting {
  readonly person: Person;
  readonly named: string | null;
  readonly at: string;
}

async function give(
  { person, named, at }: Accepting,
  { id, party, name, email, why }: AccountRequestRow,
  connection: Connection,
): Promise<Becomes | Refused> {
  await keepersTurn(connection);
  const people = await peopleIn(connection);
  const found = people.find((each) => each.email.toLowerCase() === email?.toLowerCase()) ?? null;
  const meant = accountMeant(found, named, named !== null && people.some((each) => isSameCode(each.id, named)));
  if ('message' in meant) return wrongValues(meant);
  if (meant.id === person.person) {
    return wrongValues({
      field: 'person',
      rule: 'A21',
      message: 'Nobody asks for a grant of their own: a colleague accepts this.',
    });
  }
  if (found?.grants.includes(party)) return { state: 'done', person: meant.id };
  if (meant.isNew) await addPersonIn(connection, person, { id: meant.id, name, email: email ?? '', active: true }, at);
  const asked = { kind: 'grant', person: meant.id, party } as const;
  // A colleague may have asked for it without this request: it waits once.
  const waits = (await waitingIn(connection)).find((each) => isSame(each, asked));
  const grantRequest = waits?.id ?? (await askForPersonIn(connection, person, { ...asked, why: `${id}: ${why}` }, at));
  return { state: 'accepted', person: meant.id, grantRequest };
}

async function end({ person, at }: Accepting, request: AccountRequestRow, connection: Connection): Promise<Becomes> {
  // Somebody may have taken it back meanwhile: it is as it was asked for.
  await takeBackGrantIn(connection, person, request.person ?? '', request.party, at);
  return { state: 'done' };
}

/** Declines a request with a reason, as CAP. @throws DatabaseAway */
export function declineAccount(
  services: Services,
  person: Person,
  id: string,
  reason: string,
): Promise<AccountRequestRow | Refused> {
  return settled(services, person, id, () => Promise.resolve({ state: 'declined', reason }));
}

/** Withdraws a request that waits for CAP, as staff of the organisation that asked. @throws DatabaseAway */
export async function withdrawAccount(services: Services, person: Person, id: string): Promise<AccountRequestRow | Refused> {
  return (
    mayNot(person, 'ask-for-accounts') ??
    move(services, person, id, (request) => {
      const why = whyNotWithdraw(person, request);
      return Promise.resolve(why === null ? { state: 'withdrawn' } : { refused: 'not-editable', rule: 'A21', message: why });
    })
  );
}

type Work = (request: AccountRequestRow, connection: Connection) => Promise<Becomes | Refused>;

async function settled(services: Services, person: Person, id: string, work: Work): Promise<AccountRequestRow | Refused> {
  return (
    mayNot(person, 'keep-people') ??
    move(services, person, id, (request, connection) => {
      const why = whyNotSettle(request);
      return why === null ? work(request, connection) : Promise.resolve({ refused: 'not-editable', rule: 'A21', message: why });
    })
  );
}

async function move(services: Services, person: Person, id: string, work: Work): Promise<AccountRequestRow | Refused> {
  const { database, now } = services;
  const refused = await settleAccountRequest<Refused>(database, person, id, now(), async (request, connection) =>
    request ? work(request, connection) : unknown,
  );
  return refused ?? requestNow(services, person, id);
}

async function requestNow({ database }: Services, person: Person, id: string): Promise<AccountRequestRow | Refused> {
  return (await readAccountRequest(database, person, id)) ?? unknown;
}
