// A host notes progress and behaviour through the doors; the home school and CAP read it, and nobody else (R97).
import { openDoors, type Doors } from './doors';
import { placedOnTuesdays } from './submitted';

let doors: Doors;
let reference: string;
const week = '2024-12-02';
const said = { progress: 'on-plan', progressWords: 'Zaffre built a wheel.', behaviour: 'settled', behaviourWords: '' };

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  reference = await placedOnTuesdays(doors);
  doors.at('2024-12-05T15:00:00.000Z');
});
afterAll(() => doors.stop());

const write = (person: string, body: object, of = week) =>
  doors.ask(person, 'PUT', `/api/v1/cases/${reference}/progress/${of}`, { body });
const read = (person: string) => doors.ask(person, 'GET', `/api/v1/cases/${reference}/progress`);

test('a week is noted once: sent again it changes nothing, and what a colleague wrote meanwhile is not overwritten', async () => {
  expect((await write('provider.one', { ...said, version: 0 })).body).toMatchObject({ ...said, version: 1 });
  expect((await write('provider.one', { ...said, version: 0 })).body).toMatchObject({ version: 1 });
  const other = await write('provider.one', { ...said, progressWords: 'Something else.', version: 0 });
  expect([other.status, other.body]).toEqual([412, expect.objectContaining({ version: 1 })]);
  const { body } = await read('school.alder');
  expect(body).toEqual({
    writes: false,
    weeks: [{ week, writes: false, note: expect.objectContaining({ ...said, writtenByName: 'Sample Provider-One' }) }],
  });
});

test('what is corrected is written down, and stands in the answer to who asks what is held of the child (A14)', async () => {
  const right = { ...said, progressWords: 'Zaffre built a whole bicycle.', version: 1 };
  expect((await write('cap.team', right)).body).toMatchObject({ version: 2, writtenBy: 'cap.team' });
  const { student } = (await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}`)).body.position as {
    student?: string;
  };
  const { students } = (await doors.ask('cap.team', 'GET', '/api/v1/students')).body as {
    students: { code: string; name: string }[];
  };
  const code = student ?? students.find(({ name }) => name === 'Wilhelmina Featherstone')?.code ?? '';
  const { body } = await doors.ask('cap.team', 'GET', `/api/v1/exports/subject-access/${code}`);
  const [application] = body.applications as { progress: object[]; corrections: object[] }[];
  expect(application?.progress).toMatchObject([{ week, progressWords: 'Zaffre built a whole bicycle.' }]);
  expect(application?.corrections).toMatchObject([
    { what: `progress ${reference} ${week}`, before: { progressWords: 'Zaffre built a wheel.' } },
  ]);
});

test('nobody else reads or writes a note, and a wrong one names its field', async () => {
  for (const person of ['school.birch', 'provider.two', 'chair.review', 'auditor', 'member.attendance']) {
    expect([person, (await read(person)).status, (await write(person, said)).status]).toEqual([person, 404, 404]);
  }
  expect((await write('school.alder', said)).status).toBe(403);
  const fields = async (person: string, body: object, of?: string) =>
    ((await write(person, body, of)).body.errors as { field: string }[]).map(({ field }) => field);
  expect(await fields('provider.one', { ...said, progress: 'behind', progressWords: '', version: 2 })).toEqual(['progressWords']);
  expect(await fields('provider.one', said, '2024-12-03')).toEqual(['week']);
  expect(await fields('provider.one', said, '2024-12-09')).toEqual(['week']);
  expect(await fields('provider.one', { ...said, behaviour: 'bad' })).toEqual(['behaviour']);
});

test('words about a child are in no log', () => {
  expect(doors.logged()).not.toContain('Zaffre');
});
