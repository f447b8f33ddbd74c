// A panel meets through the doors: CAP keeps its seats, members declare interests, the chair records who is present, decides and signs.
import { openDatabase } from '../../records/database';
import { completeAnswers } from '../support/story';
import { each, openDoors, type Doors } from './doors';

const november = '2024-11-20T10:00:00.000Z';
/** The referral deadline of the cycle is 4 December. */
const agendaClosed = '2024-12-05T00:00:00.000Z';
const firstPanel = '2024-12-16T10:00:00.000Z';
const secondPanel = '2024-12-17T10:00:00.000Z';
const first = 'RAP-2024-12-16';
const second = 'MAP-2024-12-17';
let doors: Doors;
let keys = 0;
const freshKey = () => `key ${(keys += 1)}`;

beforeAll(async () => {
  doors = await openDoors(november);
  const seats = [
    ['review-and-authorisation', 'chair', 'chair.review', 'vicechair.review'],
    ['review-and-authorisation', 'attendance', 'member.attendance', null],
    ['multi-agency', 'chair', 'chair.multiagency', null],
    ['multi-agency', 'attendance', 'member.attendance', null],
    ['multi-agency', 'headteacher-1', 'head.birch', null],
  ] as const;
  for (const [panel, seat, holder, deputy] of seats) await seatOf(panel, seat, { holder, deputy });
  for (const panel of ['review-and-authorisation', 'multi-agency']) {
    await doors.ask('cap.team', 'PUT', `/api/v1/panels/${panel}/quorum`, { body: { quorum: 2 } });
  }
  await doors.meetingGives(first, 'convene');
  await doors.meetingGives(second, 'convene');
});
afterAll(() => doors.stop());
beforeEach(() => {
  doors.at(november);
  doors.engine(null);
});

const seatOf = (panel: string, seat: string, body: object, person = 'cap.team') =>
  doors.ask(person, 'PUT', `/api/v1/panels/${panel}/seats/${seat}`, { body });
const give = (person: string, reference: string, command: string, body: object, key = freshKey()) =>
  doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key });
const toMeeting = (person: string, id: string, command: string, body: object, key = freshKey()) =>
  doors.ask(person, 'POST', `/api/v1/meetings/${id}/${command}`, { body, key });
const minutes = (person: string, id: string) => doors.ask(person, 'GET', `/api/v1/meetings/${id}/minutes`);
const reads = async (person: string, reference: string) => (await doors.ask(person, 'GET', `/api/v1/cases/${reference}`)).status;
const lists = async (person: string) => each((await doors.ask(person, 'GET', '/api/v1/cases')).body.cases, 'reference');

/** A Refocus case before its first panel. */
async function refocus(): Promise<string> {
  const body = {
    programme: 'refocus',
    student: await doors.student('school.alder'),
    answers: completeAnswers('refocus', '2024-11-18'),
  };
  const draft = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  const reference = draft.body.reference as string;
  await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: freshKey() });
  await give('cap.team', reference, 'check-pack', { result: 'complete' });
  return reference;
}

test('the panels show their seats with who holds them; only CAP changes them, and each change is written down', async () => {
  const { body } = await doors.ask('member.attendance', 'GET', '/api/v1/panels');
  const panel = body.panels[1];
  expect([panel.panel, panel.quorum, panel.seats.length]).toEqual(['multi-agency', 2, 14]);
  expect(panel.seats[0]).toMatchObject({ seat: 'chair', holder: { person: 'chair.multiagency' }, deputy: null });
  expect((await seatOf('multi-agency', 'chair', { holder: null, deputy: null }, 'chair.multiagency')).status).toBe(403);

  const worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
  const written = await worker.directly(
    (connection) => connection.$queryRaw<unknown[]>`
      SELECT person, before, after FROM edits WHERE what = 'seat multi-agency headteacher-1'`,
  );
  await worker.close();
  expect(written).toEqual([{ person: 'cap.team', before: null, after: { holder: 'head.birch', deputy: null } }]);
});

test.each([
  ['somebody without a role in the panel', 'chair', { holder: 'provider.one', deputy: null }, 'holder'],
  ['a deputy who is the holder', 'cap', { holder: 'head.birch', deputy: 'head.birch' }, 'deputy'],
])('a seat is not given to %s', async (_, seat, body, field) => {
  const refused = await seatOf('multi-agency', seat, body);
  expect([refused.status, refused.body.errors[0].field]).toEqual([422, field]);
});

