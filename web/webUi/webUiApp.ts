// The Web UI of Temporal for those who are signed in here: an origin of its own, so that its scripts have none of our pages and cookies. CAP and ops
// look, ops act; whoever comes without a session fetches a ticket from our pages.
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { codecForPeople } from '../../api/codec';
import { answerErrors } from '../../api/errors';
import { HttpProblem, sendProblem, withStatusOf } from '../../api/problems';
import { requestLog } from '../../api/requestLog';
import type { Services } from '../../api/services';
import { can } from '../../domain/permissions';
import type { Person } from '../../records/types';
import { html } from '../html';
import { problemPage, sentenceOf } from '../problemPage';
import { sendHtml } from '../sendHtml';
import { fromOurPages } from '../session/formTokens';
import type { HandOver } from '../session/handOver';
import { cookiesAt } from '../session/held';
import { goingToWebUi, signInPath, type SignInPage } from '../session/pages';
import { forwardTo } from './forward';

/** On our pages: where a ticket is fetched. */
export const ticketPath = '/web-ui';
/** At the Web UI's own origin: where a ticket is handed in. */
const enterPath = '/cap-enter';
/** Of the Web UI itself. */
const loginPath = '/login';

export interface WebUiSettings {
  readonly services: Services;
  readonly handOver: HandOver;
  /** Where people reach our pages. */
  readonly publicUrl: string;
  /** Where ops reach the Web UI: the origin of this application. */
  readonly url: string;
  /** Where the server of the Web UI is, for this process alone. */
  readonly upstream: string;
}

/** It needs scripts and styles within its pages, and nothing from elsewhere: what it shows goes nowhere. */
const policy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'unsafe-inline'", "'wasm-unsafe-eval'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** @returns the application that stands at the origin of the Web UI; it listens nowhere yet */
export function webUiApp({ services, handOver, publicUrl, url, upstream }: WebUiSettings): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  const cookies = cookiesAt(url);
  const people = new WeakMap<Request, Person>();
  const personAt = (req: Request) => people.get(req) ?? nobodyKnown(req);
  app.use(requestLog(services.log));
  app.use(
    helmet({ contentSecurityPolicy: { useDefaults: false, directives: policy }, referrerPolicy: { policy: 'same-origin' } }),
  );
  app.use(plainAddress(url));
  app.use(fromOurPages(url));

  app.get(enterPath, (req, res) => {
    const { ticket, to } = req.query;
    const browser = cookieOf(req, cookies.signIn);
    const held = typeof ticket !== 'string' || !browser ? null : handOver.enter(ticket, browser);
    res.clearCookie(cookies.signIn, cookies.options);
    if (held === null)
      throw new HttpProblem('not-signed-in', 'The way here took too long, or began in another browser: open the Web UI again.');
    res.cookie(cookies.session, held, cookies.options);
    res.redirect(303, ownPath(to, url));
  });

  // To its own page of signing in it goes by itself when a session was ended. From where they were they are led to ours.
  app.get(loginPath, (req, res) => res.redirect(303, ownPath(withoutOrigin(req.query['returnUrl'], url), url)));

  const known: RequestHandler = async (req, res, next) => {
    const cookie = cookieOf(req, cookies.session);
    const person = cookie === null ? null : await handOver.visit(cookie);
    if (person !== null && can(person, 'see-workings').allowed) {
      people.set(req, person);
      return next();
    }
    if (!isOpened(req)) throw new HttpProblem('not-signed-in', 'Your session is over: load the page again.');
    const browser = handOver.begin();
    res.cookie(cookies.signIn, browser, { ...cookies.options, maxAge: 15 * 60_000 });
    res.redirect(
      303,
      `${publicUrl}${ticketPath}?${new URLSearchParams({ browser, to: ownPath(req.originalUrl, url) }).toString()}`,
    );
  };
  app.use(known);
  app.use('/codec', codecForPeople(services, { signedInOrigin: url, personOf: (req) => Promise.resolve(personAt(req)) }));

  const forward = forwardTo(upstream);
  app.use(async (req, res) => {
    const person = personAt(req);
    const acts = !looks(req);
    if (acts) noted(services, person, req, res);
    const permission = can(person, 'decode-payloads');
    if (acts && !permission.allowed) throw new HttpProblem('not-allowed', 'What the Web UI does to workflows is for ops alone.');
    await forward(req, res);
  });
  app.use(answerErrors(services.log, sendProblemOrPage(publicUrl)));
  return app;
}

