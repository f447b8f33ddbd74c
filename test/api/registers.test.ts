// A host marks its register through the doors; the home school reads the attendance.
import { morning } from '../../activities/morning';
import { openDatabase } from '../../records/database';
import { each, openDoors, type Doors } from './doors';
import { placedOnTuesdays, submitted } from './submitted';

let doors: Doors;
let reference: string;
const tuesday = '2024-12-10';

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  reference = await placedOnTuesdays(doors);
});
afterAll(() => doors.stop());
beforeEach(() => doors.at(`${tuesday}T15:00:00.000Z`));

const mark = (person: string, marks: readonly object[], day = tuesday) =>
  doors.ask(person, 'PUT', `/api/v1/registers/${day}`, { body: { marks } });
const register = (person: string, day = tuesday, query = '') => doors.ask(person, 'GET', `/api/v1/registers/${day}${query}`);

test('a register lists whom the host expects that day, and nobody reads that of somebody else', async () => {
  const { body } = await register('provider.one');
  expect(body.entries).toEqual([
    expect.objectContaining({
      case: reference,
      student: 'Wilhelmina Featherstone',
      expected: ['am', 'pm'],
      suggestedCode: 'B',
      marks: [],
    }),
  ]);
  expect((await register('provider.one', '2024-12-11')).body.entries).toEqual([]);
  expect((await register('provider.two')).body.entries).toEqual([]);
  expect((await register('provider.two', tuesday, '?host=provider:TP-ONE')).status).toBe(403);
  expect(each((await register('cap.team', tuesday, '?host=provider:TP-ONE')).body.entries, 'case')).toEqual([reference]);
});

test('CAP, which is no host, says whose register it wants', async () => {
  const { status, body } = await register('cap.team');
  expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field: 'host', rule: 'R97' })]]);
});

test('marks are made all or none; sent again they change nothing, and a mark that is put right is written down', async () => {
  const stranger = { case: 'CAP-2024-NOSUCH', half: 'pm', mark: 'present' };
  const wrong = await mark('provider.one', [{ case: reference, half: 'am', mark: 'present' }, stranger]);
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'marks.1']);
  expect((await register('provider.one')).body.entries[0].marks).toEqual([]);

  const day = [
    { case: reference, half: 'am', mark: 'present' },
    { case: reference, half: 'pm', mark: 'present' },
  ];
  expect((await mark('provider.one', day)).body).toEqual({ marked: 2 });
  expect((await mark('provider.one', day)).body).toEqual({ marked: 2 });
  await mark('provider.one', [{ case: reference, half: 'pm', mark: 'absent' }]);
  const worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
  const edits = await worker.directly(
    (connection) => connection.$queryRaw<unknown[]>`SELECT person, what, before, after FROM edits ORDER BY id`,
  );
  await worker.close();
  expect(edits).toEqual([
    { person: 'provider.one', what: `mark ${reference} ${tuesday} pm`, before: { mark: 'present' }, after: { mark: 'absent' } },
  ]);
});

test('who may not mark is told so, field by field, and the same half is not marked twice at once', async () => {
  for (const person of ['provider.two', 'school.alder']) {
    expect((await mark(person, [{ case: reference, half: 'am', mark: 'absent' }])).status).toBe(422);
  }
  const half = { case: reference, half: 'am', mark: 'present' };
  const twice = await mark('provider.one', [half, { ...half, mark: 'absent' }]);
  expect([twice.status, twice.body.errors[0].field]).toEqual([422, 'marks.1']);
  const ahead = await mark('provider.one', [half], '2024-12-17');
  expect(ahead.body.errors[0].message).toContain('still to come');
});

test('the home school reads the attendance of its student; another school reads none', async () => {
  const read = (person: string) => doors.ask(person, 'GET', `/api/v1/cases/${reference}/attendance`);
  const { body } = await read('school.alder');
  // Tuesdays 3 and 10 December, two halves each; the first was never marked.
  expect(body).toMatchObject({ until: tuesday, expected: 4, attended: 1, absent: 1, unmarked: 2 });
  expect((await read('school.birch')).status).toBe(404);
});

