// A panel in a real browser: who is present is recorded, a dozen cases are decided at the table by keyboard alone (the browser counts what it took), the
// minutes are signed, and a school reads what was decided.
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser';
import type { Doors } from '../api/doors';
import { fillAndSend, follows } from './fill';
import { caseBefore, firstMeeting, onTheDay, openPanel } from './panelCases';

let doors: Doors;
let server: Server;
let browser: Browser;
const references: string[] = [];

beforeAll(async () => {
  const panel = await openPanel();
  doors = panel.doors;
  for (let n = 1; n <= 12; n += 1)
    references.push(await caseBefore(doors, n % 3 === 0 ? 'refocus' : 'flourish', `Case Number-${n}`));
  doors.at(onTheDay);
  server = panel.app.listen(0);
  browser = await startBrowser();
}, 240_000);
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await doors.stop();
});

/** A browser of a person that counts keys and clicks. What is typed into a text or a date is the decision itself, and counted by nobody. */
async function sitDown(person: string) {
  const context = await browser.newContext({ extraHTTPHeaders: { 'x-test-person': person } });
  const page = await context.newPage();
  const counted = { keys: 0, clicks: 0 };
  await page.exposeFunction('clicked', () => (counted.clicks += 1));
  // A mouse that presses; a key that presses a button counts as a key alone.
  await page.addInitScript(`addEventListener('pointerdown', () => clicked(), true)`);
  const at = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    page,
    counted,
    open: (path: string) => page.goto(`${at}${path}`),
    press: async (...keys: string[]) => {
      for (const key of keys) {
        counted.keys += 1;
        await page.keyboard.press(key);
      }
    },
    type: (words: string) => page.keyboard.type(words),
  };
}

test('the chair records who is present, which is enough to decide', async () => {
  const { page, open } = await sitDown('chair.review');
  await open(`/meetings/${firstMeeting}`);
  await follows(page, page.getByRole('button', { name: 'Record who is present' }));
  await fillAndSend(page, { present: ['chair', 'attendance'] });
  expect(await page.locator('main').innerText()).toContain('2 present. That is enough to decide.');
});

const focused = (page: Page) => page.evaluate('document.activeElement.name || document.activeElement.textContent.trim()');

test('keys do nothing while somebody writes, and can be turned off for good in this browser (WCAG 2.1.4)', async () => {
  const { page, open, press, type } = await sitDown('chair.review');
  const path = `/meetings/${firstMeeting}/cases/${references[0] ?? ''}`;
  const isRefused = () => page.isChecked('input[value=refuse]');
  await open(path);
  await page.focus('[name=reasons]');
  await type('rrr');
  expect(await isRefused()).toBe(false);

  await page.click('.cap-keys summary');
  await page.uncheck('[data-keys]', { force: true });
  await open(path);
  await press('r');
  expect(await isRefused()).toBe(false);
  await page.click('.cap-keys summary');
  await page.check('[data-keys]', { force: true });
  await open(path);
  await press('r');
  expect(await isRefused()).toBe(true);
});

/** What is said of the cases: mostly approvals, as at a real table, and each of the other outcomes. */
const outcomes = ['a', 'a', 'r', 'a', 'a', 'd', 'a', 'a', 'r', 'a', 'd'];
/** The first case of Flourish on the agenda, which is approved with conditions. */
let conditional = '';

test('a dozen cases are decided by keyboard alone, each with its words, in at most six keys a case beside what is written', async () => {
  const { page, counted, open, press, type } = await sitDown('chair.review');
  await open(`/meetings/${firstMeeting}`);
  await press('n');
  const decided: string[] = [];
  for (const left = [...outcomes]; decided.length < references.length;) {
    await page.waitForURL(/cases\/CAP-/);
    const reference = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    expect(decided).not.toContain(reference);
    decided.push(reference);
    expect(await page.textContent('.cap-steps')).toContain(`Case ${decided.length} of 12`);

    const isFirst = conditional === '' && /Flourish/.test((await page.textContent('.cap-pack')) ?? '');
    if (isFirst) conditional = reference;
    const key = isFirst ? 'c' : (left.shift() ?? 'a');
    await press(key, 'Tab');
    if (key === 'c') {
      await type('20');
      await press('Tab');
      await type('1');
      await press('Tab');
      await type('2025');
      await press('Tab');
      await type('A mentor is named first.');
      await press('Tab');
    } else if (key !== 'a') {
      await type(key === 'r' ? 'A Tier 1 course.' : 'The last school report.');
      await press('Tab');
    }
    expect(await focused(page)).toBe('reasons');
    await type(`Reasons of case ${decided.length}.`);
    await press('Tab');
    expect(await focused(page)).toBe('Save and go to the next case');
    await Promise.all([page.waitForURL((url) => !url.pathname.endsWith(reference)), press('Enter')]);
  }
  // Nothing is left: the meeting says so.
  expect(page.url()).toContain(`/meetings/${firstMeeting}?done=all-decided`);
  expect(await page.textContent('main')).toContain('12 decided, 0 to decide');

  const { body } = await doors.ask('chair.review', 'GET', `/api/v1/meetings/${firstMeeting}/minutes`);
  const made = body.decisions as { readonly case: string; readonly decision: { readonly texts: { readonly reasons: string } } }[];
  expect(new Map(made.map((each) => [each.case, each.decision.texts.reasons]))).toEqual(
    new Map(decided.map((reference, index) => [reference, `Reasons of case ${index + 1}.`])),
  );
  expect([...decided].sort()).toEqual([...references].sort());

  // The outcome, a step to the words, a step to the button, and the button: four keys. What another outcome needs is a step more for each of
  // its fields. Six a case are some seventy in all, about a minute of ten: the rest is for reading and for the words.
  expect(counted.clicks).toBe(0);
  expect(counted.keys).toBeLessThanOrEqual(references.length * 6);
});

test('the chair signs the minutes, which say under which condition Flourish was approved; the school reads it with its last day in the outcome document', async () => {
  const { page, open } = await sitDown('chair.review');
  await open(`/meetings/${firstMeeting}`);
  await follows(page, page.getByRole('button', { name: 'Sign the minutes' }));
  await fillAndSend(page, {}, /^Sign the minutes$/);
  expect(await page.locator('main').innerText()).toContain('The minutes are signed');
  await follows(page, page.getByRole('link', { name: /Read the minutes/ }));
  const said = new RegExp(`${conditional}, [^,]*, Flourish: Approved by the panel[^:]*: [^:]*: A mentor is named first\\.`);
  expect(await page.locator('main').innerText()).toMatch(said);

  const school = await sitDown('school.alder');
  await school.open(`/cases/${conditional}`);
  await follows(school.page, school.page.getByRole('link', { name: /^Approved with conditions/ }));
  const read = await school.page.locator('main').innerText();
  expect(read).toContain('Flourish');
  expect(read).toContain('A mentor is named first.');
  expect(read).toContain('20 January 2025');
});
