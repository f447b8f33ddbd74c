// Signing in at a real browser, without scripts and under a policy that lets forms lead to our own pages alone.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../../support/browser';
import { scratchFolder } from '../../dev/scratch';
import { openStand, type Stand } from './stand';

const folder = scratchFolder();
let stand: Stand;
let chromium: Browser;
let page: Page;
const refused: string[] = [];
beforeAll(async () => {
  [stand, chromium] = await Promise.all([openStand({ folder: join(folder, 'identity') }), startBrowser()]);
  const context = await chromium.newContext({ javaScriptEnabled: false });
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) refused.push(message.text());
  });
});
afterAll(async () => {
  await chromium.close();
  await stand.stop();
});

const pick = (name: string) => page.getByRole('button', { name }).click();

test('a newcomer picks a person, works, is away too long, and finds what they typed when they are back', async () => {
  await page.goto(`${stand.url}/form?of=CAP-2026-7K3QX9`);
  await page.getByText('This is a local demonstration.').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Pick who you want to be');
  await pick('Sample Alder-Staff');
  await page.waitForURL(`${stand.url}/form?of=CAP-2026-7K3QX9`);
  expect(await page.getByRole('heading').textContent()).toBe('school.alder');

  await page.fill('[name=words]', 'a page of text');
  stand.at('2026-11-25T09:45:00.000Z');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('What you typed is kept for an hour.').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.waitForURL(`${stand.url}/form?of=CAP-2026-7K3QX9`);
  expect(await page.inputValue('[name=words]')).toBe('a page of text');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('school.alder sent a page of text').waitFor();
});

test('a form that leads to a page of ours leads on to the sign-in, when nobody is signed in', async () => {
  await page.goto(`${stand.url}/form`);
  stand.at('2026-11-25T11:00:00.000Z');
  await page.context().clearCookies({ domain: 'localhost' });
  await page.getByRole('button', { name: 'Search' }).click();
  // The issuer knows them still.
  await page.waitForURL(`${stand.url}/form?q=`);
});

test('signing out leads to the issuer and back, and the next to come picks anew', async () => {
  await page.goto(`${stand.url}/form`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Sign out here too').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${stand.url}/signed-out`);
  await page.goto(`${stand.url}/form`);
  await page.waitForURL(`${stand.identity.issuer}/pick/*`);
  await pick('Sample Cap-Team');
  await page.waitForURL(`${stand.url}/form`);
  expect(await page.getByRole('heading').textContent()).toBe('cap.team');
});

test('a page of another site can send nothing here, though the browser is signed in', async () => {
  const elsewhere = await page.context().newPage();
  await elsewhere.route('http://elsewhere.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${stand.url}/form"><input name="words" value="x"><button>Win</button></form>`,
    }),
  );
  await elsewhere.goto('http://elsewhere.example/');
  const answer = elsewhere.waitForResponse(`${stand.url}/form`);
  await elsewhere.getByRole('button').click();
  expect((await answer).status()).toBe(403);
  await elsewhere.close();
});

test('the pages keep to their policies', async () => {
  await page.goto(`${stand.url}/sign-in?as=another`);
  await page.waitForURL(`${stand.identity.issuer}/pick/*`);
  await page.setViewportSize({ width: 320, height: 640 });
  const size = await page.locator('main').boundingBox();
  expect(size?.width).toBeLessThanOrEqual(320);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${stand.url}/`);
  expect(refused).toEqual([]);
});
