// The Web UI of Temporal behind the sign-in of the pages, in a real browser: an origin of its own, to which a session of our pages leads.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from '../support/browser';
import { caseBefore } from '../support/pathways';
import { eventually, startSystem, type System } from '../support/system';

jest.setTimeout(180_000);

let system: System;
let browser: Browser;
let reference: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ webUi: 'signed-in' }), startBrowser()]);
  reference = await caseBefore(system, 'tier-1-course', 'checkPack');
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

const workflow = () => `${system.uiUrl}/namespaces/default/workflows/${reference}`;
const pages = () => `http://localhost:${String(system.apiPort)}`;

interface Seen {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser did not load, because a policy forbids it. */
  readonly forbidden: string[];
  /** What the codec gave to the page, as text. */
  readonly decoded: string[];
}

/** Opens the case in the Web UI, in a browser of its own, and signs in as somebody. */
async function opensAs(person: string): Promise<Seen> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen: Seen = { page, context, forbidden: [], decoded: [] };
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) seen.forbidden.push(message.text());
  });
  page.on('response', (response) => {
    if (!response.url().startsWith(`${system.uiUrl}/codec/decode`) || response.status() !== 200) return;
    void response.json().then(({ payloads }: { payloads: { data: string }[] }) => {
      seen.decoded.push(...payloads.map(({ data }) => Buffer.from(data, 'base64').toString()));
    });
  });
  await page.goto(workflow());
  expect(page.url()).toContain(`${pages()}/sign-in`);
  await page.locator(`button[value="${person}"]`).click();
  return seen;
}

const tokenOf = async (context: BrowserContext) =>
  (await context.cookies(system.uiUrl)).find(({ name }) => name === '_csrf')?.value ?? '';

/** What is answered to a script of the page, as one of the Web UI sends it. */
async function asks(page: Page, path: string, body: object | null): Promise<number> {
  const token = await tokenOf(page.context());
  return page.evaluate(
    async ([to, sent, csrf]) => {
      const headers = { 'Content-Type': 'application/json', 'X-CSRF-TOKEN': csrf };
      return (await fetch(to, sent === null ? {} : { method: 'POST', headers, body: JSON.stringify(sent) })).status;
    },
    [path, body, token] as const,
  );
}

const ofCase = () => `/api/v1/namespaces/default/workflows/${reference}`;
const signal = () =>
  ({ workflowExecution: { workflowId: reference }, signalName: 'noSuchSignal', namespace: 'default' }) as const;
const acts = (page: Page) => asks(page, `${ofCase()}/signal/noSuchSignal`, signal());
const logged = (person: string) =>
  system.sql<{ action: string; reference: string | null; detail: { status: number; what?: string } }>(
    'superuser',
    `SELECT action, reference, detail FROM access_log WHERE person = $1 AND action LIKE '%/web-ui' ORDER BY id`,
    [person],
  );

test('somebody of ops signs in, comes back to the case, and reads decoded where it stands; what they do is noted', async () => {
  const { page, context, forbidden, decoded } = await opensAs('ops');
  await eventually(async () => {
    expect(page.url()).toContain(workflow());
    expect(await page.locator('body').innerText()).toContain(reference);
    expect(decoded.join()).toContain('CAP');
  });
  expect(forbidden).toEqual([]);
  expect(await acts(page)).toBe(200);
  await eventually(async () =>
    expect(await logged('ops')).toEqual([
      { action: 'GET /web-ui', reference: null, detail: { status: 200 } },
      { action: 'POST /web-ui', reference, detail: { status: 200, what: 'signal/noSuchSignal' } },
    ]),
  );

  // It lives as long as the session from which it came.
  const elsewhere = await context.newPage();
  await elsewhere.goto(pages());
  await elsewhere.getByRole('button', { name: 'Sign out' }).click();
  // Asked beside the page, which leaves for the sign-in as soon as it is answered so itself.
  const headers = { 'X-CSRF-TOKEN': await tokenOf(context), Accept: 'application/json', Origin: system.uiUrl };
  expect((await context.request.get(`${system.uiUrl}/api/v1/namespaces`, { headers })).status()).toBe(401);
  const acted = await context.request.post(`${system.uiUrl}${ofCase()}/signal/noSuchSignal`, { headers, data: signal() });
  expect(acted.status()).toBe(401);
  const again = await context.newPage();
  await again.goto(workflow());
  expect(again.url()).toContain(`${pages()}/sign-in`);
});

test('CAP looks and does nothing: no signal, and nothing decoded', async () => {
  const { page, decoded } = await opensAs('cap.team');
  await eventually(async () => {
    expect(page.url()).toContain(workflow());
    expect(await page.locator('body').innerText()).toContain(reference);
  });
  expect(await acts(page)).toBe(403);
  expect(await asks(page, `${ofCase()}/terminate`, {})).toBe(403);
  expect(await asks(page, '/codec/decode', { payloads: [] })).toBe(403);
  expect(decoded).toEqual([]);
});

test.each(['school.alder', 'auditor'])('%s is told that it is not for them', async (person) => {
  const { page } = await opensAs(person);
  await page.waitForURL(`${pages()}/web-ui?**`);
  expect(await page.locator('main').innerText()).toContain('for the CAP team and ops to look at');
  await page.goto(workflow());
  expect(page.url()).toContain(`${pages()}/web-ui`);
});

test('a ticket counts in the browser that asked for it alone, and once', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const tickets: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/cap-enter?')) tickets.push(request.url());
  });
  await page.goto(workflow());
  await page.locator('button[value="ops"]').click();
  await eventually(() => Promise.resolve(expect(tickets).toHaveLength(1)));
  await page.waitForURL(`${workflow()}**`);
  const [ticket = ''] = tickets;
  for (const other of [await browser.newContext(), context]) {
    const response = await (await other.newPage()).goto(ticket);
    expect(response?.status()).toBe(401);
  }
});

test('a page of another origin makes nobody act: not one of ours either', async () => {
  const { page, context } = await opensAs('ops');
  await page.waitForURL(`${workflow()}**`);
  const cookie = (await context.cookies(system.uiUrl)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const response = await fetch(`${system.uiUrl}${ofCase()}/terminate`, {
    method: 'POST',
    headers: { cookie, Origin: pages(), 'Sec-Fetch-Site': 'same-site', 'Content-Type': 'application/json' },
    body: '{}',
  });
  expect(response.status).toBe(403);
});
