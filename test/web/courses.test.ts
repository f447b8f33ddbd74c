// The directory and the checks at the pages: everybody reads, CAP keeps (R107, R103-R105, R9).
import { openDoors, type Doors } from '../api/doors';
import { caseBefore } from './panelCases';
import { appWithPages, visitor, type Screen } from './pages';

let doors: Doors;
let app: ReturnType<typeof appWithPages>;
let open: (person: string, path: string) => Promise<Screen>;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  app = appWithPages(doors.services);
  open = (person, path) => visitor(app, person).open(path);
});
afterAll(() => doors.stop());

const said = {
  title: 'Boats (sample)',
  programme: 'tier-1-course',
  category: 'work-based-learning',
  provider: 'TP-ONE',
  schoolWeeks: '6',
};
const courseOf = async (code: string, year = '2024-25') => {
  const { body } = await doors.ask('cap.team', 'GET', `/api/v1/courses?academicYear=${year}`);
  return (body.courses as { code: string }[]).find((each) => each.code === code);
};

test('the directory is read by everybody with a role, and a provider finds its own courses first', async () => {
  const provider = await open('provider.one', '/courses');
  expect(provider.text).toMatch(/Courses of 2024-25.*Your courses.*Bicycle maintenance.*Tier 1 course/);
  const school = await open('school.alder', '/courses');
  expect([school.text, school.html]).toEqual([
    expect.stringContaining('Bicycle maintenance'),
    expect.not.stringMatching(/Your courses|Add a course|\/remove"/),
  ]);
  expect((await open('school.alder', '/courses?academicYear=2024-26')).status).toBe(404);
});

test('CAP adds a line, is told beside the field what is wrong, changes it and removes it after it was asked', async () => {
  const form = await open('cap.team', '/courses/2024-25/add');
  const wrong = await form.send({ ...said, code: 'T1-BOATS', schoolWeeks: '60' }, 'Add');
  expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('href="#schoolWeeks"')]);
  expect((await wrong.send({ schoolWeeks: '6', places: '2', days: ['tue-am', 'tue-pm'] }, 'Add')).text).toContain('Added');
  expect(await courseOf('T1-BOATS')).toMatchObject({ title: 'Boats (sample)', places: 2, days: 'tue', schoolWeeks: 6 });
  expect((await open('cap.team', '/courses')).text).toMatch(/Boats \(sample\).*Tuesday.*0 of 2 taken/);
  const twice = await form.send({ ...said, code: 'T1-BOATS' }, 'Add');
  expect([twice.status, twice.text]).toEqual([422, expect.stringContaining('A course has this code already')]);

  const change = await open('cap.team', '/courses/2024-25/T1-BOATS/change');
  await change.send({ places: '', days: [] }, 'Save');
  expect(await courseOf('T1-BOATS')).toMatchObject({ title: 'Boats (sample)', places: null, days: null });

  const remove = await open('cap.team', '/courses/2024-25/T1-BOATS/remove');
  expect(remove.text).toContain('It is no longer offered in 2024-25');
  expect(remove.text).toContain('Programme Tier 1 course');
  expect(remove.text).not.toContain('in line');
  expect((await remove.send({}, 'Remove the course')).text).toContain('Removed');
  expect(await courseOf('T1-BOATS')).toBeUndefined();
  expect((await open('cap.team', '/courses/2024-25/T1-BOATS/remove')).status).toBe(404);
});

