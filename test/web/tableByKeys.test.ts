// A dozen cases are decided at the table by keyboard alone, in a real browser, which counts what it took.
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser';
import type { Doors } from '../api/doors';
import { attend, caseBefore, firstMeeting, onTheDay, openPanel } from './panelCases';

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
  await attend(doors);
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

/** What is said of each case: mostly approvals, as at a real table, and each of the other outcomes. */
const outcomes = ['a', 'a', 'r', 'a', 'c', 'a', 'd', 'a', 'a', 'r', 'a', 'd'];

test('a dozen cases are decided by keyboard alone, each with its words, in at most six keys a case beside what is written', async () => {
  const { page, counted, open, press, type } = await sitDown('chair.review');
  await open(`/meetings/${firstMeeting}`);
  await press('n');
  const decided: string[] = [];
  for (const key of outcomes) {
    await page.waitForURL(/cases\/CAP-/);
    const reference = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    expect(decided).not.toContain(reference);
    decided.push(reference);
    expect(await page.textContent('.cap-steps')).toContain(`Case ${decided.length} of 12`);

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
  expect(counted.keys).toBeLessThanOrEqual(outcomes.length * 6);
});
