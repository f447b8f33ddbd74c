// The whole service at the browsers of several people: pages, doors, real Postgres, the real sign-in, Chromium. The engine takes each record step at once,
// so that a case of many months is told in a minute: `at` sets the clock.
import { mkdir, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { remembering } from '../../api/people';
import { closeServer } from '../../api/server';
import { projectRoot } from '../../config';
import { pagesClient, startIdentity } from '../../dev/identity';
import { demoPeople, signingInAt } from '../../dev/people';
import { freePort } from '../../dev/ports';
import type { Instant } from '../../domain/calendar';
import { seedPeople } from '../../prisma/seed';
import { personSignedIn } from '../../records/people';
import { createApp, drawSignIn } from '../../web/app';
import { sessions } from '../../web/session/sessions';
import { openDoors, type Doors } from '../api/doors';
import { startBrowser } from '../support/browser';

export interface Browsers {
  readonly url: string;
  readonly doors: Doors;
  readonly browser: Browser;
  at(now: Instant): void;
  /** A page of one of the demo people, signed in; the same browser window each time. */
  as(person: string): Promise<Page>;
  /** What browsers complained of: scripts, styles and requests that were refused. */
  readonly complaints: string[];
  stop(): Promise<void>;
}

/** Where screenshots go; they are looked at, not committed. */
export const artifacts = join(projectRoot, 'test', 'artifacts');

export async function openBrowsers(now: Instant, viewport = { width: 1280, height: 900 }): Promise<Browsers> {
  const [doors, browser, port, folder] = await Promise.all([
    openDoors(now),
    startBrowser(),
    freePort(),
    mkdtemp(join(tmpdir(), 'cap-identity-')),
    mkdir(artifacts, { recursive: true }),
  ]);
  const url = `http://localhost:${port}`;
  const identity = await startIdentity({
    ...{ port: 0, folder, audience: 'cap-casework', people: demoPeople, publicUrl: url, production: false, log: () => undefined },
  });
  const both = signingInAt(identity.issuer).map((person, at) => ({
    ...person,
    signIns: [...person.signIns, ...(signingInAt(doors.issuer.url)[at]?.signIns ?? [])],
  }));
  await seedPeople(doors.database.urlFor('cap_owner'), both);
  const services = { ...doors.services, people: remembering((signIn) => personSignedIn(doors.api, signIn)) };
  const pages = sessions({
    ...{ services, publicUrl: url, keys: [Buffer.alloc(32, 7)], limits: { idleMinutes: 30, hours: 12 }, draw: drawSignIn },
    issuers: [{ issuer: identity.issuer, clientId: pagesClient, clientSecret: null, title: 'The demonstration' }],
  });
  const server = createServer(createApp(services, pages));
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const complaints: string[] = [];
  const open = new Map<string, Page>();
  const windowOf = async (person: string) => {
    const known = open.get(person);
    if (known) return known;
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(`${person}: ${message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
        complaints.push(`${person}: ${message.text()}`);
    });
    open.set(person, page);
    return page;
  };
  return {
    ...{ url, doors, browser, complaints },
    at: doors.at,
    as: async (person) => {
      const page = await windowOf(person);
      await page.goto(url);
      // Whoever is not signed in is led on by a page, not by a redirect.
      await page.waitForURL(({ origin, pathname }) => pathname.startsWith('/pick/') || (origin === url && pathname === '/'));
      const name = demoPeople.find(({ id }) => id === person)?.name ?? person;
      if (new URL(page.url()).pathname.startsWith('/pick/')) {
        await Promise.all([page.waitForURL(`${url}/`), page.getByRole('button', { name }).click()]);
      }
      return page;
    },
    stop: async () => {
      await browser.close();
      await closeServer(server, 500);
      await Promise.all([identity.stop(), doors.stop()]);
    },
  };
}
