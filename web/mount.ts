// How every page is answered, in one place and one order: who is there, may they, what does it show; and of what is sent: is it from this page, what
// does it become, where to go on. What stands against it is shown on the same page, with everything that was typed.
import { randomUUID } from 'node:crypto';
import { urlencoded, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { AskDoor, Call } from '../api/ask';
import { asProblem } from '../api/errors';
import { sendFile } from '../api/sendFile';
import { readUpload } from '../api/upload';
import { type HttpProblem } from '../api/problems';
import { requireMay, routePath } from '../api/route';
import type { Door } from '../api/door';
import type { Services } from '../api/services';
import { nobody } from '../api/signIn';
import { can } from '../domain/permissions';
import type { Answers, DoorName } from './answers';
import { doneSentence } from './done';
import { html, type Html } from './html';
import { layout, type MenuItem } from './layout';
import {
  administrationPath,
  type Again,
  type Asked,
  type FileShown,
  type FormOf,
  type InMenu,
  type Page,
  type Sent,
  type Shown,
} from './page';
import { component } from './parts/component';
import { wordsIn } from './forms/written';
import { workingsPath } from './pages/ops';
import { problemPage, sentenceOf } from './problemPage';
import { sendHtml } from './sendHtml';
import { tokenField } from './session/formTokens';
import { ownPath } from './session/ownPath';
import { signInPath } from './session/pages';
import type { Sessions, Visit } from './session/sessions';
import type { Posted } from './forms/fields';
import { wrongField } from './forms/readOrRefuse';
import type { Person } from '../records/types';
import type { Upload } from '../usecases/files';

/** What a page may load: its own stylesheet and scripts, and nothing inline. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export interface Pages {
  readonly pages: readonly Page[];
  readonly doors: readonly Door[];
  readonly ask: AskDoor;
  readonly sessions: Pick<Sessions, 'gate' | 'visit' | 'posted'>;
  readonly services: Services;
}

const readPosted: RequestHandler = urlencoded({ extended: false, limit: '1mb', parameterLimit: 2_000 });

/** Mounts all pages. Those whose address has a name in it come after those that are spelled out. */
export function mountPages(router: Router, given: Pages): void {
  for (const page of given.pages.toSorted((one, other) => placeholders(one) - placeholders(other))) {
    const { gate, visit, posted } = given.sessions;
    router.get(routePath(page.path), answering(page, given, visit, shownTo));
    if (page.takesFile) router.post(routePath(page.path), gate, takingFile(page, given));
    else if (page.take) router.post(routePath(page.path), gate, readPosted, answering(page, given, posted, taken(null)));
  }
}

const placeholders = ({ path }: Page): number => path.split('{').length - 1;

type Answering = (page: Page, given: Pages, visit: Visit, req: Request, res: Response) => Promise<void>;

/** @param visitOf who is there; null where that was answered already */
function answering(
  page: Page,
  given: Pages,
  visitOf: (req: Request, res: Response) => Promise<Visit | null>,
  answer: Answering,
): RequestHandler {
  return async (req, res) => {
    res.locals['door'] = `${req.method} ${page.path}`;
    res.set({ 'Content-Security-Policy': pagePolicy, 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'same-origin' });
    const visit = await visitOf(req, res);
    if (visit === null) return;
    try {
      if (page.who !== 'everybody' && visit.person === null) return res.redirect(303, signInPath(ownPath(req.originalUrl)));
      await answer(page, given, visit, req, res);
    } catch (error) {
      const problem = asProblem(error);
      if (problem === null || problem.status >= 500) throw error;
      const done = problem.status === 404 ? doneOnArrival(page, req) : null;
      if (done !== null) return res.redirect(303, withDone('/', done));
      await send(
        res.status(problem.status),
        page,
        given,
        visit,
        problemPage(problem, {
          isForm: req.method === 'POST',
          of: placeAbout(problem, page, req) ?? behindIt(problem, page, visit.person, req),
          written: writtenIn(problem, req),
        }),
        asked(page, given, visit, req, null),
      );
    }
  };
}

/** The page of the case or the meeting of which this page is a part: for whoever may see it, but cannot do this now. */
function placeAbout({ kind }: HttpProblem, { path }: Page, { params }: Request) {
  const [, room, name] = /^\/(cases|meetings)\/\{(\w+)\}\//.exec(path) ?? [];
  const id = name === undefined ? undefined : params[name];
  if (room === undefined || typeof id !== 'string' || !sendsThere.has(kind)) return null;
  return { href: `/${room}/${encodeURIComponent(id)}`, text: room === 'cases' ? `Go to the case ${id}` : 'Go to the meeting' };
}

/** Ops come from the workflow of a case to its page, which is not for them: from there on to what they may know of it. */
function behindIt({ kind }: HttpProblem, { path }: Page, person: Person | null, { params: { reference } }: Request) {
  if (kind !== 'not-found' || path !== '/cases/{reference}' || typeof reference !== 'string') return null;
  if (person === null || !can(person, 'see-workings').allowed) return null;
  return { href: workingsPath(encodeURIComponent(reference)), text: `Go to what runs behind the case ${reference}` };
}

/** Whoever meets these has been shown that the case is there for them. */
const sendsThere: ReadonlySet<string> = new Set(['not-now', 'not-yours']);

/** The words in a form that cannot be shown again. */
function writtenIn({ kind }: HttpProblem, { method, body }: Request): string[] {
  if (method !== 'POST' || kind !== 'not-now') return [];
  return wordsIn((body ?? {}) as Posted);
}

/**
 * What was done may take from the person who did it what it was done to: a pack from the provider that declines it. Its page is none of theirs any more,
 * so they are told on the page on which everybody begins.
 * @returns the code of the sentence with which somebody arrives at a page; null where they arrive with none
 */
function doneOnArrival({ path }: Page, { method, query }: Request): string | null {
  const code = query['done'];
  return method === 'GET' && path !== '/' && typeof code === 'string' && doneSentence(code) !== null ? code : null;
}

async function shownTo(page: Page, given: Pages, visit: Visit, req: Request, res: Response): Promise<void> {
  const kept = visit.kept as Posted | null;
  const again: Again | null = kept && { form: textOf(kept, '_form'), posted: kept, problems: [] };
  const question = asked(page, given, visit, req, again);
  requireMay({ ...page, method: req.method }, given.services, question.person, question.params);
  await send(res, page, given, visit, await page.show(question), question, again && { detail: whatWasKept(page), problems: [] });
}

function whatWasKept({ takesFile }: Page): string {
  const kept = 'You were signed out while you were typing. What you typed is here again: look it over and send it.';
  return takesFile ? `${kept} A file is not kept: choose it again.` : kept;
}

/** The fields of a form with a file are read before its file, which is handed on while it comes in. */
function takingFile(page: Page, given: Pages): RequestHandler {
  const { visit, posted } = given.sessions;
  return async (req, res, next) => {
    try {
      await readUpload(req, res, async (fields, upload) => {
        Object.assign(req, { body: fields });
        await answering(page, given, posted, taken(upload))(req, res, next);
      });
    } catch (error) {
      const problem = asProblem(error);
      if (problem === null || res.headersSent) throw error;
      const { body: fields = {} } = req as { readonly body?: Posted };
      await answering(page, given, visit, (...of) => shownAgain(forPeople(problem), '', fields, ...of))(req, res, next);
    }
  };
}

/** The form of a page has its file where it belongs: what a door says of its place is that none was chosen. */
function forPeople(problem: HttpProblem): HttpProblem {
  const none = problem.more.errors?.some(({ field, rule }) => field === 'file' && rule === 'form') === true;
  return none ? wrongField('file', 'form', 'The file: choose one.') : problem;
}

const taken =
  (upload: Upload | null): Answering =>
  async (page, given, visit, req, res) => {
    const { body: posted = {} } = req as { readonly body?: Posted };
    const question = asked(page, given, visit, req, null);
    for (const who of [page.who, page.takesFrom ?? 'everybody']) {
      requireMay({ who, path: page.path, method: req.method }, given.services, question.person, question.params);
    }
    const sent = sentOf(posted, upload);
    try {
      const came = (await page.take?.(question, sent)) ?? { to: question.here };
      if ('show' in came) await send(res, page, given, visit, came.show, question);
      else res.redirect(303, came.said === undefined ? came.to : withDone(came.to, came.said));
    } catch (error) {
      const problem = asProblem(error);
      if (problem === null || problem.status === 404 || problem.kind === 'fault') throw error;
      await shownAgain(problem, sent.form, posted, page, given, visit, req, res);
    }
  };

/** The page once more, with what is wrong, and all that was typed. */
async function shownAgain(
  problem: HttpProblem,
  formName: string,
  posted: Posted,
  ...[page, given, visit, req, res]: Parameters<Answering>
) {
  const problems = problem.more.errors ?? [];
  const question = asked(page, given, visit, req, { form: formName, posted, problems });
  requireMay({ ...page, method: req.method }, given.services, question.person, question.params);
  const shown = await page.show(question);
  await send(res.status(problem.status), page, given, visit, shown, question, { detail: sentenceOf(problem), problems });
}

function textOf(posted: Posted, name: string): string {
  const value = posted[name];
  return typeof value === 'string' ? value : '';
}

function sentOf(posted: Posted, upload: Upload | null): Sent {
  const [key, read] = [textOf(posted, '_key'), textOf(posted, '_read')];
  return {
    form: textOf(posted, '_form'),
    posted,
    upload,
    headers: { ...(key === '' ? {} : { 'idempotency-key': key }), ...(read === '' ? {} : { 'if-match': `"${read}"` }) },
  };
}

function withDone(to: string, said: string): string {
  const [path = '/', fragment] = to.split('#');
  return `${path}${path.includes('?') ? '&' : '?'}done=${said}${fragment === undefined ? '' : `#${fragment}`}`;
}

function asked({ path }: Page, { ask, doors, services, pages }: Pages, visit: Visit, req: Request, again: Again | null): Asked {
  const person = visit.person ?? nobody;
  return {
    person,
    session: visit.session,
    params: req.params as Readonly<Record<string, string>>,
    query: Object.fromEntries(Object.entries(req.query).filter((each): each is [string, string] => typeof each[1] === 'string')),
    here: req.originalUrl,
    now: services.now(),
    again,
    door: async <Name extends DoorName>(name: Name, call?: Call) => (await ask(person, name, call)).body as Answers[Name],
    tagged: async <Name extends DoorName>(name: Name, call?: Call) => {
      const { body, etag } = await ask(person, name, call);
      if (etag === undefined) throw new Error(`What ${name} answers bears no tag, which ${path} asks for`);
      return { body: body as Answers[Name], etag };
    },
    may: (name) => mayUse(doors, name, visit),
    gathered: () =>
      menuOf(pages, visit.person).gathered.map(({ path: href, menu: { title: text, about } }) => ({ href, text, about })),
    form: (of, inside) => form(of, inside, visit, again),
  };
}

function mayUse(doors: readonly Door[], name: string, { person }: Visit): boolean {
  const found = doors.find((each) => each.name === name);
  if (!found) throw new Error(`There is no door ${name}`);
  return person !== null && (typeof found.who !== 'function' || found.who(person).allowed);
}

const looksOf = { primary: '', secondary: 'govuk-button--secondary', warning: 'govuk-button--warning' } as const;

function form(
  { name = '', button, about, looks = 'primary', also, read, files }: FormOf,
  inside: readonly Html[],
  { csrf }: Visit,
  again: Again | null,
): Html {
  // A form that comes back with something wrong in it is a new one to the record; one that may have been recorded keeps its key.
  const kept = again !== null && again.form === name && again.problems.length === 0 ? textOf(again.posted, '_key') : '';
  const hidden = {
    [tokenField]: csrf,
    _key: kept === '' ? randomUUID() : kept,
    _form: name,
    ...(read === undefined ? {} : { _read: String(read) }),
  };
  const words =
    about === undefined ? { text: button } : { html: html`${button}<span class="govuk-visually-hidden"> ${about}</span>`.markup };
  return html`<form method="post" novalidate${files ? html` enctype="multipart/form-data"` : ''}>
    ${Object.entries(hidden).map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`)} ${inside}
    ${buttons(component('button', { ...words, classes: looksOf[looks], preventDoubleClick: true }), also)}
  </form>`;
}

function buttons(first: Html, also: FormOf['also']): Html {
  if (also === undefined) return first;
  const { name, text } = also;
  const second = component('button', { text, name, value: 'yes', classes: looksOf.secondary, preventDoubleClick: true });
  return html`<div class="govuk-button-group">${first} ${second}</div>`;
}

async function send(
  res: Response,
  page: Page,
  given: Pages,
  visit: Visit,
  shown: Shown | FileShown,
  { query, person }: Asked,
  wrong: { readonly detail: string; readonly problems: NonNullable<HttpProblem['more']['errors']> } | null = null,
): Promise<void> {
  if ('parts' in shown) {
    await sendFile(res, shown.parts);
    return;
  }
  if ('file' in shown) {
    const { name, type, bytes } = shown.file;
    res.set('Content-Security-Policy', "default-src 'none'; sandbox").type(type).attachment(name).send(bytes);
    return;
  }
  const text = shown.main.markup;
  const problems = wrong?.problems.map((each) => ({ ...each, at: placeOf(each.field, text) })) ?? [];
  sendHtml(
    res,
    layout({
      ...shown,
      menu: visit.person === null ? [] : menuItems(given.pages, page, visit, shown.back?.href),
      name: visit.person === null ? null : person.name,
      signOut: visit.person === null ? html`` : signOutForm(visit),
      done: query['done'] === undefined ? null : doneSentence(query['done']),
      wrong: wrong && { detail: wrong.detail, problems },
    }),
  );
}

const signOutForm = ({ csrf }: Visit): Html =>
  html`<form method="post" action="/sign-out">
    <input type="hidden" name="${tokenField}" value="${csrf}" /><button type="submit">Sign out</button>
  </form>`;

/** The id under which a field stands on the page, as `web/forms/show.ts` writes it. */
function placeOf(field: string, page: string): string | null {
  return [field, `${field}-day`, `${field}-1`, `${field}-mon-am`].find((id) => page.includes(` id="${id}"`)) ?? null;
}

/** As many stand in a menu beside each other; where there would be more, what is rarely needed has one page. */
const menuLength = 8;

/** @returns the pages of the menu that this person may open, in its order */
function openTo(pages: readonly Page[], person: Person | null): (Page & { readonly menu: InMenu })[] {
  return pages
    .filter((each): each is Page & { readonly menu: InMenu } => each.menu !== undefined)
    .filter(({ who }) => person !== null && (typeof who !== 'function' || who(person).allowed))
    .toSorted((one, other) => one.menu.order - other.menu.order);
}

/** @returns what is shown of the menu, and what stands on the page of the administration */
function menuOf(pages: readonly Page[], person: Person | null) {
  const all = openTo(pages, person);
  const gathers = all.filter(({ path }) => path !== administrationPath).length > menuLength;
  const gathered = gathers ? all.filter(({ menu }) => menu.rare) : [];
  const shown = all.filter((each) => (each.path === administrationPath ? gathers : !gathered.includes(each)));
  return { shown, gathered };
}

/** A page that stands under none of the menu is one of those to which it leads back. */
function menuItems(pages: readonly Page[], current: Page, { person }: Visit, back = ''): MenuItem[] {
  const { shown, gathered } = menuOf(pages, person);
  const holds = ({ path }: Page, at: string) => path !== '/' && (at === path || at.startsWith(`${path}/`));
  const [to = ''] = back.split('?');
  const at = [...shown, ...gathered].some((page) => holds(page, current.path)) ? current.path : to;
  return shown.map((page) => ({
    href: page.path,
    text: page.menu.title,
    current: page === current,
    active: holds(page, at) || (page.path === administrationPath && gathered.some((each) => holds(each, at))),
  }));
}
