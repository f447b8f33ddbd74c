// The home school or CAP records suspensions and exclusions of a student, and the numbers tell them beside placements (R4, R92, A20).
import { openDoors, type Doors } from './doors';
import { placedOnTuesdays } from './submitted';

let doors: Doors;
let reference: string;
let student: string;
const suspension = { kind: 'suspension', sessions: 2, reason: 'DB' };

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  reference = await placedOnTuesdays(doors);
  const { students } = (await doors.ask('cap.team', 'GET', '/api/v1/students')).body as {
    students: { code: string; name: string }[];
  };
  student = students.find(({ name }) => name === 'Wilhelmina Featherstone')?.code ?? '';
});
afterAll(() => doors.stop());
beforeEach(() => doors.at('2025-06-30T10:00:00.000Z'));

const record = (person: string, day: string, body: object = suspension) =>
  doors.ask(person, 'PUT', `/api/v1/students/${student}/exclusions/${day}`, { body });
const remove = (person: string, day: string) => doors.ask(person, 'DELETE', `/api/v1/students/${student}/exclusions/${day}`);
const list = async (person = 'school.alder') =>
  (await doors.ask(person, 'GET', `/api/v1/students/${student}/exclusions`)).body.exclusions as { day: string; kind: string }[];
const numbers = async (person = 'cap.team') => {
  const { exclusions, beside } = (await doors.ask(person, 'GET', '/api/v1/numbers?academicYear=2024-25')).body as {
    exclusions: { definition: string; by: object[] };
    beside: { definition: string; placements: number; before: number; during: number; after: number };
  };
  const { placements, before, during, after } = beside;
  const bySchool = (await doors.ask(person, 'GET', '/api/v1/numbers/schools?academicYear=2024-25')).body.exclusions;
  expect(bySchool).toEqual({ ...exclusions, by: exclusions.by.map((each) => ({ ...each, school: 'SCH-A' })) });
  return { by: exclusions.by, beside: [placements, before, during, after], words: [exclusions.definition, beside.definition] };
};
const suspensions = (count: number) => ({ kind: 'suspension', count });

test('one is recorded once, corrected over what was read, and removed; each counts as it stands', async () => {
  expect((await record('school.alder', '2024-11-12')).body).toMatchObject({
    ...suspension,
    version: 1,
    recordedBy: 'school.alder',
  });
  expect((await record('school.alder', '2024-11-12')).body).toMatchObject({ version: 1 });
  expect((await record('cap.team', '2024-11-12', { ...suspension, sessions: 4 })).status).toBe(412);
  expect((await record('cap.team', '2024-11-12', { ...suspension, sessions: 4, version: 1 })).body).toMatchObject({ version: 2 });
  expect((await numbers()).by).toEqual([suspensions(1)]);
  await record('school.alder', '2024-11-12', { kind: 'permanent-exclusion', reason: 'PA', version: 2 });
  expect((await numbers()).by).toEqual([{ ...suspensions(1), kind: 'permanent-exclusion' }]);
  expect([(await remove('cap.team', '2024-11-12')).status, (await remove('cap.team', '2024-11-12')).status]).toEqual([200, 200]);
  expect([await list(), (await numbers()).by]).toEqual([[], []]);
  const { body } = await doors.ask('cap.team', 'GET', `/api/v1/exports/subject-access/${student}`);
  expect(body).toMatchObject({ exclusions: [], exclusionEdits: [{ after: { sessions: 4 } }, {}, { after: null }] });
});

test('nobody but the home school and CAP sees or records one, and a wrong one names its field', async () => {
  for (const person of ['school.birch', 'provider.one', 'chair.review', 'auditor'])
    expect([person, (await record(person, '2024-11-12')).status, (await remove(person, '2024-11-12')).status]).toEqual([
      person,
      404,
      404,
    ]);
  const wrong = async (day: string, body: object) =>
    ((await record('school.alder', day, body)).body.errors as { field: string }[]).map(({ field }) => field);
  expect(await wrong('2025-07-01', suspension)).toEqual(['day']);
  expect(await wrong('2024-11-12', { kind: 'suspension', reason: 'DB' })).toEqual(['sessions']);
  expect(await wrong('2024-11-12', { ...suspension, reason: 'XX' })).toEqual(['reason']);
});

test('those before, during and after a placement are told once its twelve weeks are over, whenever they were recorded', async () => {
  await record('school.alder', '2024-11-12');
  await record('school.alder', '2024-11-19');
  await record('school.alder', '2024-12-10');
  doors.at('2024-12-12T10:00:00.000Z');
  const give = (person: string, command: string, body: object) =>
    doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: command });
  const asked = { from: 'placement', last: '2024-12-12', reason: 'They move.', impact: 'None.' };
  expect((await give('school.alder', 'ask-withdrawal', asked)).status).toBe(200);
  expect((await give('cap.team', 'process-withdrawal', { result: 'processed', enteredOn: '2024-12-12' })).status).toBe(200);
  expect((await numbers()).beside).toEqual([0, 0, 0, 0]);
  doors.at('2025-06-30T10:00:00.000Z');
  expect((await numbers()).beside).toEqual([1, 2, 1, 0]);
  await record('school.alder', '2025-01-20');
  await record('school.alder', '2025-06-23');
  await remove('school.alder', '2024-11-19');
  const { beside, by, words } = await numbers('member.attendance');
  expect([beside, by]).toEqual([[1, 1, 1, 1], [suspensions(4)]]);
  expect(words).toEqual([
    expect.stringContaining('began in the year'),
    expect.stringContaining('12 school weeks before the start'),
  ]);
});
