// The pages over the doors on real Postgres, for whoever a header names: the sign-in itself has tests of its own.
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import type { Services } from '../../api/services';
import { nobody } from '../../api/signIn';
import type { Person } from '../../records/types';
import { createApp } from '../../web/app';
import { html } from '../../web/html';
import type { Visits } from '../../web/session/visit';
import { Router } from 'express';
import { HttpProblem } from '../../api/problems';

const token = 'token-of-the-test';

/** @param people who there is, by the name in the header `x-test-person` */
export function appWithPages(services: Services, people: (name: string) => Promise<Person | null>): Express {
  const visits: Visits = {
    router: Router(),
    visit: async (req) => {
      const name = req.headers['x-test-person'];
      const person = typeof name === 'string' ? await people(name) : null;
      return { person, csrf: token, kept: null };
    },
    askToSignIn: (req, res) => {
      res.redirect(303, `/sign-in?back=${encodeURIComponent(req.originalUrl)}`);
      return Promise.resolve();
    },
    requireToken: ({ person }, given) => {
      if (given !== token || person === nobody) throw new HttpProblem('not-allowed');
    },
    signOut: () => html`<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>`,
  };
  return createApp(services, visits);
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface Pages {
  /** Opens a page as a person. */
  see(person: string, path: string): Promise<Response>;
  /** Opens a page with a form, whose fields are changed and sent later. @param form its name, where the page has several */
  open(person: string, path: string, form?: string): Promise<(fields: Fields) => Promise<Response>>;
  /** Opens such a page and sends it at once. */
  send(person: string, path: string, fields: Fields, form?: string): Promise<Response>;
}

/** The pages as people use them, without a browser. */
export function pagesOf(app: Express): Pages {
  const see: Pages['see'] = async (person, path) => request(app).get(path).set('x-test-person', person);
  const open: Pages['open'] = async (person, path, form = '') => {
    const there = fieldsOf((await see(person, path)).text, form);
    return async (fields) => {
      const body = new URLSearchParams(there.filter(([name]) => !(name in fields)));
      for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
      return request(app).post(path).set('x-test-person', person).type('form').send(body.toString());
    };
  };
  return { see, open, send: async (person, path, fields, form) => (await open(person, path, form))(fields) };
}

/** What a browser would send of a form as it is shown. */
function fieldsOf(page: string, name: string): [string, string][] {
  const forms = [...page.matchAll(/<form method="post"[^>]*>([\s\S]*?)<\/form>/g)].map(([, inside = '']) => inside);
  const form = forms.find((inside) => inside.includes(`name="_form" value="${name}"`));
  if (form === undefined) throw new Error(`There is no form "${name}" on the page`);
  const of = (tag: string, attribute: string) => new RegExp(` ${attribute}="([^"]*)"`).exec(tag)?.[1];
  const inputs = [...form.matchAll(/<input [^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const chosen = !/type="(?:radio|checkbox)"/.test(tag) || / checked/.test(tag);
    return chosen ? [[of(tag, 'name') ?? '', of(tag, 'value') ?? '']] : [];
  });
  const areas = [...form.matchAll(/<textarea ([^>]*)>([^<]*)<\/textarea>/g)].map(([, tag = '', text = '']): [string, string] => [
    of(` ${tag}`, 'name') ?? '',
    text,
  ]);
  const lists = [...form.matchAll(/<select ([^>]*)>([\s\S]*?)<\/select>/g)].map(
    ([, tag = '', options = '']): [string, string] => [
      of(` ${tag}`, 'name') ?? '',
      /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '',
    ],
  );
  return [...inputs, ...areas, ...lists].filter(([field]) => field !== '');
}
