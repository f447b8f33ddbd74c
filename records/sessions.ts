// Sessions of people at their browsers, and forms that came when one had run out. A session is found by the digest of what its cookie holds,
// so that whoever reads the table cannot be anybody by it.
import type { Instant } from '../domain/calendar';
import type { Actor, SignIn } from '../domain/facts';
import type { Database } from './database';
import { writeDown } from './edits';
import type { FoundSession, OwnSession } from './types';

/** Begins a session of the actor's own. @throws DatabaseAway */
export async function insertSession(
  db: Database,
  actor: Actor,
  begun: {
    readonly id: string;
    readonly digest: string;
    readonly signIn: SignIn;
    readonly browser: string;
    readonly at: Instant;
    /** When it has run out, unless it is used before. */
    readonly lapses: Instant;
    /** When it has run out however much it is used. */
    readonly until: Instant;
    readonly sealed: string;
  },
): Promise<void> {
  const { id, digest, signIn, browser, at, lapses, until, sealed } = begun;
  await db.asActor(
    actor,
    (connection) => connection.$executeRaw`
      INSERT INTO sessions (id, digest, person, issuer, subject, browser, began, used, lapses, until, sealed)
      VALUES (${id}, ${digest}, ${actor.person}, ${signIn.issuer}, ${signIn.subject}, ${browser},
        ${at}::timestamptz, ${at}::timestamptz, ${lapses}::timestamptz, ${until}::timestamptz, ${sealed})`,
  );
}

/**
 * Finds the session of a cookie and, where it lives, notes that it is used.
 * @param lapses when it has run out, unless it is used again before
 * @returns null when there is none, or it was ended
 * @throws DatabaseAway
 */
export async function sessionUsed(db: Database, digest: string, at: Instant, lapses: Instant): Promise<FoundSession | null> {
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<FoundSession[]>`
      SELECT * FROM session_used(${digest}, ${at}::timestamptz, ${lapses}::timestamptz)`,
  );
  return row ?? null;
}

/** Ends the session of a cookie. @throws DatabaseAway */
export async function sessionEnded(db: Database, digest: string): Promise<void> {
  await db.directly((connection) => connection.$executeRaw`SELECT session_ended(${digest})`);
}

/** @returns the actor's own sessions that live, what was used last first. @throws DatabaseAway */
export function readOwnSessions(db: Database, actor: Actor, at: Instant): Promise<OwnSession[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<OwnSession[]>`
      SELECT id, browser, instant(began) AS began, instant(used) AS used FROM sessions
      WHERE person = ${actor.person} AND lapses > ${at}::timestamptz AND until > ${at}::timestamptz ORDER BY used DESC, id`,
  );
}

/** Ends one of the actor's own sessions. @returns whether there was one. @throws DatabaseAway */
export async function endOwnSession(db: Database, actor: Actor, id: string): Promise<boolean> {
  const ended = await db.asActor(
    actor,
    (connection) => connection.$executeRaw`DELETE FROM sessions WHERE person = ${actor.person} AND id = ${id}`,
  );
  return ended > 0;
}

/** Ends the actor's own sessions but one. @returns how many. @throws DatabaseAway */
export function endOwnSessionsBut(db: Database, actor: Actor, id: string): Promise<number> {
  return db.asActor(
    actor,
    (connection) => connection.$executeRaw`DELETE FROM sessions WHERE person = ${actor.person} AND id <> ${id}`,
  );
}

/** Ends all sessions of a person, and writes down who did. For CAP. @returns how many. @throws DatabaseAway */
export function endSessionsOf(db: Database, actor: Actor, person: string, at: Instant): Promise<number> {
  return db.asActor(actor, async (connection) => {
    const ended = await connection.$executeRaw`DELETE FROM sessions WHERE person = ${person}`;
    const what = `sessions of ${person}`;
    if (ended > 0) await writeDown(connection, { at, person: actor.person, what, before: { ended }, after: null });
    return ended;
  });
}

/** Keeps what the actor typed into the form at a path; what was kept for it before is replaced. @throws DatabaseAway */
export async function insertUnsentForm(
  db: Database,
  actor: Actor,
  { path, sealed, until }: { readonly path: string; readonly sealed: string; readonly until: Instant },
): Promise<void> {
  await db.asActor(
    actor,
    (connection) => connection.$executeRaw`
      INSERT INTO unsent_forms (person, path, sealed, until) VALUES (${actor.person}, ${path}, ${sealed}, ${until}::timestamptz)
      ON CONFLICT (person, path) DO UPDATE SET sealed = excluded.sealed, until = excluded.until`,
  );
}

/** @returns what the actor typed into the form at a path, sealed; null when nothing is kept, or its time has passed. @throws DatabaseAway */
export async function readUnsentForm(db: Database, actor: Actor, path: string, at: Instant): Promise<string | null> {
  const [row] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ sealed: string }[]>`
      SELECT sealed FROM unsent_forms WHERE person = ${actor.person} AND path = ${path} AND until > ${at}::timestamptz`,
  );
  return row?.sealed ?? null;
}

/** Forgets what was kept of the form at a path. @throws DatabaseAway */
export async function deleteUnsentForm(db: Database, actor: Actor, path: string): Promise<void> {
  await db.asActor(
    actor,
    (connection) => connection.$executeRaw`DELETE FROM unsent_forms WHERE person = ${actor.person} AND path = ${path}`,
  );
}

/**
 * Deletes forms whose time has passed, and sessions that ended long ago. For the worker.
 * @param over sessions that ended before it
 * @returns how many of both
 * @throws DatabaseAway
 */
export function forgetSessions(db: Database, now: Instant, over: Instant): Promise<number> {
  return db.directly(async (connection) => {
    const forms = await connection.$executeRaw`DELETE FROM unsent_forms WHERE until <= ${now}::timestamptz`;
    return forms + (await connection.$executeRaw`DELETE FROM sessions WHERE until <= ${over}::timestamptz`);
  });
}