/** Gives whoever is signed in at our pages, and may, a ticket for the Web UI. Stands at `ticketPath`. */
export function ticketOffice(
  { services, handOver, url }: Pick<WebUiSettings, 'services' | 'handOver' | 'url'>,
  draw: (res: Response, page: SignInPage) => void,
): RequestHandler {
  return async (req, res) => {
    res.locals['door'] = `GET ${ticketPath}`;
    const { browser, to } = req.query;
    const given = await handOver.ticket(req, res, typeof browser === 'string' ? browser : '');
    if (given === null) return res.redirect(303, signInPath(req.originalUrl));
    const { person, ticket } = given;
    const permission = can(person, 'see-workings');
    services.accessLog.note({
      ...{ at: services.now(), person: person.person, action: `GET ${ticketPath}`, reference: null },
      detail: permission.allowed ? { status: 200 } : { status: 403, problem: 'not-allowed' },
    });
    if (!permission.allowed) throw new HttpProblem('not-allowed', permission.why);
    const on = `${url}${enterPath}?${new URLSearchParams({ ticket, to: ownPath(to, url) }).toString()}`;
    // Not by a redirect: Chromium holds those behind the form of an issuer to where that form may lead.
    draw(res.set({ Refresh: `0; url=${on}`, 'Referrer-Policy': 'no-referrer' }), goingToWebUi(on));
  };
}

function nobodyKnown({ path }: Request): never {
  throw new Error(`${path} was answered before it was asked who is there`);
}

function cookieOf({ headers }: Request, name: string): string | null {
  const found = (headers.cookie ?? '').split(/; */).find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? null;
}

/** Whether a person opens a page, rather than a script of one that is open asks for something. */
function isOpened(req: Request): boolean {
  const mode = req.headers['sec-fetch-mode'];
  return req.method === 'GET' && (mode === undefined ? req.accepts(['html', 'json']) === 'html' : mode === 'navigate');
}

/**
 * Lets only addresses in that every reader reads alike: with dots, slashes or a host in it that the next one would take for something else, one thing
 * would be looked at here and another be asked there.
 */
function plainAddress(url: string): RequestHandler {
  const { origin } = new URL(url);
  return ({ originalUrl }, _res, next) => {
    const [path = ''] = originalUrl.split('?');
    const read = URL.canParse(originalUrl, url) ? new URL(originalUrl, url) : null;
    if (read?.origin === origin && read.pathname === path && !/^\/\/|%2f|%5c/i.test(path)) return next();
    next(new HttpProblem('not-found', 'There is nothing at this address of the Web UI.'));
  };
}

/** What could not be done, as a page to whoever opened one and as a problem to a script. It has nothing of our pages: their files are of another origin. */
function sendProblemOrPage(publicUrl: string): typeof sendProblem {
  return (res, problem) => {
    if (!isOpened(res.req)) return sendProblem(res, problem);
    const { title } = problemPage(problem);
    const page = html`<!doctype html>
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title} – CAP Casework</title>
        </head>
        <body>
          <main>
            <h1>${title}</h1>
            <p>${sentenceOf(problem)}</p>
            <p><a href="${publicUrl}/ops">Go to Operations</a></p>
          </main>
        </body>
      </html> `;
    sendHtml(withStatusOf(problem, res), page.markup);
  };
}

function withoutOrigin(asked: unknown, url: string): unknown {
  const { origin } = new URL(url);
  return typeof asked === 'string' && asked.startsWith(`${origin}/`) ? asked.slice(origin.length) : asked;
}

/** A path of this origin, whatever stands in an address. */
function ownPath(asked: unknown, url: string): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, url)) return '/';
  const { origin, pathname, search } = new URL(asked, url);
  const leadsOn = pathname !== enterPath && pathname !== loginPath;
  return origin === new URL(url).origin && !pathname.startsWith('//') && leadsOn ? pathname + search : '/';
}

/** Whether a request changes nothing. A workflow is asked where it stands (a query) by POST. */
function looks({ method, path }: Request): boolean {
  return (
    /^(GET|HEAD|OPTIONS)$/.test(method) ||
    (method === 'POST' && /^\/api\/v1\/namespaces\/[^/]+\/workflows\/[^/]+\/query\/[^/]+$/.test(path))
  );
}

/** Whoever does something to a workflow stands in the access log: what, to which, and what became of it. */
function noted({ accessLog, now }: Services, { person }: Person, { method, path }: Request, res: Response): void {
  const [, workflow = '', rest = ''] = /\/workflows\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  const reference = /^CAP-[A-Z0-9-]{4,40}$/.test(workflow) ? workflow : null;
  const what = /^[\w/-]{1,80}$/.test(rest) ? { what: rest } : {};
  res.on('close', () => {
    accessLog.note({
      at: now(),
      person,
      action: `${method} ${ticketPath}`,
      reference,
      detail: { status: res.statusCode, ...what },
    });
  });
}
