// A Refocus case from the school's first question to the return to school, in the browsers of five people.
import type { Page } from 'playwright-core';
import { openBrowsers, type Browsers } from './browsers';

let browsers: Browsers;
beforeAll(async () => (browsers = await openBrowsers('2024-11-18T10:00:00.000Z')), 60_000);
afterAll(() => browsers.stop());

test('sign-in leads each person to what waits for them', async () => {
  for (const person of ['school.alder', 'cap.team', 'chair.review', 'chair.multiagency', 'academy']) {
    const page: Page = await browsers.as(person);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What waits for you');
  }
  expect(browsers.complaints).toEqual([]);
}, 60_000);
