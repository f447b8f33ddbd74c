// A service of one form behind the sign-in: real Postgres, the real embedded identity provider, and a browser of a few lines.
import { createServer } from 'node:http';
import express, { type Response as Answer } from 'express';
import pino from 'pino';
import { accessLog } from '../../../api/accessLog';
import { answerErrors } from '../../../api/errors';
import { remembering } from '../../../api/people';
import type { Services } from '../../../api/services';
import { closeServer } from '../../../api/server';
import { pagesClient, startIdentity, type Identity } from '../../../dev/identity';
import { demoPeople, signingInAt } from '../../../dev/people';
import { freePort } from '../../../dev/ports';
import type { Instant } from '../../../domain/calendar';
import { seedPeople } from '../../../prisma/seed';
import { noteAccess } from '../../../records/accessLog';
import { openDatabase, type Database } from '../../../records/database';
import { personSignedIn } from '../../../records/people';
import { html } from '../../../web/html';
import type { IssuerSettings } from '../../../web/session/issuers';
import { signInPath, type SignInPage } from '../../../web/session/pages';
import { sessions, type SessionOptions, type Sessions } from '../../../web/session/sessions';
import { testDatabase, type TestDatabase } from '../../support/postgres';

export interface Stand {
  readonly url: string;
  readonly identity: Identity;
  readonly database: TestDatabase;
  readonly api: Database;
  readonly sessions: Sessions;
  readonly services: Services;
  /** The database as the worker has it. */
  readonly worker: Database;
  at(now: Instant): void;
  now(): Instant;
  /** The lines of the access log, oldest first. */
  noted(): Promise<{ readonly action: string; readonly person: string; readonly detail: object }[]>;
  /** Rows of any table, past row-level security. */
  rows<Row>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

interface Setting extends Partial<Pick<SessionOptions, 'rates'>> {
  readonly folder: string;
  readonly proxies?: number;
  readonly secure?: boolean;
  /** Besides the embedded one. */
  readonly issuers?: readonly IssuerSettings[];
}

export async function openStand({ folder, proxies = 0, rates, issuers = [], secure = false }: Setting): Promise<Stand> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const publicUrl = secure ? `https://localhost:${port}` : url;
  const database = await testDatabase();
  const identity = await startIdentity({
    ...{ port: 0, folder, audience: 'cap-casework', people: demoPeople, publicUrl, production: false, log: () => undefined },
  });
  await seedPeople(database.urlFor('cap_owner'), signingInAt(identity.issuer));
  const worker = openDatabase(database.urlFor('cap_worker'));
  let time: Instant = '2026-11-25T09:00:00.000Z';
  const now = () => time;
  const api = openDatabase(database.urlFor('cap_api'), { now });
  const log = pino({ level: 'silent' });
  const access = accessLog((line) => noteAccess(api, line), log);
  const people = remembering((signIn) => personSignedIn(api, signIn));
  // What a session asks of the services; the rest is for doors.
  const services = { database: api, people, accessLog: access, now, log } as Partial<Services> as Services;
  const made = sessions({
    ...{ services, publicUrl, keys: [Buffer.alloc(32, 7)], limits: { idleMinutes: 30, hours: 12 }, draw },
    issuers: [{ issuer: identity.issuer, clientId: pagesClient, clientSecret: null, title: 'The demonstration' }, ...issuers],
    ...(rates && { rates }),
  });
  const app = express();
  app.use((_req, res, next) => {
    res.set('Content-Security-Policy', "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    next();
  });
  app.set('trust proxy', proxies).set('query parser', 'simple');
  app.use(made.router);
  app.get('/form', async (req, res) => {
    const { person, csrf, kept, session } = await made.visit(req, res);
    if (!person) return res.redirect(303, signInPath(req.originalUrl));
    res.send(
      html`<!doctype html><title>Form</title>
        <h1>${person.person}</h1>
        <p id="session">${session ?? ''}</p>
        <pre>${JSON.stringify(kept)}</pre>
        <form method="post">
          <input name="_csrf" type="hidden" value="${csrf}" />
          <input name="words" value="${typeof kept?.['words'] === 'string' ? kept['words'] : ''}" /><button>Send</button>
        </form>
        <form method="post" action="/sign-out">
          <input name="_csrf" type="hidden" value="${csrf}" /><button>Sign out</button>
        </form>
        <form action="/form"><input name="q" /><button>Search</button></form>`.markup,
    );
  });
  app.post('/form', made.gate, express.urlencoded({ extended: false, limit: '2mb' }), async (req, res) => {
    const sent = await made.posted(req, res);
    if (sent) res.send(`${sent.person.person} sent ${String((req.body as { words?: string }).words)}`);
  });
  app.use(answerErrors(log));
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    ...{ url, identity, database, api, worker, services, sessions: made, now },
    at: (instant) => (time = instant),
    noted: async () => {
      await access.settled();
      return rowsOf(database, 'SELECT action, person, detail FROM access_log ORDER BY id');
    },
    rows: (sql) => rowsOf(database, sql),
    stop: async () => {
      await closeServer(server, 1_000);
      await access.settled();
      await Promise.all([api.close(), worker.close(), identity.stop()]);
      await database.stop();
    },
  };
}

