// People and what they are granted, from our own rows: what a token says of roles is not believed.
import type { Actor, SignIn } from '../domain/facts';
import type { Party } from '../domain/words';
import type { Database } from './database';
import type { Person } from './types';

/** @returns the person who signs in so, with their grants as they stand now; null when there is none, or they have left. @throws DatabaseAway */
export async function personSignedIn(db: Database, { issuer, subject }: SignIn): Promise<Person | null> {
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<{ person: Person | null }[]>`SELECT person_signed_in(${issuer}, ${subject}) AS person`,
  );
  return row?.person ?? null;
}

/** @returns the person with their grants as they stand now; null when there is none of that id, or they have left. */
export async function readPerson(db: Database, id: string): Promise<Person | null> {
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<{ person: Person | null }[]>`SELECT active_person(${id}) AS person`,
  );
  return row?.person ?? null;
}

export interface Colleague {
  readonly party: Party;
  readonly person: string;
  readonly name: string;
}

/** @returns who acts for the actor's own schools, providers or team, the actor among them. @throws DatabaseAway */
export function readColleagues(db: Database, actor: Actor): Promise<Colleague[]> {
  return db.asActor(actor, (connection) => connection.$queryRaw<Colleague[]>`SELECT * FROM colleagues()`);
}

/** @returns whether anybody acts for the local authority's SEND team (A12). @throws DatabaseAway */
export async function sendTeamIsThere(db: Database, actor: Actor): Promise<boolean> {
  const [found] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ there: boolean }[]>`SELECT send_team_is_there() AS there`,
  );
  return found?.there ?? false;
}
