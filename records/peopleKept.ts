// People as CAP keeps them: who there is, how they sign in, what they are granted, and what of that waits for a second person (A21).
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/calendar';
import type { Actor, SignIn } from '../domain/facts';
import type { ToGive } from '../domain/personRequests';
import type { Party } from '../domain/words';
import type { Connection, Database } from './database';
import { grantSettled } from './accountRequests';
import type { Overtaken } from '../domain/edits';
import { edit, versionOf, writeDown, type Over } from './edits';
import { Prisma } from './generated/client';
import { takeTurn } from './turn';

export interface KeptPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly grants: readonly Party[];
  readonly signIns: readonly SignIn[];
  /** Of who they are here: their name, their address, and whether they are active. */
  readonly version: number;
}

/** What one person of CAP asks for. */
export type PersonToAskFor = ToGive & { readonly why: string };

/** What waits for a second person. */
export type PersonRequest = PersonToAskFor & { readonly id: string; readonly askedBy: string; readonly asked: Instant };

/** @returns everybody, by name; nobody for those who may not read it. @throws DatabaseAway */
export function readPeople(db: Database, actor: Actor): Promise<KeptPerson[]> {
  return db.asActor(actor, peopleIn);
}

/** As `readPeople`, in a unit of work. */
export function peopleIn(connection: Connection): Promise<KeptPerson[]> {
  return connection.$queryRaw<KeptPerson[]>`
    SELECT id, name, email, active, grants, sign_ins AS "signIns", ${versionOf(Prisma.sql`${whatOf('')} || people_kept.id`)} AS version FROM people_kept()`;
}

/** Nobody else adds or changes people until the transaction ends: who is found to be there, or not, stays so. */
export function keepersTurn(connection: Connection): Promise<void> {
  return takeTurn(connection, turnOfPeople);
}

const turnOfPeople = 'people';

export type PersonToKeep = Pick<KeptPerson, 'id' | 'name' | 'email' | 'active'>;

/**
 * Adds a person, or changes who they are here, while nobody else changes people. For CAP.
 * @param judge what stands against it, with who is there
 * @returns what stands against it; null when it is saved
 * @throws DatabaseAway
 */
export function saveKeptPerson<P>(
  db: Database,
  actor: Actor,
  { id, ...said }: PersonToKeep,
  over: Over,
  judge: (people: readonly KeptPerson[]) => P | null,
): Promise<P | Overtaken | null> {
  return edit<Omit<PersonToKeep, 'id'>, P>(db, actor, {
    ...{ what: whatOf(id), turn: turnOfPeople, said, ...over },
    judge: async (_found, connection) => judge(await peopleIn(connection)),
    find: async (connection) => {
      const [row] = await connection.$queryRaw<Omit<PersonToKeep, 'id'>[]>`
        SELECT name, email, active FROM people_kept() WHERE id = ${id}`;
      return row ?? null;
    },
    // One statement or the other, with the values themselves: the API may write an address, and read none.
    write: (connection, found) =>
      found
        ? connection.$executeRaw`
            UPDATE people SET name = ${said.name}, email = ${said.email}, active = ${said.active} WHERE id = ${id}`
        : insertPerson(connection, { id, ...said }),
  });
}

const whatOf = (id: string) => `person ${id}`;

function insertPerson(connection: Connection, { id, name, email, active }: PersonToKeep): Promise<number> {
  return connection.$executeRaw`INSERT INTO people (id, name, email, active) VALUES (${id}, ${name}, ${email}, ${active})`;
}

/** Adds a person who was not there, in a unit of work that keeps `keepersTurn`. */
export async function addPersonIn(connection: Connection, actor: Actor, person: PersonToKeep, at: Instant): Promise<void> {
  const { id, ...after } = person;
  await insertPerson(connection, person);
  await writeDown(connection, { at, person: actor.person, what: whatOf(id), before: null, after });
}

/** Takes a way to sign in back, and ends the sessions that began with it. For CAP. @returns whether there was such a way. @throws DatabaseAway */
export function removeSignIn(
  db: Database,
  actor: Actor,
  person: string,
  { issuer, subject }: SignIn,
  at: Instant,
): Promise<boolean> {
  return db.asActor(actor, async (connection) => {
    const [row] = await connection.$queryRaw<{ gone: boolean }[]>`
      SELECT take_back_sign_in(${person}, ${issuer}, ${subject}) AS gone`;
    if (!row?.gone) return false;
    const before = { issuer, subject };
    await writeDown(connection, { at, person: actor.person, what: `sign-in ${person}`, before, after: null });
    return true;
  });
}

