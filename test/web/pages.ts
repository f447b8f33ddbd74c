// The pages over the doors on real Postgres, for whoever a header names: the sign-in itself has tests of its own.
import { Router, type Express } from 'express';
import { HttpProblem } from '../../api/problems';
import type { Services } from '../../api/services';
import request, { type Response } from 'supertest';
import type { Person } from '../../records/types';
import { createApp } from '../../web/app';
import type { Visit } from '../../web/session/sessions';

const csrf = 'token-of-the-test';

/** @param people who there is, by the name in the header `x-test-person` */
export function appWithPages(services: Services, people: (name: string) => Promise<Person | null>): Express {
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
      if ((req.body as Record<string, unknown> | undefined)?.['_csrf'] !== csrf || !found.person)
        throw new HttpProblem('not-our-form');
      return { ...found, person: found.person };
    },
  });
}

/** Somebody at a browser without JavaScript. */
export interface Visitor {
  open(path: string): Promise<Response>;
  /**
   * Opens a page, types into one of its forms, and sends it.
   * @param typed by the names of the fields; what is not named stays as the page has it
   * @param form the name of the form, where the page has several
   */
  send(path: string, typed?: Readonly<Record<string, string | readonly string[]>>, form?: string): Promise<Response>;
}

/** @param person the name in the header; null for nobody */
export function visitor(app: Express, person: string | null): Visitor {
  const as = person === null ? {} : { 'x-test-person': person };
  const open = (path: string) => request(app).get(path).set('Accept', 'text/html').set(as);
  return {
    open: async (path) => open(path),
    send: async (path, typed = {}, form = '') => {
      const { text, status } = await open(path);
      const inside = [...text.matchAll(/<form method="post"[\s\S]*?<\/form>/g)].map(([found]) => found);
      const found = inside.find((each) => each.includes(`name="_form" value="${form}"`));
      if (found === undefined) throw new Error(`${path} has no form ${form}; it came with ${String(status)}`);
      const fields = { ...fieldsOf(found), ...typed };
      const pairs = Object.entries(fields).flatMap(([name, value]) =>
        (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
      );
      const body = new URLSearchParams(pairs).toString();
      return request(app).post(path).set('Accept', 'text/html').set(as).type('form').send(body);
    },
  };
}

/** What a browser would send of a form as it stands. */
function fieldsOf(form: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string) => {
    if (name !== undefined) (fields[name] ??= []).push(plain(value));
  };
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const ticks = /type="(radio|checkbox)"/.test(tag);
    if (!ticks || /\schecked/.test(tag)) add(attribute(tag, 'name'), attribute(tag, 'value') ?? '');
  }
  for (const [, tag = '', text = ''] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(attribute(tag, 'name'), text);
  for (const [, tag = '', options = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    add(attribute(tag, 'name'), /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '');
  }
  return fields;
}

const plain = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'");

/** The text of a page as it is read, on one line. */
export function readText({ text }: Response): string {
  const main = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? text;
  return plain(main.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}
