// What people made under a key of theirs, so that the same request again finds it and makes nothing.
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Connection, Database } from './database';
import { digestOf, salted } from './digest';

/** A request that makes something. */
export interface Making {
  readonly what: 'application' | 'student' | 'cycle' | 'meeting' | 'hold';
  /** The caller's Idempotency-Key. */
  readonly key: string;
  /** What it was asked with. */
  readonly body: unknown;
}

/** Keeps that something was made, in the transaction that makes it. @param id of what was made */
export type Keep = (connection: Connection, id: string) => Promise<unknown>;

export const keptNowhere: Keep = () => Promise.resolve();

/** @returns how the outcome of a request is kept; of one without a key nothing is. It fails as taken when the key made something meanwhile. */
export function keeping(actor: Actor, making: Making | null, now: Instant): Keep {
  if (making === null) return keptNowhere;
  const { what, key, body } = making;
  const { salt, digest } = salted(body);
  return (connection, id) =>
    connection.$executeRaw`
      INSERT INTO made (person, key, what, id, salt, digest, at)
      VALUES (${actor.person}, ${key}, ${what}, ${id}, ${salt}, ${digest}, ${now}::timestamptz)`;
}

/** @returns the id of what the actor made under the key; 'other-body' when it came with another body; null when nothing. @throws DatabaseAway */
export async function madeBefore(
  db: Database,
  actor: Actor,
  { what, key, body }: Making,
): Promise<{ readonly id: string } | 'other-body' | null> {
  const [found] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ id: string; salt: string; digest: string }[]>`
      SELECT id, salt, digest FROM made WHERE person = ${actor.person} AND what = ${what} AND key = ${key}`,
  );
  if (!found) return null;
  return digestOf(found.salt, body) === found.digest ? { id: found.id } : 'other-body';
}
