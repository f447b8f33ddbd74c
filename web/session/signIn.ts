// The way to the issuer and back: `/sign-in`, `/sign-in/done`, `/sign-out`, `/signed-out`.
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Services } from '../../api/services';
import type { SignIn } from '../../domain/facts';
import { fromOurPages, isFormToken, notOurs, tokenOf } from './formTokens';
import type { Cookies, Held } from './held';
import { IssuerAway, IssuerRefused, issuerOf, type Issuer, type IssuerSettings, type Started } from './issuers';
import { networkOf, type Limit } from './limits';
import { ownPath } from './ownPath';
import { goingToSignIn, issuerAway, notFinished, signedOut, unknownPerson, whichIssuer, type SignInPage } from './pages';
import type { Seal } from './sealed';

export interface SignInOptions {
  readonly services: Services;
  readonly publicUrl: string;
  readonly issuers: readonly IssuerSettings[];
  readonly seal: Seal;
  readonly cookies: Cookies;
  readonly held: Held;
  /** By address. */
  readonly limit: Limit;
  readonly draw: (res: Response, page: SignInPage) => void;
  readonly isSignedIn: (req: Request, res: Response) => Promise<boolean>;
}

/** Milliseconds that somebody may take at the issuer. */
const patience = 15 * 60_000;

/** What is remembered in a sealed cookie from the way to the issuer until the way back. */
interface Begun extends Started {
  /** Which of the issuers. */
  readonly at: number;
  readonly back: string;
  readonly since: string;
}

/** @returns the pages; what was tried in vain is noted in the access log, the person as a digest only */
export function signInPages(options: SignInOptions): Router {
  const { publicUrl, seal, cookies, held, draw } = options;
  const { accessLog, people, now } = options.services;
  const issuers = options.issuers.map(issuerOf);
  const router = Router();

  function failed(why: 'too-many' | 'wrong-state' | 'refused' | 'unknown-person', signIn?: SignIn): void {
    const subject = signIn && { subject: seal.digest(`${signIn.issuer}\n${signIn.subject}`) };
    accessLog.note({ at: now(), person: '', action: 'sign-in', reference: null, detail: { why, ...subject } });
  }

  const counted: RequestHandler = (req, res, next) => {
    res.set('Cache-Control', 'no-store');
    options.limit.count(networkOf(req.ip ?? ''), () => failed('too-many')).then(() => next(), next);
  };

  /** Leads on by a page, and not by a redirect: a browser holds those after a form to where that form may lead. */
  function goOn(res: Response, url: string, page: SignInPage): void {
    res.set('Refresh', `0; url=${url}`);
    draw(res, page);
  }

  function begunIn(req: Request): Begun | null {
    const start = `${cookies.signIn}=`;
    const sealed = (req.headers.cookie ?? '').split(/; */).find((each) => each.startsWith(start));
    const begun = sealed === undefined ? null : (seal.open(sealed.slice(start.length), cookies.signIn) as Begun | null);
    return begun && Date.parse(now()) - Date.parse(begun.since) < patience ? begun : null;
  }

  router.get('/sign-in', counted, async (req, res) => {
    const back = ownPath(req.query['back']);
    const another = req.query['as'] === 'another';
    if (!another && (await options.isSignedIn(req, res))) return res.redirect(303, back);
    const at = issuers.length === 1 ? 0 : Number(req.query['at'] ?? NaN);
    const issuer = issuers[at];
    if (!issuer) return draw(res, whichIssuer(issuers, back, another));
    try {
      const { url, started } = await issuer.start(`${publicUrl}/sign-in/done`, another);
      const begun: Begun = { ...started, at, back, since: now() };
      res.cookie(cookies.signIn, seal.seal(begun, cookies.signIn), { ...cookies.options, maxAge: patience });
      goOn(res, url, goingToSignIn(issuer.title, url));
    } catch (error) {
      if (!(error instanceof IssuerAway)) throw error;
      draw(res, issuerAway(issuer.title, back));
    }
  });

  router.get('/sign-in/done', counted, async (req, res) => {
    const begun = begunIn(req);
    res.clearCookie(cookies.signIn, cookies.options);
    const issuer = begun && issuers[begun.at];
    if (!issuer || req.query['state'] !== begun.state) {
      failed('wrong-state');
      return draw(res, notFinished(begun?.back ?? '/'));
    }
    await finish(req, res, issuer, begun);
  });

  async function finish(req: Request, res: Response, issuer: Issuer, begun: Begun): Promise<void> {
    try {
      const { signIn, idToken } = await issuer.finish(new URL(req.originalUrl, publicUrl), begun);
      const person = await people(signIn);
      if (!person) {
        failed('unknown-person', signIn);
        return draw(res, unknownPerson(begun.back));
      }
      await held.begin(req, res, { person, signIn, idToken });
      res.redirect(303, begun.back);
    } catch (error) {
      if (error instanceof IssuerAway) return draw(res, issuerAway(issuer.title, begun.back));
      if (!(error instanceof IssuerRefused)) throw error;
      failed('refused');
      draw(res, notFinished(begun.back));
    }
  }

  const form = express.urlencoded({ extended: false, limit: '10kb' });
  router.post('/sign-out', fromOurPages(publicUrl), form, async (req, res) => {
    res.set('Cache-Control', 'no-store');
    const of = await held.open(req, res);
    if (!of) return draw(res, signedOut(null));
    if (!isFormToken(tokenOf(req), of.formSecret)) throw notOurs('Go back, load the page again, and sign out from it.');
    await held.end(req, res);
    const issuer = issuers.find((each) => each.issuer === of.signIn.issuer);
    const url = (await issuer?.end(of.idToken, `${publicUrl}/signed-out`)) ?? null;
    if (!issuer || url === null) return draw(res, signedOut(null));
    goOn(res, url, signedOut({ title: issuer.title, url }));
  });

  router.get('/signed-out', (_req, res) => {
    res.set('Cache-Control', 'no-store');
    draw(res, signedOut(null));
  });

  return router;
}
