// Every page, as those who may open it, in a real browser at the width of a desk and of a telephone: found by following links from the menu on, so that a
// page is looked at the day it stands there. What is wrong is listed by person, page and width; a picture of each goes to test/artifacts/.
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page as Tab } from 'playwright-core';
import type { Page } from '../../web/page';
import { allPages } from '../../web/allPages';
import { commandPage, commandPages } from '../../web/pages/command';
import { meetingCommandPages } from '../../web/pages/meetingCommands';
import type { PersonCommandKind } from '../../domain/commands';
import type { Doors } from '../api/doors';
import { startBrowser } from '../support/browser';
import { artifacts } from './browsers';
import { fillAndSend } from './fill';
import { openStand, type Stand } from './stand';

let stand: Stand;
let doors: Doors;
let server: Server;
let browser: Browser;
const folder = join(artifacts, 'pages');
const axeScript = require.resolve('axe-core/axe.min.js');

beforeAll(async () => {
  [stand, browser] = await Promise.all([openStand(), startBrowser(), mkdir(folder, { recursive: true })]);
  doors = stand.doors;
  server = stand.app.listen(0);
}, 120_000);
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await doors.stop();
});

const site = () => `http://localhost:${String((server.address() as AddressInfo).port)}`;

/** One of each role, and who sits on a panel for a school. */
const people = ['cap.lead', 'school.alder', 'chair.review', 'member.attendance', 'provider.one', 'ops', 'auditor', 'nobody'];

const widths = [1280, 320] as const;

/** What each person sees of it differs, so that each of them looks at it; any other page is looked at once. */
const differs = ({ who, menu, name }: Page) =>
  who === 'everybody' || menu !== undefined || ['case', 'you', 'meeting'].includes(name);

interface Found {
  readonly page: Page | undefined;
  readonly name: string;
}

