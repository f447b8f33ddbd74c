// People as CAP keeps them: who there is, how they sign in, what they are granted, and the grants that wait for a second person (A21).
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Party } from '../domain/words';
import type { Connection, Database } from './database';
import { grantSettled } from './accountRequests';
import type { Overtaken } from '../domain/edits';
import { edit, versionOf, writeDown, type Over } from './edits';
import { Prisma } from './generated/client';
import { takeTurn } from './turn';
import type { SignIn } from './types';

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

export interface GrantRequest {
  readonly id: string;
  readonly person: string;
  readonly party: Party;
  readonly why: string;
  readonly askedBy: string;
  readonly asked: Instant;
}

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
 * Adds a person, or changes who they are here. For CAP.
 * @returns null when it is saved
 * @throws DatabaseAway
 */
export function saveKeptPerson(db: Database, actor: Actor, { id, ...said }: PersonToKeep, over: Over): Promise<Overtaken | null> {
  return edit<Omit<PersonToKeep, 'id'>, never>(db, actor, {
    ...{ what: whatOf(id), turn: turnOfPeople, said, ...over },
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

/** Adds a way to sign in. For CAP. @throws DatabaseAway; a taken one as `isTaken` says it */
export function addSignIn(db: Database, actor: Actor, person: string, { issuer, subject }: SignIn, at: Instant): Promise<void> {
  return db.asActor(actor, async (connection) => {
    await connection.$executeRaw`INSERT INTO sign_ins (issuer, subject, person) VALUES (${issuer}, ${subject}, ${person})`;
    const after = { issuer, subject };
    await writeDown(connection, { at, person: actor.person, what: `sign-in ${person}`, before: null, after });
  });
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

/** @returns the grants that wait for a second person, the oldest first. @throws DatabaseAway */
export function readGrantRequests(db: Database, actor: Actor): Promise<GrantRequest[]> {
  return db.asActor(actor, openRequests);
}

function openRequests(connection: Connection): Promise<GrantRequest[]> {
  return connection.$queryRaw<GrantRequest[]>`
    SELECT id, person, party, why, asked_by AS "askedBy", instant(asked) AS asked
    FROM grant_requests WHERE settled IS NULL ORDER BY asked, id`;
}

/** Asks for a grant. For CAP, and not for oneself. @returns its id; null where the same waits already. @throws DatabaseAway */
export function askGrant(db: Database, actor: Actor, asked: GrantToAsk, at: Instant): Promise<string | null> {
  return db.asActor(actor, async (connection) => {
    await keepersTurn(connection);
    const waits = (await openRequests(connection)).some(({ person, party }) => person === asked.person && party === asked.party);
    return waits ? null : askGrantIn(connection, actor, asked, at);
  });
}

export type GrantToAsk = Pick<GrantRequest, 'person' | 'party' | 'why'>;

/** As `askGrant`, in a unit of work. */
export async function askGrantIn(
  connection: Connection,
  actor: Actor,
  { person, party, why }: GrantToAsk,
  at: Instant,
): Promise<string> {
  const id = randomUUID();
  await connection.$executeRaw`
    INSERT INTO grant_requests (id, person, party, why, asked_by, asked)
    VALUES (${id}, ${person}, ${party}, ${why}, ${actor.person}, ${at}::timestamptz)`;
  return id;
}

/**
 * Gives a grant that somebody else asked for, or turns it down.
 * @param judge what stands against it, its request as it is now
 * @returns what stands against it; null when it is settled
 * @throws DatabaseAway
 */
export function settleGrant<P>(
  db: Database,
  actor: Actor,
  { id, given }: { readonly id: string; readonly given: boolean },
  at: Instant,
  judge: (request: GrantRequest | null) => P | null,
): Promise<P | null> {
  return db.asActor(actor, async (connection) => {
    await connection.$queryRaw`SELECT id FROM grant_requests WHERE id = ${id} AND settled IS NULL FOR UPDATE`;
    const request = (await openRequests(connection)).find((each) => each.id === id) ?? null;
    const wrong = judge(request);
    if (wrong || !request) return wrong;
    const { person, party, askedBy } = request;
    await connection.$executeRaw`
      UPDATE grant_requests SET settled = ${at}::timestamptz, settled_by = ${actor.person}, given = ${given} WHERE id = ${id}`;
    await grantSettled(connection, actor, { id, given }, at);
    if (!given) return null;
    await connection.$executeRaw`INSERT INTO grants (person, party) VALUES (${person}, ${party}) ON CONFLICT DO NOTHING`;
    const after = { party, askedBy, confirmedBy: actor.person };
    await writeDown(connection, { at, person: actor.person, what: `grant ${person}`, before: null, after });
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