function draw(res: Answer, { status, title, main }: SignInPage): void {
  res
    .status(status)
    .type('html')
    .send(html`<!doctype html><title>${title}</title>${main}`.markup);
}

async function rowsOf<Row>({ superuserUrl }: TestDatabase, sql: string): Promise<Row[]> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

export interface Page {
  /** Where it came from in the end. */
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface Browser {
  /** What it holds, by host: names and values. */
  readonly cookies: Map<string, Map<string, string>>;
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Page>;
  post(url: string, body: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /** One request, whatever it leads to. */
  once(url: string, init?: RequestInit): Promise<Response>;
  /** Asks for a page of the stand, and signs in as one of the demo people on the way. */
  signIn(stand: Stand, person: string, path?: string): Promise<Page>;
}

/** @returns a browser with cookies of its own, that follows redirects and sends forms as from the page's own site */
export function browser(): Browser {
  const cookies: Browser['cookies'] = new Map();
  const once: Browser['once'] = async (url, init = {}) => {
    const { hostname } = new URL(url);
    const held = cookies.get(hostname) ?? new Map<string, string>();
    cookies.set(hostname, held);
    const cookie = [...held].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) held.delete(name);
      else held.set(name, value);
    }
    return response;
  };
  const follow = async (url: string, init?: RequestInit): Promise<Page> => {
    let [at, response] = [url, await once(url, init)];
    const next = () =>
      response.headers.get('location') ?? /^0; url=(.*)$/.exec(response.headers.get('refresh') ?? '')?.[1] ?? null;
    for (let to = next(), steps = 0; to !== null && steps < 12; to = next(), steps += 1) {
      at = new URL(to, at).href;
      response = await once(at);
    }
    return { url: new URL(at), status: response.status, text: await response.text(), headers: response.headers };
  };
  const made: Browser = {
    ...{ cookies, once },
    get: (url, headers = {}) => follow(url, { headers }),
    post: (url, body, headers = { 'sec-fetch-site': 'same-origin' }) =>
      follow(url, { method: 'POST', body: new URLSearchParams(body), headers }),
    signIn: async ({ url }, person, path = '/form') => {
      const pick = await made.get(`${url}${path}`);
      return pick.url.pathname.startsWith('/pick/') ? made.post(pick.url.href, { person }) : pick;
    },
  };
  return made;
}

/** @returns the token in a form of a page */
export function tokenIn({ text }: Page): string {
  return /name="_csrf" type="hidden" value="([^"]*)"/.exec(text)?.[1] ?? '';
}
