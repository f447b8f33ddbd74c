// A list that somebody has open changes by itself when a case moves, and takes nothing from whoever is typing.
import { submitted } from '../api/submitted';
import { openBrowsers, type Browsers } from './browsers';

let browsers: Browsers;
beforeAll(async () => (browsers = await openBrowsers('2024-11-20T10:00:00.000Z')), 60_000);
afterAll(() => browsers.stop());

test('a case that a school submits appears by itself on the list that CAP has open', async () => {
  const cap = await browsers.as('cap.team');
  expect(await cap.locator('main').innerText()).toContain('Nothing waits for you');
  const reference = await submitted(browsers.doors);
  await cap.getByRole('link', { name: reference }).waitFor({ timeout: 15_000 });
  expect(browsers.complaints).toEqual([]);
});

test('what somebody types while a list changes stays as they typed it', async () => {
  const cap = await browsers.as('cap.team');
  await cap.goto(`${browsers.url}/cases`);
  await cap.locator('[name="text"]').fill('half a word');
  browsers.at('2024-11-20T10:05:00.000Z');
  const reference = await submitted(browsers.doors);
  await cap.getByRole('link', { name: reference }).waitFor({ timeout: 15_000 });
  expect(await cap.locator('[name="text"]').inputValue()).toBe('half a word');
  expect(browsers.complaints).toEqual([]);
});
