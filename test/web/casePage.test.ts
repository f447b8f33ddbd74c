// The page of a case: which case it is, what was written on its timeline, and what the browser keeps of it.
import { formatDay } from '../../domain/calendar';
import { each, openDoors, type Doors } from '../api/doors';
import { commandForm } from '../../api/commandBody';
import type { CaseView } from '../../api/views/case';
import { titleOfEvent } from '../../api/views/events';
import { stepOf } from '../../domain/emails';
import { finalReport } from '../../domain/programmes/tasks';
import { recordCaseStep } from '../../records/caseStep';
import { commandFields } from '../../web/forms/commandForm';
import { placedOnTuesdays, submitted } from '../api/submitted';
import { appWithPages, visitor } from './pages';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

const as = (person: string) => visitor(appWithPages(doors.services), person);
const tabOf = (html: string) => /<title>([^<]*)</.exec(html)?.[1];

test('the tabs of two cases, and of what is done to each, differ by the reference', async () => {
  const reference = await submitted(doors);
  expect(tabOf((await as('cap.team').open(`/cases/${reference}`)).html)).toBe(
    `CAP&#39;s check of the pack – ${reference} – CAP Casework`,
  );
  expect(tabOf((await as('cap.team').open(`/cases/${reference}/check-pack`)).html)).toBe(
    `Record the check of the pack – ${reference} – CAP Casework`,
  );
});

test('the history of a browser keeps no name of a student', async () => {
  const code = await doors.student('school.alder', { name: 'Remembered Sample' });
  const { html, heading } = await as('school.alder').open(`/students/${code}`);
  expect([heading, tabOf(html)]).toEqual(['Remembered Sample', `Student ${code} – CAP Casework`]);
});

test('of several texts that were written at once each stands on the timeline under what it was asked for', async () => {
  const reference = await submitted(doors);
  const form = await as('cap.team').open(`/cases/${reference}/record-agreement`);
  const agreed = { agreement: 'parental-consent', 'on-day': '18', 'on-month': '11', 'on-year': '2024' };
  const texts = { who: 'A sample parent.', how: 'In person.', evidence: 'In the sample file.' };
  const { text } = await form.send({ ...agreed, ...texts });
  expect(text).toContain('The agreement is recorded');
  expect(text).toContain('Who agreed, and who they are to the student A sample parent.');
  expect(text).toContain('Where the evidence is kept In the sample file.');
  // In the order in which they were asked for.
  expect(text).toMatch(/A sample parent\..* In person\..* In the sample file\./);
});

test('a timeline says what somebody was reminded of, and of which delay CAP was told', () => {
  const waited = { party: 'cap', what: 'pack-check', subject: null };
  const said = (kind: 'reminded' | 'escalated') => titleOfEvent({ kind, event: waited }, 'flourish@2024-25');
  expect(said('reminded')).toBe('Reminder sent: check of the pack');
  expect(said('escalated')).toBe('CAP told of the delay: check of the pack');
});

test('a timeline says which task of a placement was done, or is late: a Flourish placement has several (R67, R99)', () => {
  const flourish = 'flourish@2026-27';
  const done = { task: finalReport.code, on: '2026-12-11', again: null };
  expect(titleOfEvent({ kind: 'taskDone', event: done }, flourish)).toBe(`Done: ${finalReport.title}`);
  const late = { party: 'provider:TP-ONE', what: 'task', subject: finalReport.code };
  expect(titleOfEvent({ kind: 'reminded', event: late }, flourish)).toBe(`Reminder sent: ${finalReport.title}`);
  // A programme whose values no longer have that task.
  expect(titleOfEvent({ kind: 'taskDone', event: done }, 'flourish@2024-25')).toBe('Task of the placement done');
});

test('only whoever a case may name is offered those that name them', async () => {
  const isOffered = async (person: string) => (await as(person).open('/cases')).text.includes('Those that name you');
  expect([await isOffered('cap.team'), await isOffered('school.alder')]).toEqual([true, true]);
  expect([await isOffered('auditor'), await isOffered('ops'), await isOffered('provider.one')]).toEqual([false, false, false]);
});

