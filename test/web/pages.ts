// The pages over the doors on real Postgres, for whoever a header names: the sign-in itself has tests of its own.
import { Router, type Express } from 'express';
import { HttpProblem } from '../../api/problems';
import type { Services } from '../../api/services';
import request, { type Response } from 'supertest';
import { readPerson } from '../../records/people';
import type { Person } from '../../records/types';
import { createApp } from '../../web/app';
import type { Visit } from '../../web/session/sessions';

const csrf = 'token-of-the-test';

/** @param people who there is, by the name in the header `x-test-person`: those of the records, unless a test has others */
export function appWithPages(
  services: Services,
  people: (name: string) => Promise<Person | null> = (name) => readPerson(services.database, name),
): Express {
  const visit = async (header: string | string[] | undefined): Promise<Visit> => {
    const person = typeof header === 'string' ? await people(header) : null;
    return { person, csrf, kept: null, session: null };
  };
  return createApp(services, {
    router: Router(),
    gate: (_req, _res, next) => next(),
    visit: (req) => visit(req.headers['x-test-person']),
    posted: async (req) => {
      const found = await visit(req.headers['x-test-person']);
      if (!found.person) throw new HttpProblem('not-signed-in');
      if ((req.body as Record<string, unknown> | undefined)?.['_csrf'] !== csrf) throw new HttpProblem('not-our-form');
      return { ...found, person: found.person };
    },
  });
}

/** A page as a person has it before them. */
export interface Screen {
  readonly status: number;
  /** The address at which the browser stands, after it was led on. */
  readonly at: string;
  readonly html: string;
  /** What is read on it, without markup. */
  readonly text: string;
  readonly heading: string;
}

/** What is filled in, by the name of the field. */
type Filled = Readonly<Record<string, string | readonly string[]>>;

export interface Visitor {
  open(path: string): Promise<Screen>;
  /**
   * Fills in a form of a page and sends it; what was in its fields stays unless it is filled in.
   * @param form the name of the form, where the page has several; its button as the person presses it
   */
  send(screen: Screen, filled: Filled, form?: { readonly name?: string; readonly button?: string }): Promise<Screen>;
}

/** A person at a browser that runs no scripts. */
export function visitor(app: Express, person: string): Visitor {
  const ask = async (method: 'get' | 'post', path: string, sent?: string): Promise<Screen> => {
    const call = request(app)[method](path).set('x-test-person', person).set('Accept', 'text/html');
    const {
      status,
      headers,
      text: html,
    } = await (sent === undefined ? call : call.set('Content-Type', 'application/x-www-form-urlencoded').send(sent));
    const location = headers['location'];
    if (status === 303 && location !== undefined) return ask('get', location);
    return { status, at: path, html, text: wordsOf(html), heading: wordsOf(/<h1[^>]*>([^]*?)<\/h1>/.exec(html)?.[1] ?? '') };
  };
  return {
    open: (path) => ask('get', path),
    send: ({ at, html }, filled, { name = '', button } = {}) => {
      const body = filledIn(formOf(html, name, at), { ...filled, ...(button === undefined ? {} : { [button]: 'yes' }) });
      return ask('post', at.split('#')[0] ?? at, body.toString());
    },
  };
}

const formsOf = (html: string): string[] => [...html.matchAll(/<form method="post"[^]*?<\/form>/g)].map(([form]) => form);

const nameOf = (form: string): string | undefined => valuesOf(form).find(([field]) => field === '_form')?.[1];

/** The form of a page by its name. */
function formOf(html: string, name: string, at: string): string {
  const found = formsOf(html).find((form) => nameOf(form) === name);
  if (found === undefined) throw new Error(`${at} has no form "${name}"`);
  return found;
}

/** What a browser would send once some fields were filled in. */
function filledIn(form: string, filled: Filled): URLSearchParams {
  const kept = valuesOf(form).filter(([field]) => !Object.hasOwn(filled, field));
  const given = Object.entries(filled).flatMap(([field, value]) => [value].flat().map((one): [string, string] => [field, one]));
  return new URLSearchParams([...kept, ...given]);
}

/** What a browser would send of a form that nobody touched. */
function valuesOf(form: string): [string, string][] {
  const attribute = (tag: string, name: string) => plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
  const inputs = [...form.matchAll(/<input[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const isChoice = /type="(radio|checkbox)"/.test(tag);
    return isChoice && !/\schecked\b/.test(tag) ? [] : [[attribute(tag, 'name'), attribute(tag, 'value')]];
  });
  const areas = [...form.matchAll(/<textarea([^>]*)>([^]*?)<\/textarea>/g)].map(([, tag = '', value = '']): [string, string] => [
    attribute(tag, 'name'),
    plain(value),
  ]);
  const lists = [...form.matchAll(/<select([^>]*)>([^]*?)<\/select>/g)].map(([, tag = '', inner = '']): [string, string] => [
    attribute(tag, 'name'),
    attribute(/<option[^>]* selected[^>]*>/.exec(inner)?.[0] ?? '', 'value'),
  ]);
  return [...inputs, ...areas, ...lists];
}

function wordsOf(html: string): string {
  return plain(html.replace(/<(script|style)[^]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name] ?? '');

/** A person who asks for pages and sends forms without being led on: what comes back is looked at as it is. */
export interface Asker {
  open(path: string): Promise<Response>;
  /**
   * Opens a page, types into one of its forms, and sends it.
   * @param typed by the names of the fields; what is not named stays as the page has it
   * @param form the name of the form, where the page has several
   */
  send(path: string, typed?: Filled, form?: string): Promise<Response>;
}

/** @param person the name in the header; null for nobody */
export function asker(app: Express, person: string | null): Asker {
  const as = person === null ? {} : { 'x-test-person': person };
  const open = async (path: string) => request(app).get(path).set('Accept', 'text/html').set(as);
  return {
    open,
    send: async (path, typed = {}, form = '') => {
      const { text } = await open(path);
      const body = filledIn(formOf(text, form, path), typed).toString();
      return request(app).post(path).set('Accept', 'text/html').set(as).type('form').send(body);
    },
  };
}

/** The text of a page as it is read, on one line. */
export const readText = ({ text }: Response): string => wordsOf(/<main[^]*<\/main>/.exec(text)?.[0] ?? text);

/** A page as somebody has it before them, to press its buttons. */
export interface Opened extends Screen {
  /**
   * Fills in the form with that button and sends it; where the answer leads on, the next page is opened.
   * @param fields what is typed over what the form has; null takes a field out
   */
  press(button: string, fields?: Readonly<Record<string, string | readonly string[] | null>>): Promise<Opened>;
}

/** @returns the pages as a person opens them, without JavaScript */
export function pagesOf(app: Express, person: string): (path: string) => Promise<Opened> {
  const somebody = visitor(app, person);
  const opened = (screen: Screen): Opened => ({
    ...screen,
    press: async (button, fields = {}) => {
      const name = formsOf(screen.html)
        .filter((form) => wordsOf(form).includes(button))
        .map(nameOf)
        .find((each) => each !== undefined);
      if (name === undefined) throw new Error(`${screen.at} has no form with the button ${button}`);
      const typed = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? []]));
      return opened(await somebody.send(screen, typed, { name }));
    },
  });
  return async (path) => opened(await somebody.open(path));
}