test('a morning tells the home school who was absent, and the host of registers that lack marks; nobody else hears of a child', async () => {
  const worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
  await morning(worker, '2024-12-11T07:30:00.000Z');
  await worker.close();
  const read = async (person: string, day: string) => (await doors.ask(person, 'GET', `/api/v1/mornings/${day}`)).body as object;
  expect(await read('school.alder', '2024-12-11')).toEqual({
    day: '2024-12-11',
    unmarked: [],
    absences: [
      {
        ...{ case: reference, student: 'Wilhelmina Featherstone', day: tuesday, half: 'pm' },
        ...{ schoolName: 'Alderbrook School (fictitious)', hostName: 'First Steps Training (fictitious)' },
      },
    ],
  });
  expect(await read('provider.one', '2024-12-04')).toMatchObject({
    unmarked: [{ day: '2024-12-03', host: 'provider:TP-ONE', hostName: 'First Steps Training (fictitious)', students: 1 }],
    absences: [],
  });
  expect(await read('school.birch', '2024-12-11')).toMatchObject({ unmarked: [], absences: [] });
  expect(await read('school.alder', '2024-12-14')).toMatchObject({ unmarked: [], absences: [] });
  expect((await doors.ask('chair.review', 'GET', '/api/v1/mornings/2024-12-11')).status).toBe(403);
});

test("a student's week says where they are to be, over all placements (R88); CAP's numbers count what was marked", async () => {
  const { body: found } = await doors.ask('school.alder', 'POST', '/api/v1/students/search', { body: { text: 'Wilhelmina' } });
  const { code } = found.students[0] as { code: string };
  const week = async (person: string, day: string) => doors.ask(person, 'GET', `/api/v1/students/${code}/week/${day}`);
  const halves = ['am', 'pm'].map((half) => ({ day: tuesday, half, host: 'provider:TP-ONE', case: reference }));
  expect((await week('school.alder', '2024-12-12')).body).toEqual({ monday: '2024-12-09', halves, days: 1 });
  expect((await week('school.alder', '2024-11-20')).body).toMatchObject({ halves: [], days: 0 });
  expect((await week('school.birch', tuesday)).status).toBe(404);
  const numbers = await doors.ask('cap.team', 'GET', '/api/v1/numbers?academicYear=2024-25');
  expect(numbers.body.attendance).toMatchObject({ marked: 2, attended: 1 });
});

test('the placement is in the lists for others, as a file; a name that looks like a formula is text, and each read is noted (A15)', async () => {
  const read = (person: string, list: string, query = '') =>
    doors.ask(person, 'GET', `/api/v1/exports/${list}/2024-25${query}`, { headers: { Accept: 'text/csv' } });
  for (const list of ['ap-census', 'training-records']) {
    const { headers, text } = await read('cap.team', list);
    expect(headers['content-disposition']).toContain('attachment');
    expect(text).toContain('Wilhelmina Featherstone');
    expect((await read('school.alder', list)).status).toBe(403);
  }
  expect((await read('school.alder', 'inspection')).text).toMatch(/First Steps Training[^]*Wilhelmina Featherstone/);
  expect((await read('school.birch', 'inspection')).text).not.toContain('Wilhelmina');
  expect((await read('school.birch', 'inspection', '?school=SCH-A')).status).toBe(403);
  expect((await read('provider.one', 'inspection')).status).toBe(403);
  await doors.access.settled();
  const lines = await doors.api.asActor(
    { person: 'auditor', parties: ['audit'] },
    (connection) => connection.$queryRaw<{ person: string; action: string }[]>`
      SELECT DISTINCT person, action FROM access_log WHERE action LIKE '%/exports/%' AND detail->>'status' = '200' ORDER BY 1, 2`,
  );
  expect(lines).toContainEqual({ person: 'cap.team', action: 'GET /api/v1/exports/ap-census/{academicYear}' });
});

