// A school keeps its students at its pages: found without a name in an address, added once, their week and their applications, a roll as a table.
import { openDoors, type Doors } from '../api/doors';
import { appWithPages, visitor, type Visitor } from './pages';

let doors: Doors;
let alder: Visitor;
let birch: Visitor;
let cap: Visitor;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  [alder, birch, cap] = ['school.alder', 'school.birch', 'cap.team'].map((name) => visitor(app, name)) as [
    Visitor,
    Visitor,
    Visitor,
  ];
});
afterAll(() => doors.stop());

const typed = {
  ...{ name: 'Paged Sample', 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': '2011' },
  ...{ ehcp: 'no', lookedAfter: 'no' },
};

test('a student is added and found again; no address and no log line holds the name', async () => {
  const added = await alder.send('/students/add', typed);
  expect([added.status, added.heading]).toEqual([200, 'Paged Sample']);
  expect(added.at).toMatch(/^\/students\/STU-[A-Z0-9]{6}\?done=saved$/);
  const found = await alder.send('/students', { text: 'paged' });
  expect([found.at, found.text]).toEqual(['/students', expect.stringContaining('Paged Sample Year 9')]);
  expect((await birch.send('/students', { text: 'paged' })).text).toContain('There is no such student here');
  expect(doors.logged()).not.toMatch(/paged/i);
});

test('a form that comes twice adds one student', async () => {
  const form = await alder.open('/students/add');
  const once = await form.send({ ...typed, name: 'Sent Twice' });
  expect((await form.send({ ...typed, name: 'Sent Twice' })).at).toBe(once.at);
});

test('whom the school has is shown, and may be said to be another child', async () => {
  const one = { ...typed, name: 'Twin Paged' };
  await alder.send('/students/add', one);
  const told = await alder.send('/students/add', one);
  expect(told.text).toContain('Your school has this student already Student Date of birth UPN Twin Paged');
  const another = await told.send({ another: 'yes' });
  expect([another.heading, another.at]).toEqual(['Twin Paged', expect.stringMatching(/^\/students\/STU-/)]);
});

test('what is wrong is told beside its field, with all that was typed', async () => {
  const told = await alder.send('/students/add', { ...typed, 'dateOfBirth-year': '2023', upn: 'nonsense' });
  expect([told.status, told.text]).toEqual([422, expect.stringContaining('This one is mistyped')]);
  expect(told.html).toContain('href="#dateOfBirth-day"');
  expect(told.html).toContain('value="Paged Sample"');
});

test('a field that is needed is asked for by its own name', async () => {
  const told = await alder.send('/students/add', {});
  expect(told.text).toContain(
    'Full name: this is needed. Date of birth: this is needed. Is there an Education, Health and Care Plan?',
  );
});

test('a student is changed over the version that was read, by the home school; CAP reads', async () => {
  const code = await doors.student('school.alder', { name: 'Changed Sample' });
  const [mine, theirs] = [await alder.open(`/students/${code}/edit`), await alder.open(`/students/${code}/edit`)];
  expect((await mine.send({ ehcp: 'yes' })).text).toContain('Education, Health and Care Plan Yes');
  expect((await theirs.send({ ehcp: 'no' })).status).toBe(412);
  expect((await cap.open(`/students/${code}`)).text).not.toContain('Change these details');
  expect((await cap.open(`/students/${code}/edit`)).status).toBe(403);
  expect((await birch.open(`/students/${code}`)).status).toBe(404);
});

test('a student has their applications and their week on one page', async () => {
  const student = await doors.student('school.alder', { name: 'Applying Sample' });
  const { body } = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body: { programme: 'flourish', student } });
  const page = await alder.open(`/students/${student}`);
  expect(page.text).toContain(`${(body as { reference: string }).reference} Flourish Being written`);
  expect(page.text).toContain('no half day away from the school is agreed');
  expect(page.html).toContain(`/applications/begin?student=${student}`);
});

describe('A roll', () => {
  const heading = 'name,dateOfBirth,upn,ehcp,lookedAfter';

  test('is shown line by line, then added as it was shown', async () => {
    const csv = [heading, 'Rolled Page,2012-05-04,,no,no', 'Paged Sample,04/05/2011,,no,no'].join('\n');
    const shown = await alder.send('/students/import', { csv });
    expect(shown.text).toContain('1 student would be added, 1 student you have already, 0 students cannot be read.');
    expect((await alder.open('/students')).text).not.toContain('Rolled Page');
    const done = await shown.send({}, 'Add 1 student');
    expect([done.at, done.text]).toEqual([
      '/students?done=imported-students-1-0-0-1-0',
      expect.stringMatching(/Imported: 1 student added, 0 changed, 1 left as it was.*Rolled Page/),
    ]);
  });

  test('with a line that cannot be read says why, and is mended and looked at again', async () => {
    const shown = await alder.send('/students/import', { csv: `${heading}\nMended Page,nonsense,,no,no` });
    expect(shown.text).toMatch(/Nothing is added yet.*"nonsense" is no day/);
    const again = await shown.send({ csv: `${heading}\nMended Page,2012-05-04,,no,no` });
    expect(again.text).toContain('1 student would be added');
  });
});

test('a school sees who acts for it', async () => {
  expect((await alder.open('/colleagues')).text).toContain('Sample Alder-Staff (you) Alderbrook School (fictitious)');
  expect((await cap.open('/colleagues')).status).toBe(403);
});