test('CAP says at which site of its provider a course runs, of those that the provider has; pages of courses have it', async () => {
  const path = '/courses/2024-25/T1-CATERING/change';
  await doors.ask('provider.two', 'PUT', '/api/v1/sites/TP-TWO', {
    body: { sites: ['Main site', 'Kitchen, upstairs'].map((name) => ({ name, address: `1 ${name} Lane`, telephone: null })) },
  });
  const change = await open('cap.team', path);
  expect(change.text).toContain('Site (optional) Where Second Wind Learning (fictitious) gives it.');
  expect(change.text).not.toContain('Workshop');
  await change.send({ site: 'TP-TWO Kitchen, upstairs' }, 'Save');
  expect(await courseOf('T1-CATERING')).toMatchObject({ provider: 'TP-TWO', site: 'Kitchen, upstairs' });
  const shown = /Second Wind Learning \(fictitious\),? Kitchen, upstairs/;
  for (const each of ['/courses', '/courses/2024-25/T1-CATERING/remove', '/applications/begin/tier-1-course']) {
    expect([each, (await open(each.startsWith('/app') ? 'school.alder' : 'cap.team', each)).text]).toEqual([
      each,
      expect.stringMatching(shown),
    ]);
  }
  // Who had the form open before reads what was said meanwhile.
  const late = await change.send({ site: '' }, 'Save');
  expect([late.status, late.text]).toEqual([412, expect.stringContaining('Site Kitchen, upstairs Nothing')]);
  // Nobody has touched the site: it stays when something else of the course is changed.
  await (await open('cap.team', path)).send({ places: '3' }, 'Save');
  expect(await courseOf('T1-CATERING')).toMatchObject({ places: 3, site: 'Kitchen, upstairs' });
  // The other provider has a main site too, and it is another one.
  await (await open('cap.team', path)).send({ site: 'TP-TWO Main site' }, 'Save');
  const moved = await open('cap.team', path);
  const wrong = await moved.send({ provider: 'TP-ONE' }, 'Save');
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('This is a site of the provider before')]);
  expect(wrong.html).toContain('href="#site"');
  await wrong.send({ provider: 'TP-ONE', site: '' }, 'Save');
  expect(await courseOf('T1-CATERING')).toMatchObject({ provider: 'TP-ONE', site: null });
});

test('a course of a provider without sites has none to choose from', async () => {
  expect((await open('cap.team', '/courses/2024-25/Y11-LUMEN/change')).html).not.toContain('name="site"');
});

test('who does not keep the directory has none of its pages', async () => {
  for (const path of ['add', 'import', 'T1-BICYCLES/change', 'T1-BICYCLES/remove']) {
    expect([path, (await open('provider.one', `/courses/2024-25/${path}`)).status]).toEqual([path, 403]);
  }
});

test('CAP’s table is shown with what would change before it is applied, exactly as shown', async () => {
  const file = await open('cap.team', '/courses/2024-25/file');
  const csv = `${file.html.replace('Bicycle maintenance', 'Bicycles and scooters')}T1-NEW,Kitchens (sample),tier-1-course,work-based-learning,TP-ONE,6,,,main site\r\n`;
  const form = await open('cap.team', '/courses/2024-25/import');
  const preview = await form.send({ csv }, 'Show what would change');
  expect(preview.text).toMatch(/Bicycles and scooters.*Changed.*Bicycle maintenance.*→.*Bicycles and scooters/);
  expect(preview.text).toContain(
    'Kitchens (sample) T1-NEW New Programme: Tier 1 course; Category: Work-based learning; Provider: First Steps Training (fictitious); School weeks: 6; Site: Main site',
  );
  expect(await courseOf('T1-NEW')).toBeUndefined();
  const applied = await preview.send({}, 'Apply these changes');
  expect([applied.status, applied.text]).toEqual([
    200,
    expect.stringMatching(/Imported: 1 course added, 1 changed, \d+ left as/),
  ]);
  expect([await courseOf('T1-NEW'), await courseOf('T1-BICYCLES')]).toEqual([
    expect.objectContaining({ title: 'Kitchens (sample)' }),
    expect.objectContaining({ title: expect.stringContaining('Bicycles and scooters') as string }),
  ]);
  // The same preview once more: the directory is another by now.
  const stale = await preview.send({}, 'Apply these changes');
  expect([stale.status, stale.text]).toEqual([412, expect.stringContaining('changed')]);
});

test('a table with something wrong in it says so line by line, and offers nothing to apply', async () => {
  const form = await open('cap.team', '/courses/2024-25/import');
  const csv =
    'code,title,programme,category,provider,schoolWeeks,places,days\nT1-X,X (sample),tier-1-course,work-based-learning,TP-NONE,6,,';
  const preview = await form.send({ csv }, 'Show what would change');
  expect(preview.text).toMatch(/What is wrong.*2 Provider No provider has the code "TP-NONE"/);
  expect(preview.text).not.toContain('Apply these changes');
  expect((await form.send({ csv: '' }, 'Show what would change')).text).toContain('Paste the table.');
  // What cannot be read as a table is not the same as the directory.
  const unreadable = (await form.send({ csv: '%PDF-1.4' }, 'Show what would change')).text;
  expect(unreadable).toContain('"%PDF-1.4" is no column');
  expect(unreadable).not.toMatch(/the directory says the same|0 lines say/);
});

