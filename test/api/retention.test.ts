// Retention through the doors (A14): what falls due, legal holds, and all that is held of one student.
import { randomUUID } from 'node:crypto';
import { deleteForgottenDrafts } from '../../records/forgottenDrafts';
import { documents } from '../support/documents';
import { each, openDoors, type Doors } from './doors';
import { placedOnTuesdays } from './submitted';
import { completeAnswers } from '../support/story';

let doors: Doors;
let reference: string;
let student: string;
const began = '2024-11-28T10:00:00.000Z';

beforeAll(async () => {
  doors = await openDoors(began);
  student = await doors.student('school.alder', { name: 'Zoë Fictitious', dateOfBirth: '2011-05-04' });
  ({ reference } = await draft());
  await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: 'submit' });
  await give('cap.team', 'check-pack', { result: 'complete' });
  await give('school.alder', 'withdraw', { reason: 'Another way was found.' });
});
afterAll(() => doors.stop());

async function draft(): Promise<{ reference: string }> {
  const body = { programme: 'flourish', student, answers: completeAnswers('flourish', '2024-11-28') };
  const { body: made } = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  return made as { reference: string };
}
async function give(person: string, command: string, body: object): Promise<void> {
  const { status } = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: command });
  expect(status).toBe(200);
}
const place = (person: string, body: object, key?: string) =>
  doors.ask(person, 'POST', '/api/v1/legal-holds', { body, ...(key === undefined ? {} : { key }) });
const lift = (person: string, id: string) => doors.ask(person, 'POST', `/api/v1/legal-holds/${id}/lift`);
const others = ['school.alder', 'provider.one', 'chair.review', 'auditor', 'ops'];

/** A second person of CAP. */
const colleague = 'cap.lead';

test('CAP reads what falls due in the next sixty days, with why; nobody else does', async () => {
  const due = async () => (await doors.ask('cap.team', 'GET', '/api/v1/retention')).body as { cases: object[]; next: null };
  expect(await due()).toEqual({ cases: [], students: [], next: null });
  doors.at('2036-03-05T10:00:00.000Z');
  expect(await due()).toEqual({
    cases: [
      {
        ...{ reference, school: 'SCH-A', student, class: 'birthday', until: '2036-05-04', held: false },
        why: "Kept to the student's 25th birthday.",
        href: `/api/v1/cases/${reference}`,
      },
    ],
    students: [],
    next: null,
  });
  for (const person of others) expect((await doors.ask(person, 'GET', '/api/v1/retention')).status).toBe(403);
  doors.at(began);
});

test('who is erased without a case stands on the list as well; who has one, or a draft, is not erased', async () => {
  const alone = await doors.student('school.alder', { name: 'Alone Fictitious', dateOfBirth: '2011-05-04' });
  const writing = await doors.student('school.birch', { name: 'Writing Fictitious', dateOfBirth: '2011-05-04' });
  const body = { programme: 'flourish', student: writing, answers: {} };
  expect((await doors.ask('school.birch', 'POST', '/api/v1/applications', { body })).status).toBe(201);
  const due = async () => (await doors.ask('cap.team', 'GET', '/api/v1/retention')).body.students as object[];
  expect(await due()).toEqual([]);
  doors.at('2036-03-05T10:00:00.000Z');
  const why = "Kept to the student's 25th birthday.";
  const line = { student: alone, school: 'SCH-A', class: 'birthday', until: '2036-05-04', why };
  expect(await due()).toEqual([{ ...line, held: false }]);
  const { id } = (await place('cap.team', { student: alone, reason: 'A claim is expected of them.' })).body.hold as {
    id: string;
  };
  expect(await due()).toEqual([{ ...line, held: true }]);
  await lift(colleague, id);
  doors.at(began);
});

