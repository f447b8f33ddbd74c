// The pages over the doors on real Postgres, for whoever a header names: the sign-in itself has tests of its own.
import { Router, type Express } from 'express';
import request, { type Response } from 'supertest';
import { HttpProblem } from '../../api/problems';
import type { Services } from '../../api/services';
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

/** A page as somebody has it before them. */
export interface Opened {
  readonly status: number;
  /** What is read on it, without its markup. */
  readonly text: string;
  readonly markup: string;
  /**
   * Fills in the form with that button and sends it; where the answer leads on, the next page is opened.
   * @param fields what is typed over what the form has; null takes a field out
   */
  press(button: string, fields?: Readonly<Record<string, string | readonly string[] | null>>): Promise<Opened>;
}

/** @returns the pages as a person opens them, without JavaScript */
export function pagesOf(app: Express, person: string): (path: string) => Promise<Opened> {
  const opened = (path: string, { status, text: markup }: Response): Opened => ({
    ...{ status, markup, text: readable(markup) },
    press: async (button, fields = {}) => {
      const form = [...markup.matchAll(/<form method="post"[^]*?<\/form>/g)].find(([found]) =>
        readable(found).includes(button),
      )?.[0];
      if (form === undefined) throw new Error(`${path} has no form with the button ${button}`);
      const sent = new URLSearchParams();
      for (const [name, value] of fieldsOf(form)) if (!(name in fields)) sent.append(name, value);
      for (const [name, value] of Object.entries(fields)) {
        for (const each of value === null ? [] : [value].flat()) sent.append(name, each);
      }
      const answer = await request(app).post(path).set('x-test-person', person).type('form').send(sent.toString());
      return answer.status === 303 ? open(answer.headers['location'] ?? '/') : opened(path, answer);
    },
  });
  const open = async (path: string): Promise<Opened> =>
    opened(path, await request(app).get(path).set('x-test-person', person).set('Accept', 'text/html'));
  return open;
}

/** What a form holds, as a browser would send it. */
function fieldsOf(form: string): [string, string][] {
  const attribute = (tag: string, name: string) => unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const kind = attribute(tag, 'type');
    if ((kind === 'radio' || kind === 'checkbox') && !/\schecked\b/.test(tag)) return [];
    return [[attribute(tag, 'name'), attribute(tag, 'value')]];
  });
  const areas = [...form.matchAll(/(<textarea\b[^>]*>)([^]*?)<\/textarea>/g)].map(
    ([, tag = '', value = '']): [string, string] => [attribute(tag, 'name'), unescaped(value)],
  );
  const selects = [...form.matchAll(/(<select\b[^>]*>)([^]*?)<\/select>/g)].map(
    ([, tag = '', options = '']): [string, string] => [
      attribute(tag, 'name'),
      attribute(/<option[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? '', 'value'),
    ],
  );
  return [...inputs, ...areas, ...selects].filter(([name]) => name !== '');
}

function readable(markup: string): string {
  const body = markup.slice(Math.max(0, markup.indexOf('<body')));
  return unescaped(body.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function unescaped(text: string): string {
  return text.replace(
    /&(lt|gt|quot|#39|amp);/g,
    (_all, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '',
  );
}
