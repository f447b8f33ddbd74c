// A school records a suspension on the page of its student, puts it right and removes it; the numbers show it (R4, R92).
import { openDoors, type Doors } from '../api/doors';
import { appWithPages, visitor, type Screen } from './pages';

let doors: Doors;
let student: string;
let open: (person: string, path: string) => Promise<Screen>;

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  open = (person, path) => visitor(app, person).open(path);
  student = await doors.student('school.alder', { name: 'Zoë Fictitious' });
});
afterAll(() => doors.stop());

const onTheDay = { 'day-day': '12', 'day-month': '11', 'day-year': '2024' };

test('a suspension is recorded with its first day, its half days and its reason, and stands on the page of the student', async () => {
  expect((await open('school.alder', `/students/${student}`)).text).toContain(
    'No suspension and no permanent exclusion is recorded',
  );
  const form = await open('school.alder', `/students/${student}/exclusions/add`);
  const wrong = await form.send({ ...onTheDay, kind: 'suspension', reason: 'DB' }, 'Save');
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('For how many half days?')]);
  const saved = await wrong.send({ sessions: '3' }, 'Save');
  expect(saved.text).toMatch(
    /Saved .*Tue 12 Nov 2024 Suspension 3 half days Persistent or general disruptive behaviour Sample Alder-Staff/,
  );
  const twice = await (
    await open('cap.team', `/students/${student}/exclusions/add`)
  ).send(
    {
      ...onTheDay,
      ...{ kind: 'permanent-exclusion', reason: 'PA' },
    },
    'Save',
  );
  expect([twice.status, twice.text]).toEqual([422, expect.stringContaining('Another is recorded from this day on')]);
});

test('it is corrected, stands among the numbers of the year, and is removed once somebody says so', async () => {
  const form = await open('cap.team', `/students/${student}/exclusions/2024-11-12`);
  expect((await form.send({ sessions: '4' }, 'Save')).text).toContain('4 half days');
  const numbers = await open('cap.team', '/numbers?academicYear=2024-25');
  expect(numbers.text).toMatch(/Suspensions 1 Permanent exclusions 0/);
  expect(numbers.text).toContain('No placement has had all its school weeks after the exit in this year');
  const bySchool = async () => (await open('cap.team', '/numbers/schools?academicYear=2024-25')).text;
  expect(await bySchool()).toMatch(/Suspensions by home school[\s\S]*Alderbrook School[\s\S]* 1 /);
  const asks = await open('school.alder', `/students/${student}/exclusions/2024-11-12/remove`);
  expect(asks.text).toContain('Remove only what was recorded by mistake');
  expect((await asks.send({}, 'Remove it')).text).toContain('No suspension and no permanent exclusion is recorded');
  const without = await open('cap.team', '/numbers?academicYear=2024-25');
  expect(without.text).toMatch(/Suspensions 0 Permanent exclusions 0[\s\S]*No suspension and no permanent exclusion is recorded/);
  expect(await bySchool()).toContain('No suspension is recorded in this year');
});

test('another school, a provider and a panel find no such student', async () => {
  expect((await open('school.birch', `/students/${student}/exclusions/add`)).status).toBe(404);
  for (const person of ['provider.one', 'chair.review'])
    expect((await open(person, `/students/${student}/exclusions/add`)).status).toBe(403);
});

test('an address that names no day, or no academic year of ours, is one where nothing is', async () => {
  for (const path of [
    `/students/${student}/exclusions/yesterday`,
    `/students/${student}/exclusions/%00`,
    `/students/${student}/exclusions/2024-02-30/remove`,
    '/numbers?academicYear=9999-00',
    '/places?academicYear=2099-00',
  ]) {
    expect([path, (await open('cap.team', path)).status]).toEqual([path, 404]);
  }
});