test('the list of a provider does not say of each case that it is with them; that of everybody else says with whom it is', async () => {
  const reference = await placedOnTuesdays(doors);
  const columns = async (person: string) => {
    const { text, html } = await as(person).open('/cases');
    expect(text).toContain(reference);
    return [...html.matchAll(/<th [^>]*>([^<]*)</g)].map(([, title]) => title);
  };
  expect(await columns('provider.one')).toEqual(['Case', 'Student', 'Programme', 'School', 'Stage', 'Changed']);
  for (const person of ['school.alder', 'cap.team']) expect(await columns(person)).toContain('With');
});

test('as a button stands what the case waits for from its reader, and not what others are to do and they may do too', async () => {
  const reference = await placedOnTuesdays(doors);
  doors.at('2024-12-10T10:00:00.000Z');
  const buttons = async (person: string) => {
    const { html, text } = await as(person).open(`/cases/${reference}`);
    expect(text).toContain('Record a review meeting');
    return [...html.matchAll(/<a [^>]*role="button"[^>]*>\s*([^<]*?)\s*</g)].map(([, title]) => title);
  };
  expect(await buttons('provider.one')).toEqual(['Record a review meeting']);
  expect(await buttons('cap.team')).toEqual([]);
  doors.at('2024-11-20T10:00:00.000Z');
});

