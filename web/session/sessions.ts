// Who is at the browser: sign-in by OpenID Connect, sessions that end, forms that are ours, and no word lost when a session has run out (R25).
import { randomUUID } from 'node:crypto';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import session, { type CookieOptions } from 'express-session';
import { HttpProblem } from '../../api/problems';
import type { Services } from '../../api/services';
import type { Person, SignIn } from '../../records/types';
import { forgetForm, keepForm, keptForm, type SessionLimits } from '../../usecases/sessions';
import { browserOf } from './browserOf';
import { formToken, fromOurPages, isFormToken, newFormSecret, notOurs, tokenField } from './formTokens';
import { IssuerAway, IssuerRefused, issuerOf, type IssuerSettings, type Started } from './issuers';
import { limit, networkOf, type Rate } from './limits';
import { ownPath } from './ownPath';
import { issuerAway, notFinished, signedOut, signInPath, unknownPerson, whichIssuer, type SignInPage } from './pages';
import { sealedBy } from './sealed';
import { SessionRows, type SignedIn } from './store';

/** Who is at the browser. */
export interface Visit {
  /** Null when nobody is signed in, the session has run out, or access has ended. */
  readonly person: Person | null;
  /** The token of forms, for the field `_csrf`; other bytes each time. '' when there is no session. */
  readonly csrf: string;
  /** What the person typed into the form of this path when their session had run out, until they send that form; null when nothing is kept. */
  readonly kept: Readonly<Record<string, unknown>> | null;
  /** The id of the session, by which it is named in lists; null when there is none. */
  readonly session: string | null;
}

export interface Sessions {
  /** `/sign-in`, `/sign-out` and what belongs to them. */
  readonly router: Router;
  /** Stands before the body of a request is read: refuses what a page of another site sends. */
  readonly gate: RequestHandler;
  /** @returns who is there. @throws DatabaseAway, HttpProblem too-many */
  visit(req: Request, res: Response): Promise<Visit>;
  /**
   * Who sent a form; stands after its body is read. Where the session has run out it keeps what was typed and leads to the sign-in.
   * @returns null when the request is answered
   * @throws DatabaseAway, HttpProblem too-many, not-our-form
   */
  posted(req: Request, res: Response): Promise<(Visit & { readonly person: Person }) | null>;
}

export interface SessionOptions {
  readonly services: Services;
  /** Where people reach the service. With https, cookies are sent by https alone. */
  readonly publicUrl: string;
  /** At least one. */
  readonly issuers: readonly IssuerSettings[];
  /** Secrets of the service: the first signs and encrypts, all are believed. */
  readonly keys: readonly Uint8Array[];
  readonly limits: SessionLimits;
  /** Sends a page of signing in, in the frame of the service. */
  readonly draw: (res: Response, page: SignInPage) => void;
  readonly rates?: Partial<Rates>;
}

interface Rates {
  /** Steps of signing in, for each address. A school's whole staff may share one. */
  readonly signIns: Rate;
  /** Requests, for each person. */
  readonly requests: Rate;
}

const standardRates: Rates = { signIns: { times: 200, seconds: 600 }, requests: { times: 600, seconds: 60 } };

/** Milliseconds that somebody may take at the issuer. */
const signInPatience = 15 * 60_000;
/** What was typed is kept up to this length; the forms of the service take no more. */
const longestForm = 1_000_000;

const nobody: Visit = { person: null, csrf: '', kept: null, session: null };

/** What is remembered in a sealed cookie from the way to the issuer until the way back. */
interface Begun extends Started {
  readonly at: number;
  readonly back: string;
  readonly since: string;
}