test('a quorum is no more than the seats', async () => {
  const refused = await doors.ask('cap.team', 'PUT', '/api/v1/panels/review-and-authorisation/quorum', { body: { quorum: 13 } });
  expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'quorum']);
});

test('an absence of nobody is not found, and no fault of ours', async () => {
  const body = { last: '2025-02-14' };
  const { status } = await doors.ask('cap.team', 'PUT', '/api/v1/absences/nobody.of.them/2025-02-10', { body });
  expect(status).toBe(404);
});

test('somebody enters their own absence, and CAP that of others (A19)', async () => {
  const enter = (by: string, person: string) =>
    doors.ask(by, 'PUT', `/api/v1/absences/${person}/2025-02-10`, { body: { last: '2025-02-14' } });
  expect((await enter('chair.review', 'chair.review')).status).toBe(200);
  expect((await enter('chair.review', 'chair.multiagency')).status).toBe(403);
  expect((await enter('cap.team', 'chair.multiagency')).status).toBe(200);
  const seen = async (by: string) => each((await doors.ask(by, 'GET', '/api/v1/absences')).body.absences, 'person');
  expect(await seen('chair.review')).toEqual(['chair.review']);
  expect(await seen('cap.team')).toEqual(['chair.multiagency', 'chair.review']);
  const gone = () => doors.ask('chair.review', 'DELETE', '/api/v1/absences/chair.review/2025-02-10');
  expect([(await gone()).status, (await gone()).status]).toEqual([200, 404]);
});

test('who sits on a panel reads a pack from when the agenda closes to the end of the clock of its outcome; who leads it from landing on', async () => {
  const reference = await refocus();
  const ofMeeting = async (person: string) =>
    (await doors.ask(person, 'GET', `/api/v1/meetings/${first}`)).body as {
      meeting: { agenda: number };
      agenda: unknown;
      unopened: unknown;
    };
  const line = { reference, programme: 'Refocus', schoolName: 'Alderbrook School (fictitious)' };
  const status = async () => [await reads('chair.review', reference), await reads('member.attendance', reference)];

  doors.at('2024-12-04T23:59:59.000Z');
  expect(await status()).toEqual([200, 404]);
  expect(await lists('member.attendance')).not.toContain(reference);
  const before = await ofMeeting('member.attendance');
  expect(before.unopened).toContainEqual(line);
  expect(each(before.agenda, 'reference')).not.toContain(reference);
  expect(before.meeting.agenda).toBe((await ofMeeting('chair.review')).meeting.agenda);
  for (const person of ['chair.review', 'cap.team', 'head.birch', 'school.alder', 'provider.one']) {
    expect([person, (await ofMeeting(person)).unopened]).toEqual([person, []]);
  }

  doors.at(agendaClosed);
  expect(await status()).toEqual([200, 200]);
  const after = await ofMeeting('member.attendance');
  expect(each(after.agenda, 'reference')).toContain(reference);
  expect(each(after.unopened, 'reference')).not.toContain(reference);

  doors.at(firstPanel);
  const outside = { outcome: 'refuse', outsideMeeting: true, reasons: 'It is too early.', alternatives: 'A mentor.' };
  await give('chair.review', reference, 'panel-decision', outside);
  doors.at('2024-12-19T23:59:59.000Z');
  expect(await status()).toEqual([200, 200]);
  doors.at('2024-12-20T00:00:00.000Z');
  expect(await status()).toEqual([404, 404]);
});

test('while the agenda is open its chair decides outside the meeting (C18), and a member declares an interest in a case that they do not read', async () => {
  const [urgent, near] = [await refocus(), await refocus()];
  const outside = { outcome: 'approve', outsideMeeting: true, reasons: 'The family moves before the meeting.' };
  expect((await give('chair.review', urgent, 'panel-decision', outside)).status).toBe(200);
  const unopened = async () =>
    each((await doors.ask('member.attendance', 'GET', `/api/v1/meetings/${first}`)).body.unopened, 'reference');
  expect(await unopened()).toEqual(expect.arrayContaining([near]));
  expect(await unopened()).not.toContain(urgent);
  const declared = await toMeeting('member.attendance', first, 'declare-interest', { case: near, interest: 'A neighbour.' });
  expect(declared.status).toBe(200);
  expect(await unopened()).not.toContain(near);
  doors.at(agendaClosed);
  expect(await reads('member.attendance', near)).toBe(404);
});

