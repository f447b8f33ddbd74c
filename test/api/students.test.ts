// A school keeps its students through the doors: what it types twice is shown to it, what cannot be is refused.
import { each, openDoors, type Doors } from './doors';

const now = '2024-11-20T10:00:00.000Z';
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(now);
});
afterAll(() => doors.stop());

const sample = { name: 'Zoë Fenwick-Sample', dateOfBirth: '2011-05-04', ehcp: false, lookedAfter: false };
const add = (body: object, person = 'school.alder') => doors.ask(person, 'POST', '/api/v1/students', { body });
const read = (person: string, code: string) => doors.ask(person, 'GET', `/api/v1/students/${code}`);
const search = (person: string, text: string) => doors.ask(person, 'POST', '/api/v1/students/search', { body: { text } });

test('a school adds a student and finds them again, however the name is typed', async () => {
  const added = await add({ ...sample, upn: 'h80120 0001001' });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ school: 'SCH-A', yearGroup: 'Year 9', upn: 'H801200001001', version: 1 });
  expect(added.headers['location']).toBe(`/api/v1/students/${added.body.code}`);
  for (const text of ['zoe', 'FENWICK sample', 'h801200001001']) {
    expect([text, each((await search('school.alder', text)).body.students, 'code')]).toEqual([text, [added.body.code]]);
  }
  expect((await search('school.alder', 'nobody')).body.students).toEqual([]);
  expect((await search('school.birch', 'zoe')).body.students).toEqual([]);
  expect(each((await doors.ask('school.alder', 'GET', '/api/v1/students')).body.students, 'code')).toContain(added.body.code);
});

test.each([
  ['born in 1950', { dateOfBirth: '1950-01-01' }, 'dateOfBirth'],
  ['born in 2027', { dateOfBirth: '2027-03-01' }, 'dateOfBirth'],
  ['born on no day', { dateOfBirth: '2011-02-30' }, 'dateOfBirth'],
  ['of year group banana', { yearGroup: 'banana' }, 'yearGroup'],
  ['of a year group far from the age', { yearGroup: 'Year 3' }, 'yearGroup'],
  ['of a mistyped UPN', { upn: 'A801200001001' }, 'upn'],
  ['of no name', { name: ' ' }, 'name'],
  ['without a word about a plan (A12)', { ehcp: undefined }, 'ehcp'],
])('a student %s is refused, and the field is named', async (_what, changed, field) => {
  const { status, body } = await add({ ...sample, name: 'Wrong Sample', ...changed });
  expect([status, each(body.errors, 'field')]).toEqual([422, [field]]);
  expect((await search('school.alder', 'Wrong Sample')).body.students).toEqual([]);
});

test('a year group of its own is kept until it is taken back', async () => {
  const { body } = await add({ ...sample, name: 'Repeating Sample', yearGroup: 'Year 8' });
  expect(body.yearGroup).toBe('Year 8');
  doors.at('2025-09-10T10:00:00.000Z');
  expect((await read('school.alder', body.code)).body.yearGroup).toBe('Year 9');
  doors.at(now);
  const { yearGroup, version } = (await read('school.alder', body.code)).body;
  const same = { ...sample, name: 'Repeating Sample', yearGroup, version };
  const put = (change: object) =>
    doors.ask('school.alder', 'PUT', `/api/v1/students/${body.code}`, { body: { ...same, ...change } });
  expect((await put({})).body.yearGroup).toBe('Year 8');
  expect((await put({ version: 2, yearGroup: null })).body.yearGroup).toBe('Year 9');
});

describe('Typed twice', () => {
  test('the school is shown the one that it has, by name and date of birth or by UPN, and may say that it is another child', async () => {
    const { body: first } = await add({ ...sample, name: 'Twin Sample', upn: 'K801200001012' });
    const again = await add({ ...sample, name: 'TWIN  sample' });
    expect([again.status, again.body.type, again.body.known]).toEqual([409, '/problems/known-student', [first.code]]);
    expect(again.body.detail).toContain(first.code);
    const sameUpn = { ...sample, name: 'Other Words', upn: 'K801200001012' };
    expect((await add(sameUpn)).body.known).toEqual([first.code]);
    // A UPN is one child's: nobody can say otherwise.
    expect((await add({ ...sameUpn, another: true })).status).toBe(409);
    const another = await add({ ...sample, name: 'Twin Sample', another: true });
    expect([another.status, another.body.code === first.code]).toEqual([201, false]);
  });

  test('another school adds the child without being told; CAP alone sees the match', async () => {
    const { body: ours } = await add({ ...sample, name: 'Moving Sample' });
    const theirs = await add({ ...sample, name: 'moving sample' }, 'school.birch');
    expect(theirs.status).toBe(201);
    const matches = (person: string) => doors.ask(person, 'GET', `/api/v1/students/${ours.code}/matches`);
    expect(each((await matches('cap.team')).body.students, 'code')).toEqual([theirs.body.code]);
    expect((await matches('school.alder')).status).toBe(403);
  });
});

test('an edit is made over the version that was read, by the home school alone; CAP reads', async () => {
  const { body } = await add({ ...sample, name: 'Edited Sample' });
  const path = `/api/v1/students/${body.code}`;
  const edit = (person: string, headers: Record<string, string>, change: object = {}) =>
    doors.ask(person, 'PUT', path, { body: { ...sample, name: 'Edited Sample', ehcp: true, ...change }, headers });
  const edited = await edit('school.alder', { 'If-Match': '"1"' });
  expect([edited.status, edited.headers['etag'], edited.body.ehcp]).toEqual([200, '"2"', true]);
  expect((await edit('school.alder', { 'If-Match': '"1"' })).body).toMatchObject({ type: '/problems/stale', version: 2 });
  expect((await edit('school.alder', {})).body.errors[0].field).toBe('version');
  expect((await edit('cap.team', { 'If-Match': '"2"' })).status).toBe(403);
  expect((await edit('school.birch', { 'If-Match': '"2"' })).status).toBe(404);
  expect((await read('cap.team', body.code)).body).toMatchObject({ name: 'Edited Sample', ehcp: true, version: 2 });
  for (const person of ['school.birch', 'provider.one', 'chair.review', 'auditor', 'ops']) {
    expect([person, (await read(person, body.code)).status]).toEqual([person, 404]);
  }
});

test('who acts for no school adds nobody', async () => {
  for (const person of ['cap.team', 'provider.one', 'ops']) expect((await add(sample, person)).status).toBe(403);
  expect((await add({ ...sample, school: 'SCH-A' }, 'school.birch')).status).toBe(403);
});

test('an application names a student of its school; who has an open application for the programme is named while it is written', async () => {
  const begin = (body: object) => doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  const theirs = await doors.student('school.birch');
  expect((await begin({ programme: 'flourish', student: theirs })).body.errors).toEqual([
    expect.objectContaining({ field: 'student', rule: 'R23' }),
  ]);
  const { body: young } = await add({ ...sample, name: 'Young Sample', dateOfBirth: '2018-05-04' });
  const tier1 = await begin({ programme: 'tier-1-course', student: young.code, course: 'T1-BICYCLES' });
  expect(tier1.body).toMatchObject({ student: young.code, studentName: 'Young Sample' });
  expect(tier1.body.inTheWay).toContainEqual(expect.objectContaining({ field: 'student', rule: 'C30' }));
});

test('no line of the log holds a name, a date of birth or a UPN', async () => {
  await search('school.alder', 'Fenwick');
  await add({ ...sample, name: 'Twin Sample' });
  expect(doors.logged()).not.toMatch(/Fenwick|Twin|2011-05-04|H801200001001/i);
});
