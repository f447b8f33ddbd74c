// The session that a browser holds by its cookie: read, begun and ended through express-session, kept in rows of ours.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import session from 'express-session';
import type { Services } from '../../api/services';
import type { SignIn } from '../../domain/facts';
import type { Person } from '../../records/types';
import type { SessionLimits } from '../../usecases/sessions';
import { browserOf } from './browserOf';
import { newFormSecret } from './formTokens';
import type { Seal } from './sealed';
import { SessionRows, type SignedIn } from './store';

export interface Cookies {
  readonly session: string;
  /** Holds what is remembered on the way to an issuer and back. */
  readonly signIn: string;
  readonly options: { httpOnly: true; secure: boolean; sameSite: 'lax'; path: '/' };
}

/** @param publicUrl by https, a cookie is for that host alone and goes by https alone; without, which is on one's own machine, it is a plain one */
export function cookiesAt(publicUrl: string): Cookies {
  const { protocol, port } = new URL(publicUrl);
  const secure = protocol === 'https:';
  // Browsers hold cookies by host, whatever the port: services side by side on one machine must not share one.
  const named = (name: string) => (secure ? `__Host-cap-${name}` : `cap-${name}-${port}`);
  return { session: named('session'), signIn: named('sign-in'), options: { httpOnly: true, secure, sameSite: 'lax', path: '/' } };
}

export interface Held {
  /** @returns the session of the request, which may have run out; null when there is none. @throws DatabaseAway */
  open(req: Request, res: Response): Promise<SignedIn | null>;
  /** Begins one in place of whatever the browser held. @throws DatabaseAway */
  begin(
    req: Request,
    res: Response,
    of: { readonly person: Person; readonly signIn: SignIn; readonly idToken: string },
  ): Promise<void>;
  /** @throws DatabaseAway */
  end(req: Request, res: Response): Promise<void>;
}

export function heldSessions(services: Services, limits: SessionLimits, seal: Seal, { session: name, options }: Cookies): Held {
  const rows = new SessionRows(services, limits, seal);
  const held = (store: SessionRows) =>
    session({
      ...{ name, secret: [...seal.signing], cookie: options, proxy: true },
      ...{ store, resave: false, saveUninitialized: false },
    });
  const [used, seen] = [held(rows), held(new SessionRows(services, { ...limits, idleMinutes: 0 }, seal))];
  const open: Held['open'] = async (req, res) => {
    // People come by https, whatever the proxy before us says of it: express-session sends no cookie otherwise.
    if (options.secure) req.headers['x-forwarded-proto'] = 'https';
    await called((done) => (asksByItself(req) ? seen : used)(req, res, done));
    return req.session.of ?? null;
  };
  return {
    open,
    begin: async (req, res, { person: { person }, signIn, idToken }) => {
      const before = await open(req, res);
      // A new secret: one that was planted in the browser before means nothing after.
      await called((done) => req.session.regenerate(done));
      req.session.of = {
        ...{ id: randomUUID(), person, signIn, idToken, browser: browserOf(req.headers['user-agent']) },
        // Forms that the same person has still open in this browser are to be taken (R25).
        formSecret: before?.person === person ? before.formSecret : newFormSecret(),
        ...{ lives: true, unsent: false },
      };
      await rows.begin(req.sessionID, req.session.of);
    },
    end: async (req, res) => {
      await called((done) => req.session.destroy(done));
      res.clearCookie(name, options);
    },
  };
}

/** What a page that stands open asks for by itself is no use of the session: else a list that somebody left would never sign them out. */
const asksByItself = ({ headers }: Request): boolean => headers['sec-fetch-dest'] === 'empty';

/** Waits for what answers by calling back. */
function called(work: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => {
      if (error === undefined || error === null) return resolve();
      reject(error instanceof Error ? error : new Error('It was refused', { cause: error }));
    });
  });
}