test('before an exit, which nothing takes back, its page says what ends with it, and that the placement was to run on', async () => {
  const reference = await placedOnTuesdays(doors);
  doors.at('2024-12-04T10:00:00.000Z');
  const { text } = await as('cap.team').open(`/cases/${reference}/record-exit`);
  expect(text).toContain('It cannot be opened again.');
  expect(text).toContain('Everybody concerned is told, and meetings still to come are called off.');
  const planned = /It was to run to (.*?), and ends today\./.exec(text)?.[1];
  const { position } = (await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`)).body as { position: { end: string } };
  expect(planned).toBe(formatDay(position.end));
  doors.at(`${position.end}T10:00:00.000Z`);
  expect((await as('cap.team').open(`/cases/${reference}/record-exit`)).text).not.toContain('It was to run to');
  doors.at('2024-11-20T10:00:00.000Z');
});

test('a provider that cannot take the student after all reads first that the case leaves it, and who hears of it (A10)', async () => {
  const reference = await placedOnTuesdays(doors);
  const provider = as('provider.one');
  doors.at('2024-11-19T10:00:00.000Z');
  const { text, html } = await provider.open(`/cases/${reference}/provider-response`);
  expect(text).toContain('CAP looks for another way with the school.');
  expect(text).toContain('You see it no longer.');
  expect(/<button[^>]*govuk-button--warning[^>]*>\s*([^<]*?)\s*</.exec(html)?.[1]).toBe(
    'Say that the student cannot be taken after all',
  );
  doors.at('2024-11-20T10:00:00.000Z');
});

test('days of the week that were changed say from when on they hold', async () => {
  const reference = await placedOnTuesdays(doors);
  const change = { from: '2025-01-07', weekdays: 'thu', hostAgreed: '2024-11-21', impact: 'A sample answer.' };
  for (const [person, command, body] of [
    ['school.alder', 'ask-change-of-day', change],
    ['cap.team', 'confirm-change-of-day', { result: 'confirmed', enteredOn: '2024-11-21' }],
  ] as const) {
    const given = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: command });
    expect([given.status, given.body]).toEqual([200, expect.anything()]);
  }
  const { text } = await as('school.alder').open(`/cases/${reference}`);
  expect(text).toContain('Days of the week Tuesday Thursday from Tuesday 7 January 2025');
});

test('a meeting that was called stands on the page of the case with when and where it is, as it was moved last', async () => {
  const reference = await placedOnTuesdays(doors);
  for (const at of ['2024-12-12T13:00:00.000Z', '2024-12-13T09:30:00.000Z']) {
    const body = { about: 'review', at, place: 'Room 4' };
    const given = await doors.ask('school.alder', 'POST', `/api/v1/cases/${reference}/call-meeting`, { body, key: at });
    expect([given.status, given.body]).toEqual([200, expect.anything()]);
  }
  for (const person of ['school.alder', 'provider.one']) {
    const { text } = await as(person).open(`/cases/${reference}`);
    expect(text).toContain('Meeting called A review, Friday 13 December 2024 at 9:30am, Room 4');
    expect(text).not.toContain('Meeting called A review, Thursday 12 December 2024');
  }
});

test('a form does not ask for a course where the programme has none', () => {
  const asked = (courses: readonly { value: string; title: string }[]) =>
    commandFields(commandForm('sendPack'), (names) => (names === 'course' ? courses : [])).map(({ name }) => name);
  expect(asked([{ value: 'T1-SAMPLE', title: 'A sample' }])).toEqual(['provider', 'course', 'why']);
  expect(asked([])).toEqual(['provider', 'why']);
});

test('of a complaint of the school its host reads nothing; the school, CAP and auditors do (R121)', async () => {
  const reference = await placedOnTuesdays(doors, 'Complaining Sample');
  await (await as('school.alder').open(`/cases/${reference}/make-complaint`)).send({ complaint: 'Late reports.' });
  const read = async (person: string) => {
    const { body } = await doors.ask(person, 'GET', `/api/v1/cases/${reference}`);
    return [JSON.stringify(body).toLowerCase().includes('complaint'), JSON.stringify(body).includes('Late reports.')];
  };
  const listed = async (person: string) =>
    JSON.stringify((await doors.ask(person, 'GET', '/api/v1/cases')).body).includes('complaint');
  expect(await read('provider.one')).toEqual([false, false]);
  expect(await listed('provider.one')).toBe(false);
  for (const person of ['school.alder', 'cap.team', 'auditor']) expect(await read(person)).toEqual([true, true]);
  expect(await listed('cap.team')).toBe(true);
  expect((await as('cap.team').open(`/cases/${reference}/answer-complaint`)).text).toContain('Complaint made Late reports.');
});

test('what comes of a complaint tells its host no more: its clock, an e-mail of it that nobody got, and what a list is asked for (R121)', async () => {
  const reference = await placedOnTuesdays(doors, 'Overdue Sample');
  const system = async (kind: string, body: object, now: string) => {
    const asked = { id: `${reference}.${kind}.${now}`, kind, body, person: 'system', source: 'system' } as const;
    return (await recordCaseStep(doors.worker, { reference, asked, now })).result;
  };
  const key = 'complains';
  const body = { complaint: 'Late reports.' };
  await doors.ask('school.alder', 'POST', `/api/v1/cases/${reference}/make-complaint`, { body, key });
  const read = async (person: string) => (await doors.ask(person, 'GET', `/api/v1/cases/${reference}`)).body as CaseView;
  const says = async (person: string) => /complain/i.test(JSON.stringify(await read(person)));
  const found = async (person: string, asked: string) =>
    each((await doors.ask(person, 'GET', `/api/v1/cases?${asked}&limit=100`)).body.cases, 'reference').includes(reference);
  const [complaint] = (await read('cap.team')).waits.filter(({ what }) => what === 'complaint');
  const dayAfter = (due: string) => new Date(Date.parse(due) + 24 * 3600 * 1000).toISOString();
  const due = dayAfter(complaint?.due ?? '');

  const asked = [`waitingFor=cap`, `dueBefore=${due}`];
  const others = (await read('provider.one')).waits.filter(({ role, due: until }) => role === 'cap' || until < due);
  expect(others).toEqual([]);
  for (const filter of asked) {
    expect([filter, await found('provider.one', filter)]).toEqual([filter, false]);
    for (const person of ['school.alder', 'cap.team', 'auditor'])
      expect([filter, await found(person, filter)]).toEqual([filter, true]);
  }

  // CAP is reminded of it, and told that it did not answer.
  expect(await system('clock', {}, due)).toBe('recorded');
  expect(await says('provider.one')).toBe(false);
  expect((await read('cap.team')).timeline.at(-1)).toMatchObject({ kind: 'reminded', codes: { what: 'complaint' } });
  const { body: answered } = await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/answer-complaint`, {
    body: { outcome: 'upheld', answer: 'They come on time now.' },
    key,
  });
  expect(answered).toMatchObject({ result: 'recorded' });

  // The answer reaches nobody, and CAP is to tell the school in another way.
  const email = (await read('cap.team')).emails.find(({ title }) => /complaint/i.test(title) && title !== 'Complaint made')?.id;
  expect(await system('emailUndelivered', { email }, due)).toBe('recorded');
  expect(await says('provider.one')).toBe(false);
  expect(await found('provider.one', 'waitingFor=cap')).toBe(false);
  expect(await found('cap.team', 'waitingFor=cap')).toBe(true);
  const [lost] = (await read('school.alder')).waits.filter(({ what }) => what === 'undelivered-email');
  expect(await system('clock', {}, dayAfter(lost?.due ?? ''))).toBe('recorded');
  expect(await says('provider.one')).toBe(false);
  const how = { body: { email, how: 'By telephone.' }, key: 'settles' };
  expect((await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/settle-email`, how)).status).toBe(200);
  expect(await says('provider.one')).toBe(false);
  expect(await says('school.alder')).toBe(true);
  // Of none of these steps the host reads what was told to whom.
  const steps = new Set(each((await read('provider.one')).timeline, 'step'));
  for (const { id } of (await read('provider.one')).emails) expect(steps).toContain(stepOf(id));
});

test('a case says which course it is for, its timeline what was fixed, and CAP sees what is asked before it decides', async () => {
  const reference = await placedOnTuesdays(doors, 'Asking Sample');
  const { text } = await as('school.alder').open(`/cases/${reference}`);
  expect(text).toContain('Course Bicycle maintenance');
  expect(text).toContain('Sample Cap-Team First Steps Training (fictitious).');
  expect(text).toContain('Sample Alder-Staff From Tuesday 3 December 2024 to Friday 24 January 2025.');
  doors.at('2024-12-04T10:00:00.000Z');
  const words = { reason: 'A sample reason.', impact: 'A sample impact.' };
  const body = { from: 'days', last: '2024-12-17', weekdays: 'tue-am', discussedOn: '2024-12-03', ...words };
  const given = await doors.ask('school.alder', 'POST', `/api/v1/cases/${reference}/ask-withdrawal`, { key: 'ask', body });
  expect([given.status, given.body]).toEqual([200, expect.anything()]);
  const form = await as('cap.team').open(`/cases/${reference}/process-withdrawal`);
  expect(form.text).toContain('From some days of the week alone, last day Tuesday 17 December 2024');
  expect(form.text).toContain('Then on Tuesday morning');
  expect(form.text).toContain('Reason A sample reason.');
});

test('a placement that has ended keeps its days, and how it ended', async () => {
  const reference = await placedOnTuesdays(doors, 'Ended Sample');
  doors.at('2025-01-10T10:00:00.000Z');
  const sent = await (
    await as('cap.team').open(`/cases/${reference}/record-exit`)
  ).send({ destination: 'home-school', summary: 'A sample report.' });
  expect(sent.text).toContain('First day');
  expect(sent.text).toContain('Last day Friday 10 January 2025, and it was planned to');
  expect(sent.text).toContain('How it ended Back to the home school');
  expect(sent.text).toMatch(/Placement ended [^]* Back to the home school\./);
});

test('whoever a command takes the case from is told that it is done where they see what waits for them', async () => {
  doors.at('2024-11-20T10:00:00.000Z');
  const reference = await submitted(doors, 'tier-1-course');
  const give = async (person: string, command: string, body: object) => {
    const given = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: command + reference });
    expect([command, given.status]).toEqual([command, 200]);
  };
  await give('cap.team', 'check-pack', { result: 'complete' });
  await give('school.alder', 'book-interview', { at: '2024-11-21T10:00:00.000Z' });
  doors.at('2024-11-21T12:00:00.000Z');
  await give('provider.one', 'record-interview', { result: 'held' });

  const form = await as('provider.one').open(`/cases/${reference}/provider-response`);
  const declined = await form.send({ result: 'decline', ground: 'capacity', note: 'Every sample place is taken.' });
  expect([declined.status, declined.at, declined.heading]).toEqual([200, '/?done=providerResponse', 'What waits for you']);
  expect(declined.text).toContain("The provider's response is recorded");
  const twice = await form.send({ result: 'decline', ground: 'capacity', note: 'Every sample place is taken.' });
  expect([twice.status, twice.heading]).toEqual([404, 'Not for you to see any more']);
  expect(twice.text).toContain('If you sent the form twice, the first one counted');
  // Why it was declined is for CAP and the school to read, also where nothing was written with it (A10).
  for (const person of ['cap.team', 'school.alder'])
    expect((await as(person).open(`/cases/${reference}`)).text).toMatch(/Declined by the provider .* Ground: No capacity\./);
  for (const path of [`/cases/${reference}`, `/cases/${reference}?done=nothing-that-we-say`]) {
    expect([path, (await as('provider.one').open(path)).status]).toEqual([path, 404]);
  }
});

test('where the programme is a course CAP is offered providers that give one, and is asked for the course (A25)', async () => {
  doors.at('2024-11-20T10:00:00.000Z');
  const give = async (person: string, reference: string, command: string, body: object) => {
    const given = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: command + reference });
    expect([command, given.status]).toEqual([command, 200]);
  };
  const ofCourse = await submitted(doors, 'tier-1-course', { name: 'Course Sample' });
  await give('cap.team', ofCourse, 'check-pack', { result: 'complete' });
  const ofNone = await submitted(doors, 'flourish', { name: 'Flourish Sample' });
  await give('cap.team', ofNone, 'check-pack', { result: 'complete' });
  const decision = { outcome: 'approve', outsideMeeting: true, reasons: 'A sample reason.' };
  await give('chair.review', ofNone, 'panel-decision', decision);

  const open = (reference: string) => as('cap.team').open(`/cases/${reference}/send-pack`);
  const [course, none] = [await open(ofCourse), await open(ofNone)];
  expect([course.html, none.html]).toEqual([expect.stringContaining('"TP-TWO"'), expect.stringContaining('"TP-TWO"')]);
  // The academy gives no course.
  expect([course.html.includes('"AP-ACADEMY"'), none.html.includes('"AP-ACADEMY"')]).toEqual([false, true]);
  expect(course.text).not.toContain('Course (optional)');
  const left = await course.send({ provider: 'TP-TWO', course: '' });
  expect([left.status, left.text]).toEqual([422, expect.stringContaining('Course: choose one.')]);

  // Whoever has the pack can have it for another of its courses; where there are none it is not offered once more.
  await give('cap.team', ofNone, 'send-pack', { provider: 'TP-TWO' });
  const [again, elsewhere] = [await open(ofCourse), await open(ofNone)];
  expect([again.html.includes('"TP-ONE"'), elsewhere.html.includes('"TP-TWO"')]).toEqual([true, false]);
  expect(elsewhere.html).toContain('"TP-ONE"');
});

test('the page of a case names the meetings that it comes to and those at which it was decided, and none that it never reaches (R93)', async () => {
  const give = async (person: string, reference: string, command: string, body: object) => {
    const given = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, {
      body,
      key: `${reference} ${command} ${person}`,
    });
    expect([command, given.body.result]).toEqual([command, 'recorded']);
  };
  const before = async () => {
    const reference = await submitted(doors, 'refocus');
    await give('cap.team', reference, 'check-pack', { result: 'complete' });
    return reference;
  };
  const known = async (reference: string) => {
    const { text } = await as('school.alder').open(`/cases/${reference}`);
    return text.slice(0, text.indexOf('Documents'));
  };
  const [at, outside, refused] = [await before(), await before(), await before()];
  const [first, second] = ['Review & Authorisation Panel', 'Multi-Agency Panel'];
  expect(await known(at)).toContain(`${first}: Monday 16 December 2024 ${second}: Tuesday 17 December 2024`);

  const approval = { outcome: 'approve', reasons: 'It fits.' };
  await give('chair.review', outside, 'panel-decision', { ...approval, outsideMeeting: true });
  expect(await known(outside)).toContain(`${first}: decided outside the meeting ${second}: Tuesday 17 December 2024`);

  const refusal = { outcome: 'refuse', reasons: 'Not now.', alternatives: 'A course.' };
  await give('chair.review', refused, 'panel-decision', { ...refusal, outsideMeeting: true });
  expect(await known(refused)).toContain(`${first}: decided outside the meeting`);
  for (const never of [second, 'Expected start', '16 December']) expect(await known(refused)).not.toContain(never);

  doors.at('2024-12-16T14:00:00.000Z');
  await give('chair.review', at, 'panel-decision', approval);
  expect(await known(at)).toContain(`${first}: Monday 16 December 2024 ${second}: Tuesday 17 December 2024`);
  doors.at('2024-11-20T10:00:00.000Z');
});