test('a hold is placed once, with its reason, and lifted by a colleague alone; each is written down without a word of why', async () => {
  const body = { reference, reason: 'A claim is expected.' };
  for (const person of others) expect((await place(person, body)).status).toBe(403);
  const [first, again] = [await place('cap.team', body, 'hold'), await place('cap.team', body, 'hold')];
  expect([first.status, first.body.hold.placedBy, again.body.hold.id]).toEqual([201, 'cap.team', first.body.hold.id]);
  const { id } = first.body.hold as { id: string };
  const list = async () => each((await doors.ask('cap.team', 'GET', '/api/v1/legal-holds')).body.holds, 'id');
  expect(await list()).toEqual([id]);

  expect((await lift('cap.team', id)).body).toMatchObject({ status: 403, rule: 'A14' });
  expect((await lift('school.alder', id)).status).toBe(403);
  const lifted = await lift(colleague, id);
  expect([lifted.status, lifted.body.hold]).toMatchObject([200, { liftedBy: colleague, lifted: began }]);
  expect((await lift(colleague, id)).status).toBe(409);
  expect((await lift(colleague, 'no-such')).status).toBe(404);
  expect(await list()).toEqual([]);
  const edits = await doors.api.asActor(
    { person: 'auditor', parties: ['audit'] },
    (connection) =>
      connection.$queryRaw<unknown[]>`SELECT person, before, after FROM edits WHERE what = ${`hold ${reference}`} ORDER BY id`,
  );
  expect(edits).toEqual([
    { person: 'cap.team', before: null, after: { hold: id } },
    { person: colleague, before: { hold: id }, after: null },
  ]);
});

describe('what a hold stands on is not deleted by hand either, by whoever it is (A14)', () => {
  const kept = [409, expect.stringContaining('CAP keeps what there is of this student') as string];
  const add = (fields: Readonly<Record<string, string>>, of: string, person = 'school.alder') =>
    doors.ask(person, 'POST', `/api/v1/files/${of}`, {
      form: { fields, name: 'letter.pdf', content: documents.pdf(randomUUID()) },
    });
  const held = async (on: object) =>
    ((await place('cap.team', { ...on, reason: 'The police asked.' })).body.hold as { id: string }).id;
  const told = ({ status, body }: { status: number; body: { detail?: string } }) => [status, body.detail];

  afterEach(() => doors.at(began));

  test("a draft of the student, nor by giving it to another one first; once the hold is lifted it is the school's again", async () => {
    const whose = await doors.student('school.alder', { name: 'Held Fictitious' });
    const another = await doors.student('school.alder', { name: 'Another Fictitious' });
    const body = { programme: 'flourish', student: whose, answers: {} };
    const of = (await doors.ask('school.alder', 'POST', '/api/v1/applications', { body })).body.reference as string;
    const save = (change: object, version: number) =>
      doors.ask('school.alder', 'PUT', `/api/v1/applications/${of}`, { body: { answers: {}, version, ...change } });
    const remove = (version: number) =>
      doors.ask('school.alder', 'DELETE', `/api/v1/applications/${of}`, { headers: { 'If-Match': String(version) } });

    const id = await held({ student: whose });
    expect(told(await remove(1))).toEqual(kept);
    expect(told(await save({ student: another }, 1))).toEqual(kept);
    expect(told(await save({}, 1))).toEqual(kept);
    expect((await save({ student: whose, answers: completeAnswers('flourish', '2024-11-28') }, 1)).status).toBe(200);
    expect(told(await remove(2))).toEqual(kept);
    expect((await doors.ask('school.alder', 'GET', `/api/v1/applications/${of}`)).status).toBe(200);
    await lift(colleague, id);
    expect((await save({ student: another }, 2)).status).toBe(200);
    expect((await remove(3)).status).toBe(200);
  });

  test('a document of it, nor by putting another in its place', async () => {
    const whose = await doors.student('school.alder', { name: 'Document Fictitious' });
    const body = { programme: 'flourish', student: whose, answers: {} };
    const of = (await doors.ask('school.alder', 'POST', '/api/v1/applications', { body })).body.reference as string;
    const { id: file } = (await add({ kind: 'supporting-document' }, of)).body as { id: string };
    const remove = () => doors.ask('school.alder', 'DELETE', `/api/v1/files/${of}/${file}`);
    const id = await held({ student: whose });
    expect(told(await remove())).toEqual(kept);
    expect(told(await add({ kind: 'supporting-document', replaces: file }, of))).toEqual(kept);
    expect((await add({ kind: 'supporting-document' }, of)).status).toBe(201);
    expect(each((await doors.ask('school.alder', 'GET', `/api/v1/files/${of}`)).body.files, 'id')).toContain(file);
    await lift(colleague, id);
    expect((await remove()).status).toBe(200);
  });

  test.each(['student', 'reference'])('a report of a placement, where the hold names the %s', async (named) => {
    const of = await placedOnTuesdays(doors, `Report ${named}`);
    const added = await add({ kind: 'report' }, of, 'provider.one');
    expect(added.status).toBe(201);
    const { id: file } = added.body as { id: string };
    const [found] = await doors.worker.directly(
      (connection) => connection.$queryRaw<{ student: string }[]>`SELECT student FROM cases WHERE reference = ${of}`,
    );
    const id = await held(named === 'student' ? { student: found?.student } : { reference: of });
    for (const person of ['provider.one', 'cap.team'])
      expect(told(await doors.ask(person, 'DELETE', `/api/v1/files/${of}/${file}`))).toEqual(kept);
    await lift(colleague, id);
    expect((await doors.ask('provider.one', 'DELETE', `/api/v1/files/${of}/${file}`)).status).toBe(200);
  });
});