test('who sits on a panel reads its cases and decides none', async () => {
  const reference = await refocus();
  doors.at(agendaClosed);
  expect(await reads('member.attendance', reference)).toBe(200);
  expect(await reads('head.birch', reference)).toBe(404); // of the other panel
  const { body } = await doors.ask('member.attendance', 'GET', `/api/v1/cases/${reference}`);
  expect(body.can).toEqual([]);
  doors.at(firstPanel);
  const refused = await give('member.attendance', reference, 'panel-decision', { outcome: 'approve', reasons: 'It fits.' });
  expect([refused.status, refused.body.type]).toEqual([403, expect.stringContaining('not-yours')]);
});

test('a whole meeting: interests hide a case, attendance makes the quorum, the chair decides and signs, and the next panel has what was prepared', async () => {
  const reference = await refocus();
  const approval = { outcome: 'approve', reasons: 'The pack is complete, and two agencies agree.' };

  // Without attendance no panel decides at its meeting.
  doors.at(firstPanel);
  const early = await give('chair.review', reference, 'panel-decision', approval);
  expect([early.status, early.body.type]).toEqual([409, expect.stringContaining('no-quorum')]);
  expect((await minutes('chair.review', first)).body).toMatchObject({ quorate: false, quorum: 2 });

  const attended = await toMeeting('chair.review', first, 'record-attendance', { present: 'chair,attendance' });
  expect(attended.body).toMatchObject({ result: 'recorded', reference: first });

  // A member of the panel has an interest: they see the case no more, and are not counted for it.
  const interest = { case: reference, interest: 'A relative works with the family.' };
  expect((await toMeeting('member.attendance', first, 'declare-interest', interest)).status).toBe(200);
  expect(await reads('member.attendance', reference)).toBe(404);
  expect(await lists('member.attendance')).not.toContain(reference);
  const agenda = async (person: string) =>
    each((await doors.ask(person, 'GET', `/api/v1/meetings/${first}`)).body.agenda, 'reference');
  expect(await agenda('chair.review')).toContain(reference);
  expect(await agenda('member.attendance')).not.toContain(reference);
  expect((await give('chair.review', reference, 'panel-decision', approval)).body.type).toContain('no-quorum');

  await toMeeting('cap.team', first, 'fill-seat', { seat: 'vice-chair', person: 'vicechair.review' });
  await toMeeting('chair.review', first, 'record-attendance', { present: 'chair,vice-chair,attendance' });
  expect((await give('chair.review', reference, 'panel-decision', approval)).status).toBe(200);

  // The minutes were made by the meeting. Who had an interest reads that the case was decided, and no word of it.
  const made = (await minutes('chair.review', first)).body;
  expect(made.decisions).toContainEqual({
    case: reference,
    decision: expect.objectContaining({ kind: 'wentOn', texts: { reasons: approval.reasons } }),
  });
  expect(made.interests).toContainEqual({ case: reference, person: 'member.attendance', name: 'Sample Attendance-Member' });
  expect((await minutes('member.attendance', first)).body.decisions).toContainEqual({ case: reference, decision: null });
  expect((await minutes('school.alder', first)).status).toBe(404);

  // The panel that decides has what the first one prepared (R73). An interest counts before every panel.
  doors.at(secondPanel);
  const { body: page } = await doors.ask('chair.multiagency', 'GET', `/api/v1/meetings/${second}`);
  expect(page.prepared).toContainEqual(
    expect.objectContaining({ case: reference, panel: 'review-and-authorisation', texts: { reasons: approval.reasons } }),
  );
  expect(await reads('member.attendance', reference)).toBe(404);
  expect(await reads('head.birch', reference)).toBe(200);
});

test('outside the meeting its chair decides with a reason and needs no quorum (C18)', async () => {
  const reference = await refocus();
  const outside = { outcome: 'approve', outsideMeeting: true, reasons: 'The family moves before the meeting.' };
  expect((await give('chair.review', reference, 'panel-decision', outside)).status).toBe(200);
  expect(each((await minutes('cap.team', first)).body.decisions, 'case')).not.toContain(reference);
});

