// A school writes an application and submits it, through the doors.
import { completeAnswers } from '../support/story';
import { each, openDoors, type Doors } from './doors';

const now = '2024-11-20T10:00:00.000Z';
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(now);
});
afterAll(() => doors.stop());
beforeEach(() => {
  doors.at(now);
  doors.engine(null);
});

const answers = completeAnswers('flourish', '2024-11-18');
const ask = (body: object, person = 'school.alder') => doors.ask(person, 'POST', '/api/v1/applications', { body });
/** Begins an application for a student of its own. */
const begin = async (body: object = { programme: 'flourish', answers }, person = 'school.alder') =>
  ask({ student: await doors.student(person), ...body }, person);
const submit = (reference: string, key: string, person = 'school.alder') =>
  doors.ask(person, 'POST', `/api/v1/applications/${reference}/submit`, { key });

describe('A retry', () => {
  const ofSchool = (body: object, key: string, person = 'school.alder') =>
    doors.ask(person, 'POST', '/api/v1/applications', { body, key });

  test('with the same key begins one application, and shows it as it is now', async () => {
    const first = await ofSchool({ programme: 'flourish' }, 'retry 1');
    const { reference } = first.body;
    await doors.ask('school.alder', 'PUT', `/api/v1/applications/${reference}`, { body: { answers: {}, version: 1 } });
    const again = await ofSchool({ programme: 'flourish' }, 'retry 1');
    expect([again.status, again.body.reference, again.body.version]).toEqual([201, reference, 2]);
    expect(again.headers['location']).toBe(first.headers['location']);
  });

  test('that comes at the same moment begins one application', async () => {
    const both = await Promise.all([
      ofSchool({ programme: 'refocus' }, 'retry 2'),
      ofSchool({ programme: 'refocus' }, 'retry 2'),
    ]);
    expect(each(both, 'status')).toEqual([201, 201]);
    expect(both[0].body.reference).toBe(both[1].body.reference);
  });

  test('of something else under the same key is refused, and the key of another person is another key', async () => {
    const { body } = await ofSchool({ programme: 'flourish' }, 'retry 3');
    const other = await ofSchool({ programme: 'refocus' }, 'retry 3');
    expect([other.status, other.body.type]).toEqual([422, '/problems/key-reused']);
    const another = await ofSchool({ programme: 'flourish' }, 'retry 3', 'school.birch');
    expect(another.status).toBe(201);
    expect(another.body.reference).not.toBe(body.reference);
  });

  test('after a refusal makes it: a refusal spends no key', async () => {
    expect((await ofSchool({ programme: 'flourish', course: 'T1-NONE' }, 'retry 4')).status).toBe(422);
    expect((await ofSchool({ programme: 'flourish' }, 'retry 4')).status).toBe(201);
  });

  test('that adds a student adds them once, even one who is said to be another', async () => {
    const body = {
      name: 'Retried Twice',
      dateOfBirth: '2010-05-04',
      yearGroup: 'Year 10',
      ehcp: false,
      lookedAfter: false,
      another: true,
    };
    const add = () => doors.ask('school.alder', 'POST', '/api/v1/students', { body, key: 'retry 5' });
    const [first, again] = [await add(), await add()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.code).toBe(first.body.code);
    expect(again.headers['location']).toBe(first.headers['location']);
  });
});

describe('Deleting', () => {
  const remove = (reference: string, version: number, person = 'school.alder') =>
    doors.ask(person, 'DELETE', `/api/v1/applications/${reference}`, { headers: { 'If-Match': `"${version}"` } });

  test('an application that was never submitted is gone, and there for nobody', async () => {
    const { body } = await begin({ programme: 'flourish', answers });
    expect((await remove(body.reference, 1, 'school.birch')).status).toBe(404);
    expect((await remove(body.reference, 1, 'cap.team')).status).toBe(404);
    expect((await remove(body.reference, 1)).body).toEqual({ reference: body.reference });
    expect((await doors.ask('school.alder', 'GET', `/api/v1/applications/${body.reference}`)).status).toBe(404);
    expect((await remove(body.reference, 1)).status).toBe(404);
  });

  test('one that somebody saved meanwhile stays, and so does one that is submitted', async () => {
    const student = await doors.student('school.alder');
    const { body } = await ask({ programme: 'flourish', student, answers });
    await doors.ask('school.alder', 'PUT', `/api/v1/applications/${body.reference}`, { body: { student, answers, version: 1 } });
    expect((await remove(body.reference, 1)).status).toBe(412);
    expect((await submit(body.reference, 'submitted before it is deleted')).status).toBe(201);
    expect((await remove(body.reference, 2)).body.type).toBe('/problems/already-submitted');
  });
});