test('the places of a year stand by term, and schools with an SLA with what it pays for (R13, R9)', async () => {
  const cap = await open('cap.team', '/places?academicYear=2024-25');
  expect(cap.text).toMatch(/Refocus Autumn 25 75 Refocus Spring 25 75 Refocus Summer 25 75/);
  expect(cap.text).toContain('the SLA pays for the quality assurance of 15 of them');
});

test('whoever has no checks to read and no school with an SLA is led to no page without anything for them', async () => {
  expect((await open('provider.one', '/courses')).text).toContain('Quality checks of providers');
  expect((await open('chair.review', '/courses')).text).not.toContain('Quality checks of providers');
  expect((await open('chair.review', '/places?academicYear=2024-25')).text).not.toContain('the SLA pays for the quality');
});

test('the menu shows where a page stands that leads back to one of its pages', async () => {
  for (const path of ['/checks', '/places']) {
    expect((await open('provider.one', path)).html).toMatch(/href="\/courses" aria-current="true"/);
  }
  const { html } = await open('provider.one', '/panels');
  expect(html).toMatch(/href="\/meetings" aria-current="true"/);
  expect(html.match(/aria-current/g)).toHaveLength(1);
});

test('a check that has lapsed says so in words; CAP records the new one, a provider reads its own', async () => {
  const path = '/checks/TP-ONE/compliance-review';
  const day = (name: string, date: string) => {
    const [year = '', month = '', of = ''] = date.split('-');
    return { [`${name}-day`]: of, [`${name}-month`]: month, [`${name}-year`]: year };
  };
  const form = await open('cap.team', path);
  const wrong = await form.send({ ...day('passed', '2024-02-30'), ...day('expires', '2024-08-31') }, 'Save');
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('Passed on: enter a day')]);
  await form.send({ ...day('passed', '2024-01-08'), ...day('expires', '2024-10-31') }, 'Save');
  const own = await open('provider.one', '/checks');
  expect(own.text).toMatch(/First Steps Training \(fictitious\).*Lapsed until Thu 31 Oct 2024 Due this term, by Fri 20 Dec 2024/);
  expect(own.text).not.toContain('Second Wind');
  const renewed = await (
    await open('cap.team', path)
  ).send({ ...day('passed', '2024-11-18'), ...day('expires', '2025-04-11') }, 'Save');
  expect(renewed.text).toMatch(/First Steps Training \(fictitious\).*Holds until Fri 11 Apr 2025(?! Due)/);
  expect((await open('provider.one', path)).status).toBe(403);
  expect((await open('school.alder', '/checks')).text).toContain('no provider whose checks are for you');
});

test('a course that students wait in line for stays, and CAP reads so before it removes one', async () => {
  await (await open('cap.team', '/courses/2024-25/T1-BICYCLES/change')).send({ places: '0' }, 'Save');
  const reference = await caseBefore(doors, 'tier-1-course', 'Waiting Sample');
  const give = (person: string, command: string, body: object) =>
    doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: `${command} of the line` });
  await give('school.alder', 'book-interview', { at: '2024-11-21T10:00:00.000Z' });
  doors.at('2024-11-21T12:00:00.000Z');
  await give('provider.one', 'record-interview', { result: 'held' });
  await give('provider.one', 'provider-response', { result: 'accept' });

  // The school that wants to confirm a start reads that the course is full, and not that somebody was faster.
  const early = await open('school.alder', `/cases/${reference}/confirm-start`);
  expect([early.status, early.text]).toEqual([409, expect.stringContaining('the case is in line for a place')]);

  const remove = await open('cap.team', '/courses/2024-25/T1-BICYCLES/remove');
  expect(remove.text).toContain(
    '1 student waits in line for it, and a course stays in the directory while an open case is on it',
  );
  const refused = await remove.send({}, 'Remove the course');
  expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('T1-BICYCLES stays in the directory')]);
});