test('minutes are signed by the chair once nothing of the agenda is undecided; the worklists of cases hold no meeting', async () => {
  doors.at(firstPanel);
  const undecided = await toMeeting('chair.review', first, 'sign-minutes', {});
  expect([undecided.status, undecided.body.type]).toEqual([409, expect.stringContaining('not-now')]);
  const agenda = (await doors.ask('chair.review', 'GET', `/api/v1/meetings/${first}`)).body.agenda;
  for (const reference of each(agenda, 'reference') as string[]) {
    const deferral = { outcome: 'defer', reasons: 'Time ran out.', information: 'Nothing more is needed.' };
    expect((await give('chair.review', reference, 'panel-decision', deferral)).status).toBe(200);
  }
  const tasks = await doors.ask('chair.review', 'GET', '/api/v1/worklist');
  expect(each(tasks.body.tasks, 'reference')).not.toContain(first);
  const signed = await toMeeting('chair.review', first, 'sign-minutes', { note: 'The next meeting is in January.' });
  expect(signed.status).toBe(200);
  doors.at(november);
  const late = await refocus(); // it has landed on this meeting, and comes to it when its minutes are signed
  doors.at(firstPanel);
  expect((await give('chair.review', late, 'panel-decision', { outcome: 'approve', reasons: 'It fits.' })).body.type).toContain(
    'no-meeting',
  );
  const { body } = await minutes('auditor', first);
  expect([body.stage.code, body.can]).toEqual(['signed', []]);
  expect(body.timeline).toContainEqual(
    expect.objectContaining({ kind: 'minutesSigned', texts: { note: 'The next meeting is in January.' } }),
  );
});

test('an interest that was declared in error is taken back by the chair, and the case is seen again', async () => {
  const reference = await refocus();
  doors.at(november);
  const declared = { case: reference, person: 'head.birch', interest: 'Taught the elder brother.' };
  // The case is on its way to the second panel.
  expect((await toMeeting('chair.multiagency', second, 'declare-interest', declared)).status).toBe(200);
  const own = await toMeeting('head.birch', second, 'take-back-interest', {
    case: reference,
    person: 'head.birch',
    reason: 'None.',
  });
  expect(own.status).toBe(403);
  const back = { case: reference, person: 'head.birch', reason: 'It was another family.' };
  expect((await toMeeting('chair.multiagency', second, 'take-back-interest', back)).status).toBe(200);
  expect((await minutes('cap.team', second)).body.interests).toEqual([]);
});

test('the same command again is the same, and the same key with another body is refused', async () => {
  const body = { seat: 'cap', person: null };
  const wrong = await toMeeting('cap.team', second, 'fill-seat', body);
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, 'person']);
  const fill = (person: string, key: string) => toMeeting('cap.team', second, 'fill-seat', { seat: 'vice-chair', person }, key);
  const once = await fill('vicechair.review', 'same');
  expect([once.status, once.body.rule]).toEqual([422, 'A21']); // of the other panel
  const filled = await toMeeting('cap.team', second, 'fill-seat', { seat: 'headteacher-1' }, 'again');
  expect((await toMeeting('cap.team', second, 'fill-seat', { seat: 'headteacher-1' }, 'again')).body).toEqual(filled.body);
  expect((await toMeeting('cap.team', second, 'fill-seat', { seat: 'chair' }, 'again')).status).toBe(422);
});

test('who leads a panel is known to CAP, and nobody else is put into a leading seat, nor behind it (A7)', async () => {
  const { panels } = (await doors.ask('cap.team', 'GET', '/api/v1/panels')).body as {
    panels: { panel: string; people: { person: string; leads: boolean }[] }[];
  };
  const people = panels.find(({ panel }) => panel === 'multi-agency')?.people ?? [];
  const leading = people.filter((each) => each.leads).map(({ person }) => person);
  expect([leading, each(people, 'person')]).toEqual([
    expect.arrayContaining(['chair.multiagency']),
    expect.arrayContaining(['chair.multiagency', 'member.attendance']),
  ]);
  expect(leading).not.toContain('member.attendance');
  for (const [body, field] of [
    [{ holder: 'member.attendance', deputy: null }, 'holder'],
    [{ holder: 'chair.multiagency', deputy: 'member.attendance' }, 'deputy'],
  ] as const) {
    const refused = await seatOf('multi-agency', 'vice-chair', body);
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field, rule: 'A7' }]]);
  }
});