test('the census has as leaving date the last day of the withdrawal that was made, and none of one that was not; what was withdrawn before its start is no placement (A15)', async () => {
  doors.at('2024-11-20T10:00:00.000Z');
  const [ended, never] = [await placedOnTuesdays(doors, 'Ottoline'), await placedOnTuesdays(doors, 'Peregrine')];
  const give = async (person: string, of: string, command: string, body: object) => {
    const answer = await doors.ask(person, 'POST', `/api/v1/cases/${of}/${command}`, { body, key: `${of} ${command}` });
    expect([command, answer.status]).toEqual([command, 200]);
  };
  await give('school.alder', never, 'withdraw', { reason: 'Another way was found.' });
  const asked = { ...{ from: 'placement', reason: 'Sample.', impact: 'Sample.' }, discussedOn: '2024-12-10' };
  doors.at('2024-12-10T10:00:00.000Z');
  await give('school.alder', ended, 'ask-withdrawal', { ...asked, last: '2024-12-10' });
  await give('cap.team', ended, 'process-withdrawal', { result: 'not-withdrawn', why: 'The student stays.' });
  doors.at('2024-12-18T10:00:00.000Z');
  await give('cap.team', ended, 'record-exit', { destination: 'home-school', summary: 'A good course.' });
  const lines = (await doors.ask('cap.team', 'GET', '/api/v1/exports/ap-census/2024-25', { headers: { Accept: 'text/csv' } }))
    .text;
  const lineOf = (name: string) => lines.split('\n').find((line) => line.includes(name));
  expect(lineOf('Ottoline')).toContain('2024-12-03,2024-12-18,2,');
  expect(lineOf('Peregrine')).toBeUndefined();
});

/** The line of a student in an export of 2024-25. */
async function exported(list: 'ap-census' | 'training-records', name: string): Promise<string | undefined> {
  const { text } = await doors.ask('cap.team', 'GET', `/api/v1/exports/${list}/2024-25`, { headers: { Accept: 'text/csv' } });
  return text.split('\n').find((line) => line.includes(name));
}