export function sessions(options: SessionOptions): Sessions {
  const { services, publicUrl, limits, draw } = options;
  const { accessLog, people, now } = services;
  const seal = sealedBy(options.keys);
  const issuers = options.issuers.map(issuerOf);
  const rates = { ...standardRates, ...options.rates };
  const [signIns, requests] = [limit(rates.signIns), limit(rates.requests)];

  const { protocol, port } = new URL(publicUrl);
  const secure = protocol === 'https:';
  // Browsers hold cookies of a host by name, whatever the port: services side by side on one machine must not share one.
  const cookieName = (name: string) => (secure ? `__Host-cap-${name}` : `cap-${name}-${port}`);
  const cookie = { httpOnly: true, secure, sameSite: 'lax', path: '/' } as const satisfies CookieOptions;
  const [sessionCookie, signInCookie] = [cookieName('session'), cookieName('sign-in')];
  const run = session({
    ...{ name: sessionCookie, secret: [...seal.signing], cookie, proxy: true },
    ...{ store: new SessionRows(services, limits, seal), resave: false, saveUninitialized: false },
  });

  /** Reads the session of the request, once. */
  async function open(req: Request, res: Response): Promise<SignedIn | null> {
    // People come by https, whatever the proxy before us says of it: express-session sends no cookie otherwise.
    if (secure) req.headers['x-forwarded-proto'] = 'https';
    await called((done) => run(req, res, done));
    return req.session.of ?? null;
  }

  /** @returns the person of a session, as our records know them now; null when their access has ended */
  async function personOf({ person, signIn }: SignedIn): Promise<Person | null> {
    const found = await people(signIn);
    return found?.person === person ? found : null;
  }

  const pathOf = (req: Request) => seal.digest(ownPath(req.originalUrl));
  const aboutForm = (person: Person, path: string) => `form ${person.person} ${path}`;

  async function keptFor(req: Request, person: Person): Promise<Visit['kept']> {
    const path = pathOf(req);
    const sealed = await keptForm(services, person, path);
    return sealed === null ? null : (seal.open(sealed, aboutForm(person, path)) as Visit['kept']);
  }

  async function visit(req: Request, res: Response): Promise<Visit> {
    const of = await open(req, res);
    const person = of?.lives ? await personOf(of) : null;
    if (!of || !person) return nobody;
    await requests.count(person.person, () => note('requests', { why: 'too-many' }, person.person));
    const kept = of.unsent && req.method === 'GET' ? await keptFor(req, person) : null;
    return { person, csrf: formToken(of.formSecret), kept, session: of.id };
  }

  async function posted(req: Request, res: Response): ReturnType<Sessions['posted']> {
    const of = await open(req, res);
    const { [tokenField]: token, ...typed } = (req.body ?? {}) as Readonly<Record<string, unknown>>;
    if (of && !isFormToken(token, of.formSecret))
      throw notOurs('It does not belong to your session. Go back, load the page again, and send the form from it.');
    const person = of && (await personOf(of));
    if (of?.lives && person) {
      if (of.unsent) await forgetForm(services, person, pathOf(req));
      return { ...(await visit(req, res)), person };
    }
    if (person) await keep(req, person, typed);
    res.redirect(303, signInPath(ownPath(req.originalUrl)));
    return null;
  }

  async function keep(req: Request, person: Person, typed: object): Promise<void> {
    if (JSON.stringify(typed).length > longestForm) throw new HttpProblem('too-large');
    const path = pathOf(req);
    await keepForm(services, person, { path, sealed: seal.seal(typed, aboutForm(person, path)) });
  }

  /** Into the access log: what went wrong, of whom as a digest only. */
  function note(action: string, detail: Readonly<Record<string, string | number>>, person = ''): void {
    accessLog.note({ at: now(), person, action, reference: null, detail });
  }
  const failed = (why: string, signIn?: SignIn) =>
    note('sign-in', { why, ...(signIn ? { subject: seal.digest(`${signIn.issuer}\n${signIn.subject}`) } : {}) });

  const router = Router();

  const counted: RequestHandler = (req, res, next) => {
    res.set('Cache-Control', 'no-store');
    signIns.count(networkOf(req.ip ?? ''), () => failed('too-many')).then(() => next(), next);
  };

  router.get('/sign-in', counted, async (req, res) => {
    const back = ownPath(req.query['back']);
    const another = req.query['as'] === 'another';
    if (!another && (await visit(req, res)).person) return res.redirect(303, back);
    const at = issuers.length === 1 ? 0 : Number(req.query['at'] ?? NaN);
    const issuer = issuers[at];
    if (!issuer) return draw(res, whichIssuer(issuers, back));
    try {
      const { url, started } = await issuer.start(`${publicUrl}/sign-in/done`, another);
      const begun: Begun = { ...started, at, back, since: now() };
      res.cookie(signInCookie, seal.seal(begun, signInCookie), { ...cookie, maxAge: signInPatience });
      res.redirect(303, url);
    } catch (error) {
      if (!(error instanceof IssuerAway)) throw error;
      draw(res, issuerAway(issuer.title, back));
    }
  });

  router.get('/sign-in/done', counted, async (req, res) => {
    const begun = begunIn(req);
    res.clearCookie(signInCookie, cookie);
    const issuer = begun && issuers[begun.at];
    if (!issuer || req.query['state'] !== begun.state) {
      failed('wrong-state');
      return draw(res, notFinished(begun?.back ?? '/'));
    }
    try {
      const { signIn, idToken } = await issuer.finish(new URL(req.originalUrl, publicUrl), begun);
      const person = await people(signIn);
      if (!person) {
        failed('unknown-person', signIn);
        return draw(res, unknownPerson(begun.back));
      }
      await begin(req, res, person, signIn, idToken);
      res.redirect(303, begun.back);
    } catch (error) {
      if (error instanceof IssuerAway) return draw(res, issuerAway(issuer.title, begun.back));
      if (!(error instanceof IssuerRefused)) throw error;
      failed('refused');
      draw(res, notFinished(begun.back));
    }
  });

  function begunIn(req: Request): Begun | null {
    const start = `${signInCookie}=`;
    const sealed = (req.headers.cookie ?? '').split(/; */).find((each) => each.startsWith(start));
    const begun = sealed === undefined ? null : (seal.open(sealed.slice(start.length), signInCookie) as Begun | null);
    return begun && Date.parse(now()) - Date.parse(begun.since) < signInPatience ? begun : null;
  }

  /** Begins a session under a new secret: one that was planted in the browser before means nothing after. */
  async function begin(req: Request, res: Response, { person }: Person, signIn: SignIn, idToken: string): Promise<void> {
    await open(req, res);
    await called((done) => req.session.regenerate(done));
    const browser = browserOf(req.headers['user-agent']);
    req.session.of = {
      id: randomUUID(),
      person,
      signIn,
      browser,
      formSecret: newFormSecret(),
      idToken,
      lives: true,
      unsent: false,
    };
    await called((done) => req.session.save(done));
  }

  const gate = fromOurPages(publicUrl);

  router.post('/sign-out', gate, express.urlencoded({ extended: false, limit: '10kb' }), async (req, res) => {
    res.set('Cache-Control', 'no-store');
    const of = await open(req, res);
    if (!of) return draw(res, signedOut(null));
    const { [tokenField]: token } = (req.body ?? {}) as Readonly<Record<string, unknown>>;
    if (!isFormToken(token, of.formSecret)) throw notOurs('Go back, load the page again, and sign out from it.');
    await called((done) => req.session.destroy(done));
    res.clearCookie(sessionCookie, cookie);
    const issuer = issuers.find((each) => each.issuer === of.signIn.issuer);
    const url = (await issuer?.end(of.idToken, `${publicUrl}/signed-out`)) ?? null;
    // Not by a redirect: a browser holds those after a form to the pages that the form may lead to.
    if (url !== null) res.set('Refresh', `0; url=${url}`);
    draw(res, signedOut(issuer && url !== null ? { title: issuer.title, url } : null));
  });

  router.get('/signed-out', (_req, res) => {
    res.set('Cache-Control', 'no-store');
    draw(res, signedOut(null));
  });

  return { router, gate, visit, posted };
}

/** Waits for what answers by calling back. */
function called(work: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => {
      if (error === undefined || error === null) return resolve();
      reject(error instanceof Error ? error : new Error('It was refused', { cause: error }));
    });
  });
}