test.each([
  [{ reference: 'CAP-2024-222222', reason: 'A claim.' }, 'reference'],
  [{ student: 'STU-222222', reason: 'A claim.' }, 'student'],
])('a hold on what is not there is refused: %j', async (body, field) => {
  const { status, body: answer } = await place('cap.team', body);
  expect([status, each(answer.errors, 'field')]).toEqual([422, [field]]);
});

test('of a draft that its school deleted no digest of what it said stays after the night; of what is there, the same key still makes nothing twice', async () => {
  const body = { programme: 'flourish', student, answers: {} };
  const begin = async (key: string) =>
    (await doors.ask('school.alder', 'POST', '/api/v1/applications', { body, key })).body.reference as string;
  const [gone, there] = [await begin('gone'), await begin('there')];
  const made = async () =>
    each(
      await doors.worker.directly(
        (connection) =>
          connection.$queryRaw<
            object[]
          >`SELECT id FROM made WHERE what = 'application' AND id IN (${gone}, ${there}, ${reference})`,
      ),
      'id',
    );
  const headers = { 'If-Match': '1' };
  expect((await doors.ask('school.alder', 'DELETE', `/api/v1/applications/${gone}`, { headers })).status).toBe(200);
  await deleteForgottenDrafts(doors.worker, began);
  expect(await made()).toEqual([there]);
  expect(await begin('there')).toBe(there);
});

describe('all that is held of a student', () => {
  const ask = (person: string, code = student) => doors.ask(person, 'GET', `/api/v1/exports/subject-access/${code}`);

  test('is one document with every word, whoever wrote it, and who read it', async () => {
    const unfinished = await draft();
    await place('cap.team', { student, reason: 'The police asked.' });
    await doors.ask('provider.one', 'GET', `/api/v1/cases/${reference}`);
    await doors.ask('auditor', 'GET', `/api/v1/cases/${reference}`);
    await doors.ask('school.alder', 'GET', `/api/v1/students/${student}`);
    expect((await doors.ask('school.birch', 'GET', `/api/v1/students/${student}`)).status).toBe(404);
    await doors.access.settled();
    const { status, body } = await ask('cap.team');
    expect([status, body.toLookAt]).toEqual([200, expect.stringContaining('a person looks at every name')]);
    expect(body).toMatchObject({
      student: { code: student, name: 'Zoë Fictitious' },
      kept: { class: 'birthday', until: '2036-05-04' },
      applications: [{ reference, kept: { until: '2036-05-04' }, stage: 'Closed' }],
    });
    expect(each(body.holds, 'reason').sort()).toEqual(['A claim is expected.', 'The police asked.']);
    const [found] = body.applications as { packs: { pack: object[] }[]; timeline: object[]; emails: object[] }[];
    expect(each(found?.packs[0]?.pack, 'answer')).toContain('Zoë Fictitious');
    expect(each(found?.timeline, 'texts')).toContainEqual({ reason: 'Another way was found.' });
    expect(each(found?.emails, 'title')).toContain('Application withdrawn');
    expect(each(body.drafts, 'reference')).toEqual(expect.arrayContaining([reference, unfinished.reference]));
    expect(each(body.readBy, 'person')).not.toContain('school.birch'); // was shown nothing
    expect(body.readBy).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ reference, person: 'auditor', action: 'GET /api/v1/cases/{reference}', count: 1 }),
        expect.objectContaining({ reference: student, person: 'school.alder', action: 'GET /api/v1/students/{code}' }),
      ]),
    );
  });

  test('is for CAP alone, and that it was asked for is written down with whose it is', async () => {
    for (const person of others) expect((await ask(person)).status).toBe(403);
    expect((await ask('cap.team', 'STU-222222')).status).toBe(404);
    await doors.access.settled();
    const action = 'GET /api/v1/exports/subject-access/{code}';
    expect(await doors.accessRows(student)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action, person: 'cap.team', detail: { status: 200 } }),
        expect.objectContaining({ action, person: 'school.alder', detail: expect.objectContaining({ status: 403 }) }),
      ]),
    );
  });
});