/** @returns what waits for a second person, the oldest first. @throws DatabaseAway */
export function readPersonRequests(db: Database, actor: Actor): Promise<PersonRequest[]> {
  return db.asActor(actor, waitingIn);
}

/** As `readPersonRequests`, in a unit of work. */
export async function waitingIn(connection: Connection): Promise<PersonRequest[]> {
  const rows = await connection.$queryRaw<RequestRow[]>`
    SELECT id, person, party, issuer, subject, why, asked_by AS "askedBy", instant(asked) AS asked
    FROM person_requests WHERE settled IS NULL ORDER BY asked, id`;
  return rows.map(({ party, issuer, subject, ...rest }) =>
    party === null ? { ...rest, kind: 'sign-in', issuer, subject } : { ...rest, kind: 'grant', party },
  );
}

type RequestRow = Omit<PersonRequest, 'kind'> &
  (
    | { readonly party: string; readonly issuer: null; readonly subject: null }
    | { readonly party: null; readonly issuer: string; readonly subject: string }
  );

/**
 * Asks for a grant or a way to sign in, while nobody else changes people. For CAP.
 * @param judge what stands against it, with who is there and what waits
 * @returns its id, or what stands against it
 * @throws DatabaseAway
 */
export function askForPerson<P>(
  db: Database,
  actor: Actor,
  asked: PersonToAskFor,
  at: Instant,
  judge: (people: readonly KeptPerson[], waiting: readonly PersonRequest[]) => P | null,
): Promise<{ readonly id: string } | P> {
  return db.asActor(actor, async (connection) => {
    await keepersTurn(connection);
    const wrong = judge(await peopleIn(connection), await waitingIn(connection));
    return wrong ?? { id: await askForPersonIn(connection, actor, asked, at) };
  });
}

/** Asks, in a unit of work that keeps `keepersTurn`. @returns the id */
export async function askForPersonIn(connection: Connection, actor: Actor, asked: PersonToAskFor, at: Instant): Promise<string> {
  const id = randomUUID();
  const { party, issuer, subject } = { ...{ party: null, issuer: null, subject: null }, ...asked };
  await connection.$executeRaw`
    INSERT INTO person_requests (id, person, party, issuer, subject, why, asked_by, asked)
    VALUES (${id}, ${asked.person}, ${party}, ${issuer}, ${subject}, ${asked.why}, ${actor.person}, ${at}::timestamptz)`;
  return id;
}

/**
 * Gives what somebody else asked for, or turns it down, while nobody else changes people. For CAP.
 * @param judge what stands against it, its request as it is now; null when none of that id waits
 * @returns what stands against it; null when it is settled
 * @throws DatabaseAway
 */
export function settlePersonRequest<P>(
  db: Database,
  actor: Actor,
  { id, given }: { readonly id: string; readonly given: boolean },
  at: Instant,
  judge: (request: PersonRequest | null, people: readonly KeptPerson[]) => P | null,
): Promise<P | null> {
  return db.asActor(actor, async (connection) => {
    await keepersTurn(connection);
    const request = (await waitingIn(connection)).find((each) => each.id === id) ?? null;
    const wrong = judge(request, await peopleIn(connection));
    if (wrong || !request) return wrong;
    const [row] = await connection.$queryRaw<{ settled: boolean }[]>`
      SELECT settle_person_request(${id}, ${given}, ${at}::timestamptz) AS settled`;
    if (!row?.settled) throw new Error(`The records did not let ${actor.person} settle the request ${id}`);
    await grantSettled(connection, actor, { id, given }, at);
    if (!given) return null;
    const { kind, person, askedBy } = request;
    const what = kind === 'grant' ? { party: request.party } : { issuer: request.issuer, subject: request.subject };
    const after = { ...what, askedBy, confirmedBy: actor.person };
    await writeDown(connection, { at, person: actor.person, what: `${kind} ${person}`, before: null, after });
    return null;
  });
}

/** Takes a grant back. For CAP. @returns whether there was one. @throws DatabaseAway */
export function takeBackGrant(db: Database, actor: Actor, person: string, party: string, at: Instant): Promise<boolean> {
  return db.asActor(actor, (connection) => takeBackGrantIn(connection, actor, person, party, at));
}

/** As `takeBackGrant`, in a unit of work. */
export async function takeBackGrantIn(
  connection: Connection,
  actor: Actor,
  person: string,
  party: string,
  at: Instant,
): Promise<boolean> {
  const gone = await connection.$executeRaw`DELETE FROM grants WHERE person = ${person} AND party = ${party}`;
  if (gone > 0)
    await writeDown(connection, { at, person: actor.person, what: `grant ${person}`, before: { party }, after: null });
  return gone > 0;
}