test('whose exit is recorded after the placement ended has its last day as leaving date, and not the day of the record (A15)', async () => {
  const reference = await placedOnTuesdays(doors, 'Quintus');
  doors.at('2025-01-28T10:00:00.000Z');
  const body = { destination: 'home-school', summary: 'A good course.' };
  const exit = await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/record-exit`, { body, key: `${reference} exit` });
  expect(exit.status).toBe(200);
  for (const [list, line] of [
    ['ap-census', '2024-12-03,2025-01-24,2,'],
    ['training-records', '2024-12-03,2025-01-24,tue,2025-01-24'],
  ] as const) {
    expect(await exported(list, 'Quintus')).toContain(line);
  }
});

test('after the exit the register of a day of the placement still lists the student, and a mark is put right there (A5)', async () => {
  const reference = await placedOnTuesdays(doors, 'Sidonie');
  doors.at('2024-12-17T15:00:00.000Z');
  const [last, half] = ['2024-12-17', { case: reference, half: 'am' }];
  expect((await mark('provider.one', [{ ...half, mark: 'absent' }], last)).status).toBe(200);
  /** How many students of the host lack marks of that day: the afternoon of this one is still to be marked. */
  const lacking = async () => {
    const { unmarked } = (await doors.ask('provider.one', 'GET', '/api/v1/mornings/2024-12-18')).body as {
      unmarked: { day: string; students: number }[];
    };
    return unmarked.find(({ day }) => day === last)?.students;
  };
  const before = await lacking();
  const body = { destination: 'ended-early', summary: 'The family moved.' };
  const exit = await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/record-exit`, { body, key: `${reference} exit` });
  expect(exit.status).toBe(200);
  expect([before, await lacking()]).toEqual([expect.any(Number), before]);
  const listed = async (day: string) => each((await register('provider.one', day)).body.entries, 'case').includes(reference);
  expect([await listed('2024-12-10'), await listed(last), await listed('2025-01-07')]).toEqual([true, true, false]);
  expect((await mark('provider.one', [{ ...half, mark: 'late' }], last)).body).toEqual({ marked: 1 });
  const { body: attendance } = await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}/attendance`);
  expect(attendance).toMatchObject({ attended: 1, absent: 0 });
  // Days of before the start are of no placement.
  expect((await mark('provider.one', [{ ...half, mark: 'present' }], '2024-11-26')).status).toBe(422);
});

test('a placement that ends before the last day of its withdrawal has its own last day as leaving date: nobody is expected after it (A15, A5)', async () => {
  const reference = await placedOnTuesdays(doors, 'Rosamund');
  const give = async (person: string, command: string, body: object) => {
    const answer = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, {
      body,
      key: `${reference} ${command}`,
    });
    expect([command, answer.status]).toEqual([command, 200]);
  };
  doors.at('2024-12-10T10:00:00.000Z');
  const words = { reason: 'Sample.', impact: 'Sample.' };
  await give('school.alder', 'ask-withdrawal', { from: 'placement', last: '2024-12-17', discussedOn: '2024-12-10', ...words });
  await give('cap.team', 'process-withdrawal', { result: 'processed', enteredOn: '2024-12-10' });
  doors.at('2024-12-12T10:00:00.000Z');
  await give('cap.team', 'record-exit', { destination: 'ended-early', summary: 'It ended sooner still.' });
  expect(each((await register('provider.one', '2024-12-17')).body.entries, 'case')).not.toContain(reference);
  for (const [list, line] of [
    ['ap-census', '2024-12-03,2024-12-12,2,'],
    // Beside the end of the placement, to which the withdrawal had moved it.
    ['training-records', '2024-12-03,2024-12-17,tue,2024-12-12'],
  ] as const) {
    expect(await exported(list, 'Rosamund')).toContain(line);
  }
});

test('a change of day is not confirmed on a day that another placement of the student was given since it was asked for (A11, R119)', async () => {
  const first = await placedOnTuesdays(doors, 'Quilla');
  const { student } = (await doors.ask('school.alder', 'GET', `/api/v1/applications/${first}`)).body as { student: string };
  doors.at('2024-11-20T10:00:00.000Z');
  const second = await submitted(doors, 'insight', {}, student);
  const give = (person: string, of: string, command: string, body: object) =>
    doors.ask(person, 'POST', `/api/v1/cases/${of}/${command}`, { body, key: `${of} ${command}` });
  await give('cap.team', second, 'check-pack', { result: 'complete' });
  await give('school.alder', second, 'book-interview', { at: '2024-11-22T10:00:00.000Z' });
  doors.at('2024-11-22T12:00:00.000Z');
  const { host } = (await doors.ask('cap.team', 'GET', `/api/v1/cases/${second}`)).body.position as { host: string };
  const provider = host === 'provider:TP-ONE' ? 'provider.one' : 'provider.two';
  await give(provider, second, 'record-interview', { result: 'held' });
  await give(provider, second, 'provider-response', { result: 'accept' });
  const days = { from: '2024-12-09', weekdays: 'thu', hostAgreed: '2024-11-22', impact: 'Sample.' };
  expect((await give('school.alder', first, 'ask-change-of-day', days)).status).toBe(200);
  const started = await give('school.alder', second, 'confirm-start', { start: '2024-12-02', weekdays: 'thu', shortened: true });
  expect([started.status, started.body]).toEqual([200, expect.anything()]);
  const confirmed = await give('cap.team', first, 'confirm-change-of-day', { result: 'confirmed', enteredOn: '2024-11-22' });
  expect([confirmed.status, confirmed.body.rule ?? confirmed.body.errors?.[0]?.rule]).toEqual([422, 'A11']);
});
