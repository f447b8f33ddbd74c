// A host marks its register on the page, the home school finds where its e-mail leads, and a case has its attendance by weeks (A5, R97).
import { openDatabase } from '../../records/database';
import { morning } from '../../activities/morning';
import { openDoors, type Doors } from '../api/doors';
import { placedOnTuesdays } from '../api/submitted';
import { appWithPages, visitor, type Screen } from './pages';

let doors: Doors;
let reference: string;
let open: (person: string, path: string) => Promise<Screen>;
const tuesday = '2024-12-10';

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  open = (person, path) => visitor(app, person).open(path);
  reference = await placedOnTuesdays(doors);
});
afterAll(() => doors.stop());
beforeEach(() => doors.at(`${tuesday}T15:00:00.000Z`));

const marksOf = async (day = tuesday) => {
  const { body } = await doors.ask('provider.one', 'GET', `/api/v1/registers/${day}`);
  const [{ marks = [] } = {}] = body.entries as { marks?: { half: string; mark: string }[] }[];
  return marks.map(({ half, mark }) => `${half} ${mark}`);
};

test('a host finds today’s register, and nobody is marked before it saves', async () => {
  const page = await open('provider.one', '/registers');
  expect(page.text).toContain('One student is expected with you today. One student is not marked yet.');
  expect(page.html).toContain(`href="/registers/${tuesday}"`);
  const empty = await (await open('provider.one', `/registers/${tuesday}`)).send({}, 'Save the register');
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Mark at least one student')]);
  expect(await marksOf()).toEqual([]);
});

test('everybody is set to present in one tap, exceptions are changed, and all is saved once', async () => {
  const page = await open('provider.one', `/registers/${tuesday}?all=present`);
  expect(await marksOf()).toEqual([]);
  const saved = await page.send({ [`${reference}-pm`]: 'absent' }, 'Save the register');
  expect([saved.status, saved.text]).toEqual([200, expect.stringContaining('The register is saved')]);
  expect(await marksOf()).toEqual(['am present', 'pm absent']);
  expect(saved.text).toContain('Marked by Sample Provider-One, Tuesday 10 December 2024 at 3:00pm');
  const again = await saved.send({}, 'Save the register');
  expect([again.status, await marksOf()]).toEqual([200, ['am present', 'pm absent']]);
});

test('what a colleague marked meanwhile is not lost: it is told beside the mark, and whoever saves again means it', async () => {
  const mine = await open('provider.one', `/registers/${tuesday}`);
  await doors.ask('cap.team', 'PUT', `/api/v1/registers/${tuesday}`, {
    body: { marks: [{ case: reference, half: 'pm', mark: 'late' }] },
  });
  const told = await mine.send({ [`${reference}-pm`]: 'present' }, 'Save the register');
  expect([told.status, told.text]).toEqual([422, expect.stringContaining('Sample Cap-Team has marked late since you opened')]);
  expect(told.html).toContain(`href="#${reference}-pm"`);
  expect(await marksOf()).toEqual(['am present', 'pm late']);
  expect((await told.send({}, 'Save the register')).status).toBe(200);
  expect(await marksOf()).toEqual(['am present', 'pm present']);
  await (await open('provider.one', `/registers/${tuesday}`)).send({ [`${reference}-pm`]: 'absent' }, 'Save the register');
});

test('a day on which schools are closed says which day is next; one to come shows who is expected and takes no marks', async () => {
  const saturday = await open('provider.one', '/registers/2024-12-14');
  expect(saturday.text).toContain(
    'Schools are closed on Saturday 14 December 2024. The next school day is Monday 16 December 2024',
  );
  const ahead = await open('provider.one', '/registers/2024-12-17');
  expect([ahead.text, ahead.html]).toEqual([
    expect.stringContaining('Wilhelmina Featherstone'),
    expect.not.stringContaining('Save the register'),
  ]);
});

test('whom the register is not for gets none: another host, a panel, and CAP without saying whose', async () => {
  expect((await open('provider.two', `/registers/${tuesday}`)).text).toContain('Nobody is expected on this day');
  expect((await open('chair.review', `/registers/${tuesday}`)).status).toBe(403);
  expect((await open('provider.two', `/registers/${tuesday}?host=provider:TP-ONE`)).status).toBe(403);
  expect((await open('cap.team', `/registers/${tuesday}`)).text).toContain('Whose register');
  const ofHost = await open('cap.team', `/registers/${tuesday}?host=provider:TP-ONE`);
  expect(ofHost.text).toMatch(/First Steps Training \(fictitious\) Register of Tuesday 10 December 2024/);
});

test('where the e-mail of a morning leads: the school sees who was absent, host and CAP what is not marked (R97, A16)', async () => {
  const worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
  await morning(worker, '2024-12-11T07:30:00.000Z');
  await worker.close();
  doors.at('2024-12-11T09:00:00.000Z');
  const school = await open('school.alder', '/registers/REG-2024-12-11');
  expect(school.text).toContain('Wilhelmina Featherstone');
  expect(school.text).toContain('Tue 10 Dec 2024, afternoon');
  expect(school.html).toContain(`href="/cases/${reference}/attendance"`);
  expect((await open('school.birch', '/registers/REG-2024-12-11')).text).not.toContain('Wilhelmina');
  expect((await open('provider.one', '/registers/REG-2024-12-11')).text).not.toContain('Wilhelmina');
  // The first Tuesday was never marked: it is told on the two school days after it.
  const host = await open('provider.one', '/registers/REG-2024-12-04');
  expect(host.html).toContain('href="/registers/2024-12-03"');
  const cap = await open('cap.team', '/registers/REG-2024-12-05');
  expect(cap.html).toContain('href="/registers/2024-12-03?host=provider%3ATP-ONE"');
  // Put right, it is not told any more.
  const right = { marks: [{ case: reference, half: 'pm', mark: 'present' }] };
  await doors.ask('provider.one', 'PUT', `/api/v1/registers/${tuesday}`, { body: right });
  expect((await open('school.alder', '/registers/REG-2024-12-11')).text).not.toContain('Wilhelmina');
});

test('the attendance of a case is a table of weeks with its totals, for those who see the case', async () => {
  const { text } = await open('school.alder', `/cases/${reference}/attendance`);
  expect(text).toContain('4 half days were expected');
  expect(text).toMatch(/Mon 9 Dec 2024 Morning Present Afternoon Present/);
  expect(text).toMatch(/Mon 2 Dec 2024 Morning Not marked Afternoon Not marked/);
  expect((await open('school.birch', `/cases/${reference}/attendance`)).status).toBe(404);
});
