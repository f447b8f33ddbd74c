// The pages over the doors on real Postgres, for whoever a header names: the sign-in itself has tests of its own.
import { Router, type Express } from 'express';
import { HttpProblem } from '../../api/problems';
import type { Services } from '../../api/services';
import request from 'supertest';
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

/** A page as a person has it before them, at a browser that runs no scripts. */
export interface Screen {
  readonly status: number;
  /** The address at which the browser stands, after it was led on. */
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  /** What is read on it, on one line: of a page what stands between its header and its footer. */
  readonly text: string;
  readonly heading: string;
  /**
   * Fills in a form and sends it, as often as one likes; what was in its fields stays unless it is filled in.
   * @param button the words on it, where the page has several
   * @returns what the browser shows then
   * @throws Error where no form has that button
   */
  send(filled?: Filled, button?: string): Promise<Screen>;
}

/** What is filled in, by the name of the field; a list that is empty takes a field out. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

export interface Visitor {
  open(path: string): Promise<Screen>;
  /** Opens a page and sends its form at once: see `Screen.send`. */
  send(path: string, filled?: Filled, button?: string): Promise<Screen>;
}

/** @param person the name in the header; null for nobody */
export function visitor(app: Express, person: string | null): Visitor {
  const ask = async (path: string, sent?: URLSearchParams): Promise<Screen> => {
    const call = request(app)[sent === undefined ? 'get' : 'post'](path).set('Accept', 'text/html');
    if (person !== null) void call.set('x-test-person', person);
    const { status, headers, text: html } = await (sent === undefined ? call : call.type('form').send(sent.toString()));
    const given = headers as Readonly<Record<string, string>>;
    if (status === 303 && given['location'] !== undefined) return ask(given['location']);
    return {
      ...{ status, at: path, headers: given, html },
      text: wordsOf(/<main[^]*<\/main>/.exec(html)?.[0] ?? html),
      heading: wordsOf(/<h1[^>]*>([^]*?)<\/h1>/.exec(html)?.[1] ?? ''),
      send: (filled = {}, button) => ask(path.split('#')[0] ?? path, filledIn(html, filled, button, path)),
    };
  };
  return { open: (path) => ask(path), send: async (path, filled, button) => (await ask(path)).send(filled, button) };
}

/** What a browser would send of the form with that button, or of the first form, once some fields were filled in. */
function filledIn(html: string, filled: Filled, button: string | undefined, at: string): URLSearchParams {
  const forms = [...html.matchAll(/<form method="post" novalidate[^]*?<\/form>/g)].map(([form]) => form);
  const pressed = (form: string) =>
    [...form.matchAll(/<button([^>]*)>([^]*?)<\/button>/g)].find(([, , words = '']) => wordsOf(words) === button)?.[1];
  const form = forms.find((each) => button === undefined || pressed(each) !== undefined);
  if (form === undefined) throw new Error(`${at} has no form${button === undefined ? '' : ` with the button "${button}"`}`);
  const tag = pressed(form) ?? '';
  const named: [string, string][] = / name="/.test(tag) ? [[attribute(tag, 'name'), attribute(tag, 'value')]] : [];
  const kept = valuesOf(form).filter(([field]) => !Object.hasOwn(filled, field));
  const given = Object.entries(filled).flatMap(([field, value]) => [value].flat().map((one): [string, string] => [field, one]));
  return new URLSearchParams([...kept, ...given, ...named]);
}

const attribute = (tag: string, name: string) => plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** What a browser would send of a form that nobody touched. */
function valuesOf(form: string): [string, string][] {
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
