// A pack that CAP returned is corrected where it was written, and sent again (A22).
import { completeAnswers } from '../support/story';
import { each, openDoors, type Doors } from './doors';

const now = '2024-11-20T10:00:00.000Z';
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(now);
});
afterAll(() => doors.stop());
beforeEach(() => doors.at(now));

const answers = completeAnswers('flourish', '2024-11-18');

/** A Flourish application that is submitted. @returns its reference and the student's code */
async function submitted(): Promise<{ readonly reference: string; readonly student: string }> {
  const student = await doors.student('school.alder');
  const { body } = await doors.ask('school.alder', 'POST', '/api/v1/applications', {
    body: { programme: 'flourish', student, answers },
    key: `begin-${student}`,
  });
  const reference = body.reference as string;
  await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: 'submit' });
  return { reference, student };
}

const give = (person: string, reference: string, command: string, body: object = {}) =>
  doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: `${command}-${String(Math.random())}` });
const read = async (reference: string) =>
  (await doors.ask('school.alder', 'GET', `/api/v1/applications/${reference}`)).body as object;
const save = (reference: string, body: object, person = 'school.alder') =>
  doors.ask(person, 'PUT', `/api/v1/applications/${reference}`, { body });
const returned = async () => {
  const one = await submitted();
  const given = await give('cap.team', one.reference, 'check-pack', { result: 'returned', reasons: 'The agencies are missing.' });
  expect(given.status).toBe(200);
  return one;
};
const packOf = async (reference: string) =>
  Object.fromEntries(
    ((await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`)).body.pack as { code: string; answer: string }[]).map(
      ({ code, answer }) => [code, answer],
    ),
  );

test('a submitted pack stays as it is; a returned one can be changed, and says where it is sent again', async () => {
  const { reference, student } = await submitted();
  const change = { student, answers: { ...answers, agencies: 'A mentor, twice a week.' }, version: 1 };
  expect((await save(reference, change)).body.type).toBe('/problems/already-submitted');
  await give('cap.team', reference, 'check-pack', { result: 'returned', reasons: 'The agencies are missing.' });
  expect(await read(reference)).toMatchObject({ submitted: true, returned: true });
  const saved = await save(reference, change);
  expect(saved.body).toMatchObject({ version: 2, inTheWay: [], submit: { href: `/api/v1/cases/${reference}/resubmit-pack` } });
  const { body } = await doors.ask('school.alder', 'GET', '/api/v1/applications');
  expect(each(body.applications, 'reference')).toContain(reference);
});

test('sent again, the case has the corrected pack, the timeline says what changed, and the draft is shut', async () => {
  const { reference, student } = await returned();
  const before = await packOf(reference);
  await save(reference, { student, answers: { ...answers, agencies: 'A mentor, twice a week.' }, version: 1 });
  // Until it is sent, the case has the pack that was sent.
  expect(await packOf(reference)).toEqual(before);
  expect((await give('school.alder', reference, 'resubmit-pack', { note: 'With the mentor.' })).status).toBe(200);
  expect(await packOf(reference)).toEqual({ ...before, agencies: 'A mentor, twice a week.' });
  const { timeline } = (await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}`)).body as {
    timeline: { kind: string; codes: object }[];
  };
  expect(timeline.find(({ kind }) => kind === 'packResubmitted')?.codes).toMatchObject({ changed: ['agencies'] });
  expect(await read(reference)).toMatchObject({ returned: false, submit: null });
  expect((await save(reference, { student, answers, version: 2 })).body.type).toBe('/problems/already-submitted');
});

test('a corrected pack must be as whole as the first one: what is missing is named, and nothing is sent', async () => {
  const { reference, student } = await returned();
  const saved = await save(reference, { student, answers: { ...answers, 'case-worker': '' }, version: 1 });
  expect(each(saved.body.inTheWay, 'rule')).toEqual(['R43']);
  const sent = await give('school.alder', reference, 'resubmit-pack');
  expect([sent.status, sent.body.type, sent.body.rule]).toEqual([422, '/problems/not-eligible', 'R43']);
  expect(await read(reference)).toMatchObject({ returned: true });
});

test('a returned pack stays that of its student, and is nobody else’s to change', async () => {
  const { reference } = await returned();
  const another = await doors.student('school.alder', { name: 'Sample Other (fictitious)' });
  const swapped = await save(reference, { student: another, answers, version: 1 });
  expect([swapped.status, swapped.body.errors[0].rule]).toEqual([422, 'A22']);
  for (const person of ['school.birch', 'cap.team', 'chair.review'])
    expect((await save(reference, { answers, version: 1 }, person)).status).toBe(404);
});

test('two colleagues who correct it at once: the second is told the version that it is at', async () => {
  const { reference, student } = await returned();
  await save(reference, { student, answers: { ...answers, agencies: 'One.' }, version: 1 });
  const late = await save(reference, { student, answers: { ...answers, agencies: 'Two.' }, version: 1 });
  expect(late.body).toMatchObject({ type: '/problems/stale', version: 2 });
});

test('a returned pack that is withdrawn can be changed no longer', async () => {
  const { reference, student } = await returned();
  await give('school.alder', reference, 'withdraw', { reason: 'The family moves away.' });
  expect(await read(reference)).toMatchObject({ returned: false });
  expect((await save(reference, { student, answers, version: 1 })).body.type).toBe('/problems/already-submitted');
});