describe('Writing', () => {
  test('an application gets its reference when it is begun, and says what stands in the way of submitting it', async () => {
    const begun = await ask({ programme: 'flourish' });
    expect(begun.status).toBe(201);
    expect(begun.body.reference).toMatch(/^CAP-2024-[A-Z0-9]{6}$/);
    expect(begun.headers['location']).toBe(`/api/v1/applications/${begun.body.reference}`);
    expect(each(begun.body.inTheWay, 'field')).toEqual(expect.arrayContaining(['student', 'answers.case-worker']));
    expect(begun.headers['etag']).toBe('"1"');
  });

  test('a half-written application is kept, and what is still missing is named with its rule', async () => {
    const { body } = await begin({ programme: 'flourish', answers: { ...answers, 'case-worker': ' ' } });
    expect(body.inTheWay).toEqual([expect.objectContaining({ field: 'answers.case-worker', rule: 'R43' })]);
  });

  test('a school that has no SLA can write and submit a Flourish application (R10)', async () => {
    const { body } = await begin({ programme: 'flourish', answers }, 'school.birch');
    expect(body.inTheWay).toEqual([]);
  });

  test('saving over what somebody else saved meanwhile is refused, with the newest version', async () => {
    const { body: draft } = await begin();
    const save = (version: number, headers = {}) =>
      doors.ask('school.alder', 'PUT', `/api/v1/applications/${draft.reference}`, { body: { answers, version }, headers });
    expect((await save(1)).body.version).toBe(2);
    const late = await save(1);
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ type: '/problems/stale', version: 2 });
    expect((await save(1, { 'If-Match': '"2"' })).body.version).toBe(3);
    const ahead = await save(1, { 'If-Match': '"4"' });
    expect([ahead.status, ahead.body.errors[0].field]).toEqual([422, 'if-match']);
  });

  test('a save that does not say what it was based on is refused', async () => {
    const { body: draft } = await begin();
    const saved = await doors.ask('school.alder', 'PUT', `/api/v1/applications/${draft.reference}`, { body: { answers } });
    expect(saved.status).toBe(422);
    expect(saved.body.errors[0].field).toBe('version');
  });

  test('answers to questions that the programme does not ask, and answers of a wrong kind, are named', async () => {
    const { status, body } = await begin({
      programme: 'flourish',
      answers: { 'early-help-offer': 'perhaps', 'favourite-colour': 'blue' },
    });
    expect(status).toBe(422);
    expect(each(body.errors, 'field').sort()).toEqual(['answers.early-help-offer', 'answers.favourite-colour']);
  });

  test('a course is one of the directory, and only where the programme has courses', async () => {
    expect((await begin({ programme: 'tier-1-course', course: 'T1-BICYCLES' })).status).toBe(201);
    expect((await begin({ programme: 'tier-1-course', course: 'T1-NONE' })).body.errors[0].field).toBe('course');
    expect((await begin({ programme: 'flourish', course: 'T1-BICYCLES' })).body.errors[0].field).toBe('course');
  });

  test('nobody but the school finds a draft, CAP included, and nobody else may begin one', async () => {
    const { body: draft } = await begin();
    for (const person of ['school.birch', 'cap.team', 'chair.review', 'provider.one', 'auditor', 'ops']) {
      expect((await doors.ask(person, 'GET', `/api/v1/applications/${draft.reference}`)).status).toBe(404);
    }
    expect((await ask({ programme: 'flourish', school: 'SCH-A' }, 'school.birch')).status).toBe(403);
    expect((await ask({ programme: 'flourish' }, 'cap.team')).status).toBe(403);
    const others = await doors.ask('school.birch', 'GET', '/api/v1/applications');
    expect(JSON.stringify(others.body)).not.toContain(draft.reference);
  });
});

