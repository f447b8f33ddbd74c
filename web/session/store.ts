// Where express-session keeps sessions: rows of ours, found by the digest of the cookie's secret, sealed, under the limits of CAP.
import session, { type SessionData } from 'express-session';
import type { Services } from '../../api/services';
import type { SignIn } from '../../domain/facts';
import { beginSession, endSession, findSession, type SessionLimits } from '../../usecases/sessions';
import type { Seal } from './sealed';

/** What a session is. */
export interface SignedIn {
  readonly id: string;
  /** The id of the person who signed in. */
  readonly person: string;
  readonly signIn: SignIn;
  /** In short: "Chrome on Windows". */
  readonly browser: string;
  readonly formSecret: string;
  /** For the issuer, when its person signs out. */
  readonly idToken: string;
  /** False when it has run out. */
  readonly lives: boolean;
  /** Whether a form of its person is kept. */
  readonly unsent: boolean;
}

declare module 'express-session' {
  interface SessionData {
    /** Not there while nobody is signed in. */
    of: SignedIn;
  }
}

type Done<Result extends unknown[] = []> = (error?: unknown, ...result: Result) => void;

export class SessionRows extends session.Store {
  constructor(
    private readonly services: Services,
    private readonly limits: SessionLimits,
    private readonly seal: Seal,
  ) {
    super();
  }

  override get(sid: string, done: Done<[SessionData | null]>): void {
    answer(this.find(sid), done);
  }

  /** A session never changes once `begin` has kept it. Written again at the end of a request, it could come back after it was ended. */
  override set(_sid: string, _data: SessionData, done: Done = () => undefined): void {
    done();
  }

  override destroy(sid: string, done: Done = () => undefined): void {
    answer(endSession(this.services, this.seal.digest(sid)), done);
  }

  /** Keeps the session of somebody who has signed in. @throws DatabaseAway */
  async begin(sid: string, { id, person, signIn, browser, formSecret, idToken }: SignedIn): Promise<void> {
    const digest = this.seal.digest(sid);
    const sealed = this.seal.seal({ browser, formSecret, idToken }, digest);
    await beginSession(this.services, { person, parties: [] }, { id, digest, signIn, browser, sealed }, this.limits);
  }

  private async find(sid: string): Promise<SessionData | null> {
    const digest = this.seal.digest(sid);
    const found = await findSession(this.services, digest, this.limits);
    const kept = found && (this.seal.open(found.sealed, digest) as Pick<SignedIn, 'browser' | 'formSecret' | 'idToken'> | null);
    if (!kept) return null;
    const { id, person, issuer, subject, lives, unsent } = found;
    return { cookie: new session.Cookie(), of: { ...kept, id, person, signIn: { issuer, subject }, lives, unsent } };
  }
}

function answer<Result>(work: Promise<Result>, done: Done<[Result]>): void {
  work.then(
    (result) => done(null, result),
    (error: unknown) => (done as Done)(error),
  );
}
