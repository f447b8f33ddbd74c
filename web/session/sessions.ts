// Who is at the browser: sign-in by OpenID Connect, sessions that end, forms that are ours, and no word lost when a session has run out (R25).
import type { Request, RequestHandler, Response, Router } from 'express';
import { HttpProblem } from '../../api/problems';
import type { Services } from '../../api/services';
import type { Person } from '../../records/types';
import { forgetForm, keepForm, keptForm, type SessionLimits } from '../../usecases/sessions';
import { formToken, fromOurPages, isFormToken, notOurs, tokenField, tokenOf } from './formTokens';
import { handsOver, type HandOver } from './handOver';
import { cookiesAt, heldSessions } from './held';
import type { IssuerSettings } from './issuers';
import { limit, type Rate } from './limits';
import { ownPath } from './ownPath';
import type { Posted } from '../forms/fields';
import { wordsIn } from '../forms/written';
import { signInAgain, type SignInPage } from './pages';
import { sealedBy } from './sealed';
import { signInPages } from './signIn';
import type { SignedIn } from './store';

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
   * Who sent a form; stands after its body is read. Where the session has run out it keeps what was typed and says so.
   * @returns null when the request is answered
   * @throws DatabaseAway, HttpProblem too-many, too-large, not-our-form
   */
  posted(req: Request, res: Response): Promise<(Visit & { readonly person: Person }) | null>;
  /** Takes a session to another origin of this service. */
  readonly handOver: HandOver;
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

/** Addresses are those of `req.ip`: the app's 'trust proxy' says how many proxies are believed. */
interface Rates {
  /** Steps of signing in, for each address. All staff of a school may share one. */
  readonly signIns: Rate;
  /** Requests, for each person. */
  readonly requests: Rate;
}

const standardRates: Rates = { signIns: { times: 200, seconds: 600 }, requests: { times: 600, seconds: 60 } };

/** What was typed is kept up to this length; the forms of the service take no more. */
const longestForm = 1_000_000;

const nobody: Visit = { person: null, csrf: '', kept: null, session: null };

export function sessions({ services, publicUrl, issuers, keys, limits, draw, rates }: SessionOptions): Sessions {
  const { accessLog, people, now } = services;
  const { signIns, requests } = { ...standardRates, ...rates };
  const seal = sealedBy(keys);
  const cookies = cookiesAt(publicUrl);
  const held = heldSessions(services, limits, seal, cookies);
  const ofPerson = limit(requests);

  /** @returns the person of a session, as our records know them now; null when their access has ended */
  async function personOf({ person, signIn }: SignedIn): Promise<Person | null> {
    const found = await people(signIn);
    return found?.person === person ? found : null;
  }

  /** How the form at the path of a request is named in records, and what it is sealed as: it opens for its person alone. */
  function formAt(req: Request, { person }: Person): { readonly path: string; readonly about: string } {
    const path = seal.digest(ownPath(req.originalUrl));
    return { path, about: `form ${person} ${path}` };
  }

  async function keptFor(req: Request, person: Person): Promise<Visit['kept']> {
    const { path, about } = formAt(req, person);
    const sealed = await keptForm(services, person, path);
    return sealed === null ? null : (seal.open(sealed, about) as Visit['kept']);
  }

  async function keep(req: Request, person: Person): Promise<void> {
    const typed = { ...(req.body as Readonly<Record<string, unknown>>), [tokenField]: undefined };
    if (Buffer.byteLength(JSON.stringify(typed)) > longestForm) throw new HttpProblem('too-large');
    const { path, about } = formAt(req, person);
    await keepForm(services, person, { path, sealed: seal.seal(typed, about) });
  }

  /** @throws HttpProblem too-many */
  async function visitOf(of: SignedIn, person: Person, kept: Visit['kept']): Promise<Visit & { readonly person: Person }> {
    await ofPerson.count(person.person, () => {
      accessLog.note({ at: now(), person: person.person, action: 'visit', reference: null, detail: { why: 'too-many' } });
    });
    return { person, csrf: formToken(of.formSecret), kept, session: of.id };
  }

  async function visit(req: Request, res: Response): Promise<Visit> {
    const of = await held.open(req, res);
    const person = of?.lives ? await personOf(of) : null;
    if (!of || !person) return nobody;
    return visitOf(of, person, of.unsent && req.method === 'GET' ? await keptFor(req, person) : null);
  }

  async function posted(req: Request, res: Response): ReturnType<Sessions['posted']> {
    const of = await held.open(req, res);
    if (of && !isFormToken(tokenOf(req), of.formSecret))
      throw notOurs('It does not belong to your session. Go back, load the page again, and send the form from it.');
    const person = of && (await personOf(of));
    if (of?.lives && person) {
      if (of.unsent) await forgetForm(services, person, formAt(req, person).path);
      return visitOf(of, person, null);
    }
    if (person) await keep(req, person);
    res.set({ 'Cache-Control': 'no-store', 'WWW-Authenticate': 'Bearer' });
    const words = person ? [] : wordsIn((req.body ?? {}) as Posted);
    draw(res, signInAgain(ownPath(req.originalUrl), person !== null, words));
    return null;
  }

  const isSignedIn = async (req: Request, res: Response) => (await visit(req, res)).person !== null;
  const router = signInPages({
    ...{ services, publicUrl, issuers, seal, cookies, held, draw, isSignedIn },
    limit: limit(signIns),
  });
  return { router, gate: fromOurPages(publicUrl), visit, posted, handOver: handsOver(services, limits, seal, visit) };
}