const shapes = allPages
  .map((page) => ({ page, shape: new RegExp(`^${page.path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
  .toSorted((one, other) => one.page.path.split('{').length - other.page.path.split('{').length);

/** The page that an address leads to; what stands outside of the pages, as outcome documents do, is known by its address. */
function pageAt(path: string): Found {
  const { pathname } = new URL(path, site());
  const page = shapes.find(({ shape }) => shape.test(pathname))?.page;
  return { page, name: page?.name ?? pathname.replace(/CAP-[0-9A-Z-]+|[0-9a-f]{8}-[0-9a-f-]{27}/g, 'one') };
}

const looked = new Set<string>();

/** Files are no pages, and signing in has tests of its own. */
const isElsewhere = (path: string) =>
  /^\/sign-in|[./]pdf$|\/file(\?|$)|^\/exports\/.|^\/files\/[^/]+\/[^/]+$|^\/api\//.test(path);

/** Looks at all that this person comes to. @returns what is wrong */
async function lookAt(person: string): Promise<string[]> {
  const context = await browser.newContext(person === 'nobody' ? {} : { extraHTTPHeaders: { 'x-test-person': person } });
  await context.addInitScript({ path: axeScript });
  const wrong: string[] = [];
  const seen = new Set<string>();
  const queue = [
    ...(person === 'nobody' ? [] : ['/']),
    ...allPages.filter(({ who }) => who === 'everybody').map(({ path }) => path),
    ...stand.addresses(person),
    ...(await commandsOf(person)),
  ];
  const tab = await context.newPage();
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const { page, name } = pageAt(path);
    if (person === 'nobody' && page?.who !== 'everybody') continue;
    if (seen.has(name) || isElsewhere(path) || (looked.has(name) && !(page && differs(page)))) continue;
    const { links, said } = await lookAtOne(tab, person, path, name);
    seen.add(name);
    looked.add(name);
    wrong.push(...said.map((each) => `${person} ${path}: ${each}`));
    queue.push(...links);
  }
  await context.close();
  return wrong;
}

/** What a person may do to the cases of the stand: a page for each kind of command. */
async function commandsOf(person: string): Promise<string[]> {
  if (person === 'nobody') return [];
  const all = await Promise.all(stand.cases.map((reference) => doors.ask(person, 'GET', `/api/v1/cases/${reference}`)));
  return all.flatMap(({ status, body }) =>
    status === 200
      ? (body.can as { command: PersonCommandKind }[]).map(({ command }) => commandPage(String(body.reference), command))
      : [],
  );
}

/** In the page itself, where axe stands from its first script on: it is not sent there anew for each width. No rule that runs asks for what it would load again. */
const violationsOfAxe = `axe.run({ resultTypes: ['violations'], preload: false }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ' in ' + nodes.map(({ html }) => html).join(' and ')))`;

/** References are drawn by chance, and a page must hold the widest of them: its letters are the widest that a reference may have. */
const withTheWidestReference = `for (const each of document.querySelectorAll('.cap-reference, .cap-reference a'))
  if (!each.firstElementChild) each.textContent = each.textContent.replace(/(CAP-\\d{4}-)\\w+/, '$1WWWWWW')`;

async function lookAtOne(tab: Tab, person: string, path: string, name: string) {
  const said: string[] = [];
  const hear = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') said.push(`the console says ${message.text()}`);
  };
  tab.on('console', hear);
  await tab.setViewportSize({ width: widths[0], height: 900 });
  const answer = await tab.goto(`${site()}${path}`);
  if (answer?.status() !== 200) said.push(`answers ${String(answer?.status())}`);
  if (!(await tab.title()).includes('CAP Casework')) said.push(`has the title "${await tab.title()}"`);
  const headings = await tab.locator('h1').count();
  if (headings !== 1) said.push(`has ${String(headings)} headings of the first rank`);
  for (const width of widths) {
    await tab.setViewportSize({ width, height: 900 });
    await tab.evaluate(withTheWidestReference);
    const over: number = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (over > 0) said.push(`scrolls sideways by ${String(over)} at ${String(width)}`);
    // What a page of several people has in common is looked at once at the width of a telephone.
    if (width < 1000 && looked.has(name)) continue;
    const violations: string[] = await tab.evaluate(violationsOfAxe);
    said.push(...violations.map((each) => `axe at ${String(width)}: ${each}`));
    const file = `${person}${name.replace(/[^a-zA-Z0-9]+/g, '-').padStart(name.length + 1, '-')}-${String(width)}.jpeg`;
    await tab.screenshot({ path: join(folder, file), fullPage: true, quality: 60 });
  }
  tab.off('console', hear);
  const links: string[] = await tab.evaluate(
    `[...document.querySelectorAll('a[href^="/"]')].map((a) => a.getAttribute('href').split('#')[0])`,
  );
  return { links, said };
}

test.each(people)(
  'every page that %s comes to: axe finds nothing, nothing scrolls sideways, one heading, a title, nothing refused',
  async (person) => {
    expect(await lookAt(person)).toEqual([]);
  },
  300_000,
);

test('every page was looked at, but for commands that no case of the stand waits for', () => {
  const commands = new Set([...commandPages, ...meetingCommandPages].map(({ name }) => name));
  const files = allPages.filter(({ path }) => isElsewhere(path.replace(/\{[^}]+\}/g, 'x'))).map(({ name }) => name);
  const missed = allPages.map(({ name }) => name).filter((name) => !looked.has(name) && !files.includes(name));
  expect(missed.filter((name) => !commands.has(name))).toEqual([]);
  expect([...commands].filter((name) => looked.has(name)).length).toBeGreaterThan(15);
});

/** A window of a person, of the width of a telephone. */
async function phoneOf(person: string, javaScriptEnabled: boolean): Promise<Tab> {
  const context = await browser.newContext({
    ...{ javaScriptEnabled, baseURL: site(), viewport: { width: 320, height: 700 } },
    extraHTTPHeaders: { 'x-test-person': person },
  });
  return context.newPage();
}

test('without JavaScript the menu is there, what depends on a choice is reached, and a form says what is missing by its label', async () => {
  const tab = await phoneOf('chair.review', false);
  await tab.goto(commandPage(stand.cases[0] ?? '', 'panelDecision'));
  expect(await tab.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Cases' }).isVisible()).toBe(true);
  await tab.getByRole('radio', { name: 'Refuse' }).check({ force: true });
  expect(await tab.locator('[name=alternatives]').isVisible()).toBe(true);
  expect(await tab.locator('[name=information]').isVisible()).toBe(false);
  await fillAndSend(tab, {}, 'Save');
  const label = await tab.locator('label[for=reasons]').innerText();
  expect(await tab.getByRole('alert').innerText()).toContain(`${label.trim()}: this is needed.`);
  expect(await tab.locator('[name=alternatives]').isVisible()).toBe(true);
  await tab.goto('/cases');
  await tab.getByText('Show some only').click();
  expect(await tab.locator('[name=stage]').isVisible()).toBe(true);
  await tab.context().close();
});

const focused = `(() => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  return {
    text: document.activeElement.textContent.trim(),
    shows: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    inView: bottom > 0 && top < innerHeight,
  };
})()`;

test('by keyboard alone: the way past the menu comes first, each step shows where it is, and a form is sent', async () => {
  const tab = await phoneOf('school.alder', true);
  await tab.goto('/students/add');
  await tab.keyboard.press('Tab');
  expect(await tab.evaluate(focused)).toEqual({ text: 'Skip to main content', shows: true, inView: true });
  await tab.keyboard.press('Enter');
  const steps: { text: string; shows: boolean; inView: boolean }[] = [];
  while (steps.at(-1)?.text !== 'Add the student' && steps.length < 30) {
    await tab.keyboard.press('Tab');
    steps.push(await tab.evaluate(focused));
  }
  expect(steps.at(-1)?.text).toBe('Add the student');
  expect(steps.filter(({ shows, inView }) => !shows || !inView)).toEqual([]);
  await Promise.all([tab.waitForEvent('framenavigated'), tab.keyboard.press('Enter')]);
  await tab.waitForLoadState('load');
  expect(await tab.getByRole('alert').innerText()).toContain('Full name: this is needed.');
  await tab.context().close();
});

/** What a link of the summary led to: a field that is marked as wrong, in view. */
const cameTo = `(() => {
  const { id, tagName } = document.activeElement;
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const isWrong = document.activeElement.closest('.govuk-form-group--error') !== null;
  return { to: '#' + id, isField: ['INPUT', 'SELECT', 'TEXTAREA'].includes(tagName), isWrong, inView: top >= 0 && bottom <= innerHeight };
})()`;

test.each([
  ['of texts, a day and choices', 'school.alder', () => '/students/add', 'Add the student'],
  ['of lists and numbers', 'cap.lead', () => '/courses/2024-25/add', 'Add'],
  ['of a decision', 'chair.review', () => commandPage(stand.cases[0] ?? '', 'panelDecision'), 'Save'],
])(
  'after a form %s was refused its summary has the focus, and each of its links leads to the field',
  async (_of, person, path, button) => {
    const tab = await phoneOf(person, true);
    await tab.goto(path());
    await fillAndSend(tab, {}, button);
    expect(await tab.evaluate(`document.activeElement.className`)).toContain('govuk-error-summary');
    const links = await tab.getByRole('alert').getByRole('link').all();
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      await link.click();
      const to = await link.getAttribute('href');
      expect(await tab.evaluate(cameTo)).toEqual({ to, isField: true, isWrong: true, inView: true });
    }
    await tab.context().close();
  },
);
