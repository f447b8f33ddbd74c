// A Refocus case from the school's first question to the return to school, in the browsers of five people.
import type { Page } from 'playwright-core';
import type { PersonCommandKind } from '../../domain/commands';
import { commandPage } from '../../web/pages/command';
import { artifacts, openBrowsers, type Browsers } from './browsers';
import { fillAndSend, follows, type Filled } from './fill';

let browsers: Browsers;
beforeAll(async () => (browsers = await openBrowsers('2024-11-18T10:00:00.000Z')), 60_000);
afterAll(() => browsers.stop());

/** A person gives a command on its page. @returns what the page says then */
async function gives(person: string, reference: string, kind: PersonCommandKind, filled: Filled): Promise<string> {
  const page = await browsers.as(person);
  await page.goto(`${browsers.url}${commandPage(reference, kind)}`);
  await fillAndSend(page, filled);
  const wrong = page.locator('.govuk-error-summary');
  if ((await wrong.count()) > 0) throw new Error(`${person} could not give ${kind}: ${await wrong.innerText()}`);
  return page.locator('main').innerText();
}

const linkIn = (page: Page, text: string) => page.locator('main a', { hasText: text }).first();

const pathOf = (page: Page): string => new URL(page.url()).pathname;

/** Answers whatever a page asks: yes, a day, or words. */
async function answers(page: Page): Promise<void> {
  const name = `answers.${pathOf(page).split('/').at(-1) ?? ''}`;
  const is = async (selector: string) => (await page.locator(selector).count()) > 0;
  const answer = (await is('input[type=radio]'))
    ? 'yes'
    : (await is(`[name="${name}-day"]`))
      ? '2024-11-11'
      : 'As our school has found.';
  await fillAndSend(page, { [name]: answer }, 'Save and continue');
}

/** The school adds a student, is told which programmes fit, answers every question, and submits. @returns the reference */
async function applies(): Promise<string> {
  const page = await browsers.as('school.alder');
  await page.goto(`${browsers.url}/students/add`);
  await fillAndSend(
    page,
    { name: 'Wilhelmina Featherstone', dateOfBirth: '2011-05-04', ehcp: 'no', lookedAfter: 'no', adopted: 'no' },
    'Add the student',
  );
  await follows(page, linkIn(page, 'Begin an application'));
  await fillAndSend(page, {}, 'See which programmes fit');
  await follows(page, linkIn(page, 'Apply for Refocus'));
  await fillAndSend(page, {}, 'Begin the application');
  const reference = pathOf(page).split('/').at(-1) ?? '';
  await page.screenshot({ path: `${artifacts}/application-begun.png`, fullPage: true });
  for (let asked = 0; asked < 60; asked += 1) {
    await page.goto(`${browsers.url}/applications/${reference}`);
    const open = page
      .locator('.govuk-task-list__item', { has: page.locator('.govuk-tag') })
      .getByRole('link')
      .first();
    if ((await page.locator('main a[role=button]', { hasText: 'Check the answers' }).count()) > 0) break;
    await Promise.all([page.waitForEvent('framenavigated'), open.click()]);
    while (pathOf(page).includes('/questions/')) await answers(page);
  }
  await follows(page, linkIn(page, 'Check the answers and submit'));
  await fillAndSend(page, {}, 'Submit the application');
  expect(await page.locator('main').innerText()).toContain('Application submitted');
  await page.screenshot({ path: `${artifacts}/application-submitted.png`, fullPage: true });
  return reference;
}

const reasons = 'The school has tried what it could; the plan is clear.';

test('a Refocus case goes from the first question of the school to the return there, each person at their own browser', async () => {
  const reference = await applies();
  const cap = await browsers.as('cap.team');
  expect(await cap.locator('main').innerText()).toContain(reference);
  await gives('cap.team', reference, 'checkPack', { result: 'complete' });
  await gives('chair.review', reference, 'panelDecision', { outcome: 'approve', outsideMeeting: 'yes', reasons });
  expect(
    await gives('chair.multiagency', reference, 'panelDecision', { outcome: 'approve', outsideMeeting: 'yes', reasons }),
  ).toContain('Onboarding');
  await gives('academy', reference, 'recordOnboarding', { result: 'completed' });
  const plan = { objectives: reasons, measures: reasons, reintegration: reasons };
  const started = await gives('school.alder', reference, 'confirmStart', { start: '2025-01-27', ...plan });
  expect(started).toContain('Friday 11 April 2025');
  // A phase that ends on a Friday is followed by one that begins on the Monday, not on the Saturday.
  expect(started).toMatch(/Back to School\s+Mon \d+ Mar 2025\s+Fri 11 Apr 2025/i);
  expect(started).not.toMatch(/Sat \d/);
  browsers.at('2025-02-12T10:00:00.000Z');
  await gives('academy', reference, 'holdReview', { on: '2025-02-12', review: 'review', summary: reasons });
  browsers.at('2025-03-31T10:00:00.000Z');
  await gives('academy', reference, 'holdReview', { on: '2025-03-31', review: 'review', summary: reasons });
  browsers.at('2025-04-11T15:00:00.000Z');
  const last = await gives('cap.team', reference, 'recordExit', { destination: 'home-school', summary: reasons });
  expect(last).toContain('the case has ended');
  const school = await browsers.as('school.alder');
  await school.goto(`${browsers.url}/cases/${reference}`);
  expect(await school.locator('main').innerText()).toContain('Placement ended');
  await school.screenshot({ path: `${artifacts}/case-at-its-end.png`, fullPage: true });
  expect(browsers.complaints).toEqual([]);
}, 240_000);
