// A Refocus case from its submission to the return to school, in the browsers of five people.
import type { PersonCommandKind } from '../../domain/commands';
import { commandPage } from '../../web/pages/command';
import { completeAnswers } from '../support/story';
import { artifacts, openBrowsers, type Browsers } from './browsers';
import { fillAndSend, type Filled } from './fill';

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

async function submitted(): Promise<string> {
  const student = await browsers.doors.student('school.alder');
  const body = { programme: 'refocus', student, answers: completeAnswers('refocus', '2024-11-18') };
  const draft = await browsers.doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  await browsers.doors.ask('school.alder', 'POST', `/api/v1/applications/${draft.body.reference}/submit`, { key: 'once' });
  return draft.body.reference as string;
}

const reasons = 'The school has tried what it could; the plan is clear.';

test('a Refocus case goes from its submission to the return to school, each person at their own browser', async () => {
  const reference = await submitted();
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
}, 120_000);