describe('A next application (R61, R68)', () => {
  const submitted = async (person = 'school.alder') => {
    const { body } = await begin({ programme: 'flourish', answers: { ...answers, agencies: 'Said of the first.' } }, person);
    const { reference, student } = body as { reference: string; student: string };
    expect((await submit(reference, `first ${reference}`, person)).status).toBe(201);
    return { reference, student };
  };

  test('begins with the student and with those answers of the last that it asks for too, and both name each other', async () => {
    const last = await submitted();
    const { status, body } = await ask({ programme: 'insight', follows: last.reference, answers: { concerns: 'New.' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ student: last.student, follows: last.reference, followedBy: [] });
    expect(body.answers).toMatchObject({
      agencies: 'Said of the first.',
      concerns: 'New.',
      'risk-assessment-date': answers['risk-assessment-date'],
    });
    // A question of Flourish alone.
    expect(body.answers).not.toHaveProperty('review-commitment');
    const back = await doors.ask('school.alder', 'GET', `/api/v1/applications/${last.reference}`);
    expect(back.body.followedBy).toEqual([body.reference]);
  });

  test('stands on the case that it follows once it is submitted, and that one on its own, for CAP as well', async () => {
    const last = await submitted();
    const next = { programme: 'insight', course: 'INS-CHOICES', answers: completeAnswers('insight', '2024-11-18') };
    const { reference } = (await ask({ ...next, follows: last.reference })).body as { reference: string };
    const linked = async (of: string) => (await doors.ask('cap.team', 'GET', `/api/v1/cases/${of}`)).body.linked as unknown;
    expect(await linked(last.reference)).toEqual([]);
    expect((await submit(reference, `next ${reference}`)).status).toBe(201);
    expect(await linked(last.reference)).toEqual([{ reference, isNext: true, href: `/api/v1/cases/${reference}` }]);
    expect(await linked(reference)).toMatchObject([{ reference: last.reference, isNext: false }]);
  });

  test('asks anew what was agreed: that was for the last one (A13)', async () => {
    const last = await submitted();
    const { body } = await ask({ programme: 'insight', follows: last.reference });
    expect(body.answers).toHaveProperty('agencies');
    for (const code of Object.keys(body.answers as object)) expect(code).not.toMatch(/^early-help-offer/);
  });

  test('what is written anew stands in the place of the last', async () => {
    const last = await submitted();
    const { body } = await ask({ programme: 'insight', follows: last.reference, answers: { agencies: 'Said anew.' } });
    expect(body.answers).toMatchObject({ agencies: 'Said anew.' });
  });

  test('follows an application that its own school has submitted, for its student, and no other', async () => {
    const { body: draft } = await begin();
    const theirs = await submitted('school.birch');
    const ours = await submitted();
    const other = await doors.student('school.alder');
    for (const [follows, changed, field] of [
      [draft.reference, {}, 'follows'],
      [theirs.reference, {}, 'follows'],
      ['CAP-2024-ZZZZZZ', {}, 'follows'],
      [ours.reference, { student: other }, 'student'],
    ] as const) {
      const { status, body } = await ask({ programme: 'insight', follows, ...changed });
      expect([status, each(body.errors, 'field')]).toEqual([422, [field]]);
    }
  });
});

describe('Submitting', () => {
  test('an application that lacks a gate is not submitted; every field is named', async () => {
    const { body: draft } = await begin({ programme: 'flourish', answers: { ...answers, 'review-commitment': false } });
    const refused = await submit(draft.reference, 'k1');
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      type: '/problems/not-eligible',
      rule: 'R43',
      detail: 'One thing stands in the way of submitting: mend what is named.',
      errors: [{ field: 'answers.review-commitment' }],
    });
    expect(doors.asked).not.toContain(`submit ${draft.reference}`);
  });

  test('a risk assessment more than three months old is not accepted at the point of referral (R42)', async () => {
    const { body: draft } = await begin({ programme: 'flourish', answers: { ...answers, 'risk-assessment-date': '2024-08-19' } });
    expect((await submit(draft.reference, 'k1')).body).toMatchObject({ rule: 'R42' });
  });

  test('a submitted application is a case; the same key again says the same and does nothing', async () => {
    const { body: draft } = await begin();
    const first = await submit(draft.reference, 'once');
    expect(first.status).toBe(201);
    expect(first.body).toEqual({ result: 'recorded', reference: draft.reference, step: 1 });
    expect(first.headers['location']).toBe(`/api/v1/cases/${draft.reference}`);
    const asked = doors.asked.length;
    const again = await submit(draft.reference, 'once');
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(doors.asked.slice(asked).filter((line) => line.startsWith('submit'))).toEqual([]);
    expect((await submit(draft.reference, 'other')).body.type).toBe('/problems/already-submitted');
    const read = await doors.ask('school.alder', 'GET', `/api/v1/applications/${draft.reference}`);
    expect(read.body).toMatchObject({ submitted: true, submit: null, case: `/api/v1/cases/${draft.reference}` });
  });

  test('a submitted application is not written on', async () => {
    const { body: draft } = await begin();
    await submit(draft.reference, 'k');
    const saved = await doors.ask('school.alder', 'PUT', `/api/v1/applications/${draft.reference}`, {
      body: { answers, version: 1 },
    });
    expect(saved.body.type).toBe('/problems/already-submitted');
  });

  test('another school does not find it to submit', async () => {
    const { body: draft } = await begin();
    expect((await submit(draft.reference, 'k', 'school.birch')).status).toBe(404);
  });
});
