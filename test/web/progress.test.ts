// A host notes a week of progress and behaviour on the page; whoever reads it finds it on the case, and where a review is written (R97).
import { openDoors, type Doors } from '../api/doors';
import { placedOnTuesdays } from '../api/submitted';
import { appWithPages, visitor, type Screen } from './pages';

let doors: Doors;
let reference: string;
let open: (person: string, path: string) => Promise<Screen>;
const week = '2024-12-02';

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  open = (person, path) => visitor(app, person).open(path);
  reference = await placedOnTuesdays(doors);
  doors.at('2024-12-10T15:00:00.000Z');
});
afterAll(() => doors.stop());

test('a host comes from its register to the weeks of a student, and writes one', async () => {
  expect((await open('provider.one', '/registers/2024-12-10')).html).toContain(`href="/cases/${reference}/progress"`);
  const weeks = await open('provider.one', `/cases/${reference}/progress`);
  expect(weeks.text).toMatch(/Mon 9 Dec 2024 Not yet .* Mon 2 Dec 2024 Not yet/);
  const form = await open('provider.one', `/cases/${reference}/progress/${week}`);
  const wrong = await form.send({ progress: 'behind', behaviour: 'settled' }, 'Save');
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('say in what, so that the home school can help')]);
  const saved = await wrong.send({ progressWords: 'The first wheel is not true yet.' }, 'Save');
  expect([saved.status, saved.text]).toEqual([
    200,
    expect.stringMatching(/Saved .* Behind the plan The first wheel is not true yet/),
  ]);
});

test('what a colleague wrote meanwhile is not overwritten', async () => {
  const mine = await open('provider.one', `/cases/${reference}/progress/${week}`);
  const theirs = await open('cap.team', `/cases/${reference}/progress/${week}`);
  await theirs.send({ progressWords: 'The first wheel is nearly true.' }, 'Save');
  const told = await mine.send({ progressWords: 'Nothing yet.' }, 'Save');
  expect(told.status).toBe(412);
  expect((await open('school.alder', `/cases/${reference}/progress`)).text).toContain('nearly true');
});

test('the home school reads it on the case and writes none; where a review or a report is written it is there to look at', async () => {
  const page = await open('school.alder', `/cases/${reference}`);
  expect(page.text).toMatch(/Progress and behaviour, the last week first .* nearly true/);
  expect(page.html).not.toContain(`/progress/${week}`);
  expect((await open('school.alder', `/cases/${reference}/progress/${week}`)).status).toBe(403);
  expect((await open('provider.one', `/cases/${reference}/hold-review`)).text).toMatch(
    /What was noted of progress and behaviour .* nearly true/,
  );
});

test('an auditor sees the case without it, and others see neither', async () => {
  const page = await open('auditor', `/cases/${reference}`);
  expect([page.status, page.text]).toEqual([200, expect.not.stringContaining('nearly true')]);
  expect((await open('auditor', `/cases/${reference}/progress`)).status).toBe(404);
  expect((await open('provider.two', `/cases/${reference}/progress`)).status).toBe(404);
});
