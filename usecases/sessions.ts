// Sessions at browsers: how long they live, seeing and ending them, and what was typed when one had run out (R25).
import type { Instant } from '../domain/calendar';
import type { Actor, SignIn } from '../domain/facts';
import {
  deleteUnsentForm,
  endOwnSession as endOwn,
  endOwnSessionsBut,
  endSessionsOf,
  insertSession,
  insertUnsentForm,
  readOwnSessions,
  readUnsentForm,
  sessionEnded,
  sessionUsed,
} from '../records/sessions';
import type { FoundSession, OwnSession, Person } from '../records/types';
import { mayNot } from './onBehalf';
import type { Refused } from './refused';
import type { Services } from './services';

export interface SessionLimits {
  /** A session that is not used for so long has run out. */
  readonly idleMinutes: number;
  /** No session lives longer, however much it is used. */
  readonly hours: number;
}

/** What was typed is kept for so long. */
const keptMinutes = 60;

type Given = Pick<Services, 'database' | 'now'>;

const after = (instant: Instant, minutes: number): Instant => new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** Begins a session of somebody who has signed in. @param digest of what its cookie holds. @throws DatabaseAway */
export function beginSession(
  { database, now }: Given,
  actor: Actor,
  begun: Readonly<Record<'id' | 'digest' | 'browser' | 'sealed', string>> & { readonly signIn: SignIn },
  { idleMinutes, hours }: SessionLimits,
): Promise<void> {
  const at = now();
  return insertSession(database, actor, { ...begun, at, lapses: after(at, idleMinutes), until: after(at, hours * 60) });
}

/** @returns the session of a cookie, used by this where it lives; null when there is none, or it was ended. @throws DatabaseAway */
export function findSession(
  { database, now }: Given,
  digest: string,
  { idleMinutes }: SessionLimits,
): Promise<FoundSession | null> {
  const at = now();
  return sessionUsed(database, digest, at, after(at, idleMinutes));
}

/** Ends the session of a cookie: its person signs out. @throws DatabaseAway */
export function endSession({ database }: Given, digest: string): Promise<void> {
  return sessionEnded(database, digest);
}

/** @returns where the person is signed in, what was used last first. @throws DatabaseAway */
export function ownSessions({ database, now }: Given, person: Person): Promise<OwnSession[]> {
  return readOwnSessions(database, person, now());
}

/** Ends one of the person's own sessions; it is out at its next request. @throws DatabaseAway */
export async function endOwnSession(
  { database }: Given,
  person: Person,
  id: string,
): Promise<{ readonly ended: number } | Refused> {
  if (await endOwn(database, person, id)) return { ended: 1 };
  return { refused: 'not-found', message: 'You have no such session: it may have ended already.' };
}

/** Ends all of the person's own sessions but the one that they are in. @throws DatabaseAway */
export async function endOtherSessions({ database }: Given, person: Person, but: string): Promise<{ readonly ended: number }> {
  return { ended: await endOwnSessionsBut(database, person, but) };
}

/** Ends all sessions of somebody, as when their computer was stolen. For the CAP team (A21). @throws DatabaseAway */
export async function endSessionsOfPerson(
  { database, now }: Given,
  person: Person,
  whose: string,
): Promise<{ readonly ended: number } | Refused> {
  const refused = mayNot(person, 'keep-people');
  if (refused) return refused;
  return { ended: await endSessionsOf(database, person, whose, now()) };
}

/** Keeps what the person typed into the form at a path when their session had run out (R25), for an hour. @throws DatabaseAway */
export function keepForm(
  { database, now }: Given,
  person: Person,
  form: { readonly path: string; readonly sealed: string },
): Promise<void> {
  return insertUnsentForm(database, person, { ...form, until: after(now(), keptMinutes) });
}

/** @returns what is kept for the person of the form at a path, sealed; null when nothing is. @throws DatabaseAway */
export function keptForm({ database, now }: Given, person: Person, path: string): Promise<string | null> {
  return readUnsentForm(database, person, path, now());
}

/** Forgets what is kept of a form: it has been sent. @throws DatabaseAway */
export function forgetForm({ database }: Given, person: Person, path: string): Promise<void> {
  return deleteUnsentForm(database, person, path);
}
