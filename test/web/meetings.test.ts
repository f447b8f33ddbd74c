// The pages of the panels: who sees what of a meeting, and what becomes of what is sent there.
import type { Express } from 'express';
import request from 'supertest';
import { givenByTwo, type Doors } from '../api/doors';
import { packsPdf } from '../../web/pack/packPdf';
import { attend, caseBefore, beforeTheDeadline, firstMeeting, onTheDay, openPanel } from './panelCases';
import { visitor, type Filled, type Screen } from './pages';
import { elements, readPdf } from './pdfReader';

let doors: Doors;
let app: Express;
let [one, other] = ['', ''];

beforeAll(async () => {
  ({ doors, app } = await openPanel());
  one = await caseBefore(doors, 'refocus', 'First Child');
  other = await caseBefore(doors, 'flourish', 'Second Child');
}, 120_000);
afterAll(() => doors.stop());
beforeEach(() => doors.at(beforeTheDeadline));

const see = (person: string, path: string): Promise<Screen> => visitor(app, person).open(path);
const send = (person: string, path: string, filled: Filled, button?: string) => visitor(app, person).send(path, filled, button);

const whenItIsClosed = '2024-12-05T10:00:00.000Z';
const meeting = `/meetings/${firstMeeting}`;
const table = (reference: string) => `${meeting}/cases/${reference}`;

test('the meetings come with how soon they are, and when their agendas close', async () => {
  doors.at('2024-11-28T10:00:00.000Z');
  const { text } = await see('chair.review', '/meetings');
  expect(text).toContain('Your next meeting is in 12 working days: Review & Authorisation Panel, Monday 16 December 2024');
  expect(text).toContain('Closes at the end of Wed 4 Dec 2024, in 4 working days');
  doors.at(onTheDay);
  expect((await see('chair.review', '/meetings')).text).toContain('Your next meeting is today');
  doors.at('2024-12-18T10:00:00.000Z');
  expect((await see('chair.review', '/meetings?past=yes')).html).toContain(meeting);
});

test('CAP says who usually sits in a seat and how many must be there; others read it', async () => {
  const seat = '/panels/review-and-authorisation/seats/vice-chair';
  const saved = await send('cap.team', seat, { holder: 'vicechair.review' });
  expect([saved.status, saved.at]).toEqual([200, '/panels?done=saved']);
  expect((await see('member.attendance', '/panels')).text).toContain('Sample Review-Vicechair');
  expect((await see('member.attendance', seat)).status).toBe(403);
  const quorum = await send('cap.team', '/panels/review-and-authorisation/quorum', { quorum: '99' });
  expect([quorum.status, quorum.text]).toEqual([422, expect.stringContaining('This panel has 12 seats')]);
});

test('a deputy reads on their first page in which seat they sit, and who is out of office that they sit in none and who stands in (A7, A19)', async () => {
  doors.at(whenItIsClosed);
  expect((await see('chair.review', '/')).text).toContain('You sit there as: Chair (LA officer).');
  expect((await see('vicechair.review', '/')).text).toContain('You sit in no seat at it.');
  const days = {
    ...{ 'first-day': '10', 'first-month': '2', 'first-year': '2025' },
    ...{ 'last-day': '14', 'last-month': '2', 'last-year': '2025' },
  };
  await send('member.attendance', '/absences', days, 'Enter the absence');
  expect((await see('member.attendance', '/absences')).text).toMatch(/Multi-Agency Panel, Attendance: Nobody/);
  await send('cap.team', '/panels/review-and-authorisation/seats/attendance', {
    holder: 'member.attendance',
    deputy: 'vicechair.review',
  });
  const stands = (await see('member.attendance', '/absences')).text;
  expect(stands).toContain('Review & Authorisation Panel, Attendance: Sample Review-Vicechair');
  expect(
    (await send('member.attendance', '/absences', {}, 'Take out Sample Attendance-Member, Monday 10 February 2025')).status,
  ).toBe(200);
});

test('somebody enters their own absence and takes it out (A19)', async () => {
  const days = {
    ...{ 'first-day': '10', 'first-month': '2', 'first-year': '2025' },
    ...{ 'last-day': '14', 'last-month': '2', 'last-year': '2025' },
  };
  expect((await send('chair.review', '/absences', days, 'Enter the absence')).status).toBe(200);
  expect((await see('chair.review', '/absences')).text).toContain('Fri 14 Feb 2025');
  // What is wrong with the next one is told alone, and not beside the success of the one before.
  const round = { ...days, 'last-year': '2024' };
  const wrong = (await send('chair.review', '/absences?done=saved', round, 'Enter the absence')).text;
  expect(wrong).toContain('An absence does not end before it begins.');
  expect(wrong).not.toContain('Success');
  // Whose seat is taken by a deputy is looked up when an agenda closes: that is said where people look for it.
  expect(wrong).toContain('where the absence is entered before the agenda of that meeting closes');
  expect((await see('chair.review', meeting)).text).toContain(
    'When the agenda closes it is looked up once more who holds each seat',
  );
  expect((await send('chair.review', '/absences', {}, 'Take out Sample Review-Chair, Monday 10 February 2025')).status).toBe(200);
  expect((await see('chair.review', '/absences')).text).not.toContain('Fri 14 Feb 2025');
});

test('who sits on the panel knows of the cases of an open agenda without their names, and may declare an interest in one', async () => {
  const { text } = await see('member.attendance', meeting);
  expect(text).toContain('On the agenda so far Case Programme School CAP-');
  expect(text).toContain(`${one} Refocus Alderbrook School`);
  expect(text).toContain('You read their packs when the agenda is closed, from Thursday 5 December 2024.');
  expect(text).not.toContain('Child');
  const form = await see('member.attendance', `${meeting}/declare-interest`);
  expect(form.text).toContain(`${one}, Alderbrook School`);
  expect(form.text).not.toContain('Child');
});

test('a panel can defer until a place is free where places are limited, and nowhere else (R13)', async () => {
  expect((await see('chair.review', table(one))).text).toContain('Defer until a place is free');
  expect((await see('chair.review', table(other))).text).not.toContain('until a place is free');
});

test('whoever is not of the panel finds the cases they may see, and neither a place in the order nor a number that is not that of the agenda', async () => {
  const other = await see('chair.placement', meeting);
  expect(other.text).not.toContain('0 to decide');
  expect(other.text).toContain('No case on this agenda is for you to see.');
  const listed = { text: (await see('chair.placement', '/meetings')).text, of: (await see('school.alder', '/meetings')).text };
  expect(listed.text).toMatch(
    /Review & Authorisation Panel on Monday 16 December 2024 Mon 16 Dec 2024 .*? None that you may see/,
  );
  expect(listed.of).toMatch(
    /Review & Authorisation Panel on Monday 16 December 2024 Mon 16 Dec 2024 .*? \d to decide that you may see/,
  );
  expect((await see('cap.team', '/meetings')).text).not.toContain('you may see');
  const school = await see('school.alder', meeting);
  expect(school.text).toContain('Cases on this agenda that you may see Case Student');
  expect(school.text).toContain(one);
  expect(school.text).not.toContain('in the order in which it is taken');
});

test('who has an interest in a case sees it no more: not at the table, on no agenda, in no file; and reading is noted', async () => {
  const hidden = await caseBefore(doors, 'flourish', 'Third Child');
  doors.at(whenItIsClosed);
  expect((await see('member.attendance', meeting)).text).toContain('Third Child');
  const declared = await send('member.attendance', `${meeting}/declare-interest?case=${hidden}`, {
    interest: 'A relative.',
  });
  expect(declared.at).toBe(`${meeting}?done=declareInterest`);

  expect((await see('member.attendance', meeting)).text).not.toContain('Third Child');
  expect((await see('member.attendance', table(hidden))).status).toBe(404);
  expect((await see('member.attendance', `/cases/${hidden}/pack.pdf`)).status).toBe(404);
  const file = await request(app).get(`${meeting}/packs.pdf`).set('x-test-person', 'member.attendance');
  expect([file.status, file.headers['content-type']]).toEqual([200, 'application/pdf']);
  // The file is read case by case at the door of cases, which notes who read which.
  const readers = async (reference: string) =>
    (await doors.accessRows(reference)).filter((row) => {
      const { person, action, detail } = row as { person: string; action: string; detail: { status: number } };
      return person === 'member.attendance' && action.startsWith('GET') && detail.status === 200;
    });
  await doors.access.settled();
  expect(await readers(hidden)).toEqual([]);
  expect(await readers(one)).not.toEqual([]);

  // A decision in it outside the meeting takes it off this agenda; somebody who had it open is told, and overwrites nothing.
  const outside = { outcome: 'refuse', reasons: 'It cannot wait.', alternatives: 'A Tier 1 course.' };
  const slower = await see('vicechair.review', table(hidden));
  const faster = await send('chair.review', table(hidden), { ...outside, outsideMeeting: 'yes' });
  expect(faster.status).toBe(200);
  const late = await slower.send({ outcome: 'approve', reasons: 'It fits.', outsideMeeting: 'yes' });
  expect([late.status, late.text]).toEqual([412, expect.stringContaining('Somebody else changed this while you had it open')]);
  expect(late.text).toContain('This case is not on this agenda any more');
  // There is nothing left to send again: the sentence that greets whoever was slower does not ask for it.
  expect(late.text).toContain('look at it, and send yours again only if it still holds');
  // The school may ask once for a reconsideration, and reads so before it asks (A8).
  expect((await see('school.alder', `/cases/${hidden}/ask-reconsideration`)).text).toContain('This can be asked once.');
});

test('whose interest it is finds nowhere to take it back: that is offered to somebody else', async () => {
  const theirs = { case: one, person: 'vicechair.review' };
  await send('chair.review', `${meeting}/declare-interest`, { ...theirs, interest: 'A neighbour.' });
  const back = (person: string) => `person=${person}"`;
  const [seen, ofOthers] = [await see('vicechair.review', meeting), await see('chair.review', meeting)];
  expect(seen.text).toContain('Sample Review-Vicechair');
  expect(seen.html).not.toContain(back('vicechair.review'));
  expect([seen.html, ofOthers.html]).toEqual([
    expect.stringContaining(back('member.attendance')),
    expect.stringContaining(back('vicechair.review')),
  ]);
  const form = await see('vicechair.review', `${meeting}/take-back-interest`);
  expect(form.html).toContain('value="member.attendance"');
  expect(form.html).not.toContain('value="vicechair.review"');
  expect(form.html).not.toContain(`value="${one}"`);
  const taken = await send('chair.review', `${meeting}/take-back-interest`, { ...theirs, reason: 'They moved away.' });
  expect(taken.at).toBe(`${meeting}?done=takeBackInterest`);
});

test('a meeting is held on its pages: attendance, decisions, and minutes that are signed once nothing is undecided', async () => {
  // Before its day a decision is one outside the meeting; who only sits on the panel decides nothing.
  expect((await see('chair.review', table(other))).text).toContain('Before that day a decision is one outside the meeting.');
  doors.at(whenItIsClosed);
  expect((await see('member.attendance', table(other))).text).toContain('The chair records the decision.');

  doors.at(onTheDay);
  const approval = { outcome: 'approve', reasons: 'Two agencies agree.' };
  const tooFew = await send('chair.review', table(other), approval);
  expect([tooFew.status, tooFew.text]).toEqual([409, expect.stringContaining('Two agencies agree.')]);
  expect(tooFew.text).toContain('Record who is present');
  const attended = await send('chair.review', `${meeting}/record-attendance`, { present: ['chair', 'attendance'] });
  expect(attended.at).toBe(`${meeting}?done=recordAttendance`);
  // Whoever records anew who is present finds what was written of others who attend: it is in the minutes until somebody changes it.
  await send('chair.review', `${meeting}/record-attendance`, { present: ['chair'], note: 'A social worker, for one case.' });
  await send('cap.team', `${meeting}/record-attendance`, { present: ['chair', 'attendance'] });
  expect((await see('member.attendance', `${meeting}/minutes`)).text).toContain('A social worker, for one case.');

  // Each outcome needs its words (A23), and what was typed stays.
  const wordless = await send('chair.review', table(one), { outcome: 'refuse', reasons: 'Too early.' });
  expect([wordless.status, wordless.text]).toEqual([422, expect.stringContaining('Too early.')]);
  expect(wordless.html).toContain('href="#alternatives"');

  expect((await see('chair.review', `${meeting}/sign-minutes`)).text).toContain('2 cases still wait for a decision');
  const next = await send('chair.review', table(one), approval);
  expect(next.at).toBe(`${table(other)}?done=next-case`);
  // What a panel passed on is no word of a first panel at its own meeting, and whom the case waits for now is named.
  expect((await see('chair.review', meeting)).text).not.toContain('First panel');
  expect((await see('chair.review', table(one))).text).not.toContain('supports it');
  expect((await see('chair.review', `/cases/${one}`)).text).toContain("The panel's decision The chair of the Multi-Agency Panel");
  expect((await see('cap.team', meeting)).text).toContain('The chair or the vice chair signs them');

  // The first panel's words are before the second one (R73).
  doors.at('2024-12-17T10:00:00.000Z');
  const second = await see('chair.multiagency', `/meetings/MAP-2024-12-17/cases/${one}`);
  expect(second.text).toContain('Review & Authorisation Panel: supports it');
  expect(second.text).toContain('Two agencies agree.');

  doors.at(onTheDay);
  const last = await send('chair.review', table(other), approval);
  expect(last.at).toBe(`${meeting}?done=all-decided`);
  expect((await see('chair.review', table(other))).text).toContain('Approved by the panel');
  expect((await see('chair.review', `${meeting}/sign-minutes`)).text).toContain('This cannot be undone.');
  expect((await send('chair.review', `${meeting}/sign-minutes`, { note: 'We meet in January.' })).status).toBe(200);
  expect((await see('chair.review', '/')).text).toContain('No case on its agenda is left for you to see to.');
  const { text } = await see('cap.team', `${meeting}/minutes`);
  for (const said of [
    'Signed by Sample Review-Chair',
    'Second Child',
    'Two agencies agree.',
    'We meet in January.',
    'Quorum: 2. It was reached.',
  ]) {
    expect(text).toContain(said);
  }
});

test('a meeting that decided cases is moved and cancelled by nobody, and CAP reads why before it tries (A7)', async () => {
  doors.at(onTheDay);
  for (const path of ['move', 'cancel']) {
    const { text } = await see('cap.team', `/calendar/meetings/${firstMeeting}/${path}`);
    expect([path, text]).toEqual([path, expect.stringContaining('2 cases were decided at this meeting')]);
    expect(text).not.toMatch(/Day Month Year|No case is on its agenda/);
  }
  const moved = await doors.ask('cap.team', 'POST', `/api/v1/meetings/${firstMeeting}/move`, { body: { day: '2024-12-17' } });
  expect([moved.status, JSON.stringify(moved.body)]).toEqual([422, expect.stringContaining('it stays on that day')]);
  expect((await doors.ask('cap.team', 'DELETE', `/api/v1/meetings/${firstMeeting}`)).status).toBe(409);
});

test('a panel that no longer sees the cases of its signed meeting is told how many it decided, and why they are gone (R71)', async () => {
  const during = (await see('member.attendance', meeting)).text;
  expect(during).not.toContain('no longer for you to see');
  doors.at('2024-12-23T10:00:00.000Z');
  for (const person of ['chair.review', 'member.attendance']) {
    const { text } = await see(person, meeting);
    expect([person, text]).toEqual([person, expect.stringContaining('2 decided, 0 to decide')]);
    expect(text).toContain('no longer for you to see: a panel sees a case until three working days after the meeting');
    expect(text).not.toContain('No case is on this agenda');
  }
  const cap = (await see('cap.team', meeting)).text;
  expect(cap).toContain('2 decided, 0 to decide');
  expect(cap).not.toContain('no longer for you to see');
});

test('packs as a file are tagged, each begins with its student, and every question stands beside its answer', async () => {
  const pack = {
    ...{ reference: 'CAP-2024-AAAAAA', student: 'Sample Student', plan: true },
    facts: [{ term: 'Programme', value: 'Refocus' }],
    before: [{ panel: null, title: 'First panel: supports it', at: 'Monday', texts: [{ term: 'Reasons', value: 'It fits.' }] }],
    answers: [
      { term: 'What was tried, with which impact, over which time, and by whom of the school?', value: 'A mentor. '.repeat(900) },
    ],
  };
  const file = await packsPdf([pack, pack], { title: 'Packs', made: onTheDay, compress: false });
  const { root, marked } = readPdf(file);
  expect(marked).toBe(true);
  expect(elements(root, 'H1').map(({ text }) => text.trim())).toEqual(['Sample Student', 'Sample Student']);
  const rows = elements(root, 'TR').map(({ children }) => children.map(({ text }) => text.trim().slice(0, 10)));
  expect(rows).toContainEqual(['EHCP', 'The studen']);
  expect(rows).toContainEqual(['What was t', 'A mentor. ']);
});

test('while the packs of a long agenda are drawn the service answers others: between two packs whoever waits has their turn', async () => {
  const answers = [{ term: 'What was tried, and with which impact?', value: 'A mentor. '.repeat(100) }];
  const packs = Array.from({ length: 10 }, () => ({
    ...{ reference: 'CAP-2024-7K3QX9', student: 'Sample Student', facts: [], plan: false, before: [], answers },
  }));
  let turns = 0;
  const waits = setInterval(() => (turns += 1), 0);
  await packsPdf(packs, { title: 'Packs', made: onTheDay });
  clearInterval(waits);
  expect(turns).toBeGreaterThanOrEqual(packs.length - 1);
});

test('of a meeting on the day of its own deadline it is said that its agenda is closed, and never that it closes tonight', async () => {
  doors.at('2025-01-06T10:00:00.000Z');
  const moved = await doors.ask('cap.team', 'POST', '/api/v1/meetings/RAP-2025-01-27/move', { body: { day: '2025-01-15' } });
  expect([moved.status, moved.body.meeting]).toMatchObject([200, { day: '2025-01-15', deadline: '2025-01-15' }]);
  const read = async (at: string) => {
    doors.at(at);
    return (await see('chair.review', '/meetings/RAP-2025-01-27')).text;
  };
  expect(await read('2025-01-13T10:00:00.000Z')).toContain('Closes at the end of Tue 14 Jan 2025, on the next working day');
  expect(await read('2025-01-14T23:00:00.000Z')).toContain('Closes at the end of today');
  const itsDay = await read('2025-01-15T00:00:00.000Z');
  expect(itsDay).toContain('Closed since Tue 14 Jan 2025');
  expect(itsDay).not.toMatch(/closes/i);
});

test('who sees every case reads of an agenda what is on it, and nothing of what they may see', async () => {
  doors.at(beforeTheDeadline);
  for (const person of ['cap.team', 'auditor']) {
    const { text } = await see(person, '/meetings/HPM-2024-12-19');
    expect([person, text]).toEqual([person, expect.stringContaining('No case is on this agenda.')]);
    expect(text).not.toContain('for you to see');
  }
});

test('where a receiving school is allocated its chair is not told of an outcome document, for there is none', async () => {
  const transfer = await caseBefore(doors, 'supported-transfer', 'Fourth Child');
  for (const [at, panel] of [
    ['review', 'RAP-2024-12-16'],
    ['multiagency', 'MAP-2024-12-17'],
  ] as const) {
    const words = { outcome: 'approve', reasons: 'It fits.', outsideMeeting: 'yes' };
    await send(`chair.${at}`, `/meetings/${panel}/cases/${transfer}`, words);
  }
  const { text } = await see('chair.placement', `/meetings/HPM-2024-12-19/cases/${transfer}`);
  expect(text).toContain('A receiving school is allocated');
  expect(text).toContain('The school reads them on the page of the case.');
  expect(text).not.toContain('outcome document');
  // Nobody holds a seat of this panel here: nobody is waited for to sign.
  await doors.meetingGives('HPM-2024-12-19', 'convene');
  expect((await see('chair.placement', '/meetings/HPM-2024-12-19')).text).toContain('so nobody is there to sign');
  const ofCap = (await see('cap.team', '/meetings/HPM-2024-12-19')).text;
  expect(ofCap).toContain('Agenda, in the order in which it is taken Number Case Student');
  expect(ofCap).toContain(transfer);
});

let only = '';

test('who has an interest in the only case of an open agenda reads so, and not that no case is on it (A7)', async () => {
  doors.at('2024-12-18T10:00:00.000Z');
  only = await caseBefore(doors, 'supported-transfer', 'Fifth Child');
  const next = '/meetings/RAP-2025-01-27';
  await doors.meetingGives('RAP-2025-01-27', 'convene');
  expect((await see('member.attendance', next)).text).toContain(only);
  const declared = await send('member.attendance', `${next}/declare-interest?case=${only}`, { interest: 'A neighbour.' });
  expect(declared.status).toBe(200);
  const { text } = await see('member.attendance', next);
  expect(text).toContain('You declared an interest in 1 case, and take no part in it. No other case is on this agenda for you.');
  expect(text).not.toContain('No case is on this agenda');
});

test('whoever decides reads at the case who takes no part in it, and that too few are left, before a word is typed (A7)', async () => {
  doors.at('2025-01-27T10:00:00.000Z');
  const next = '/meetings/RAP-2025-01-27';
  const present = ['chair', 'attendance'];
  expect((await send('chair.review', `${next}/record-attendance`, { present })).status).toBe(200);
  expect((await see('chair.review', next)).text).toContain('2 present. That is enough to decide.');
  const { text } = await see('chair.review', `${next}/cases/${only}`);
  expect(text).toContain('Sample Attendance-Member takes no part in this case.');
  expect(text).toContain('Not enough seats are present to decide this case at the meeting.');
  const decided = await send('chair.review', `${next}/cases/${only}`, { outcome: 'approve', reasons: 'It fits.' });
  expect(decided.status).toBe(409);
  expect(decided.text).toContain(
    '1 seat is present for this case, and 2 are needed: who has an interest in it, or is of its school or host, is not counted.',
  );
});

test('whoever leads and has an interest is told that somebody else decides that case, and not that every case is decided (A7)', async () => {
  const own = await openPanel();
  const [theirs, left] = [
    await caseBefore(own.doors, 'flourish', 'Near Child'),
    await caseBefore(own.doors, 'flourish', 'Far Child'),
  ];
  own.doors.at(onTheDay);
  const vice = visitor(own.app, 'vicechair.review');
  await vice.send(`${meeting}/declare-interest`, { case: theirs, interest: 'A neighbour.' });
  expect((await vice.open(meeting)).text).toContain(
    `You take no part in ${theirs}, and it is not shown to you whether it is decided`,
  );
  const outside = { outcome: 'refuse', reasons: 'It cannot wait.', alternatives: 'A Tier 1 course.', outsideMeeting: 'yes' };
  const decided = await vice.send(table(left), outside);
  expect(decided.text).toContain('Recorded. Every case on the agenda in which you take part is decided');
  await own.doors.stop();
});

test('a seat holder of the school of a case is named at the table, on the page of the meeting and in the minutes, as not counted; nobody else reads so (A7)', async () => {
  const own = await openPanel();
  const [theirs, far] = [
    await caseBefore(own.doors, 'flourish', 'Near Child'),
    await caseBefore(own.doors, 'flourish', 'Far Child'),
  ];
  const page = async (person: string, path: string) => (await visitor(own.app, person).open(path)).text;
  own.doors.at(onTheDay);
  await attend(own.doors);
  expect(await page('chair.review', table(theirs))).not.toContain('is not counted');
  await givenByTwo(own.doors, { kind: 'grant', person: 'member.attendance', party: 'school:SCH-A', why: 'Joins the school.' });

  const atTheTable = await page('chair.review', table(theirs));
  expect(atTheTable).toContain('Sample Attendance-Member is of the school of this case and is not counted.');
  expect(atTheTable).toContain('Not enough seats are present to decide this case at the meeting.');
  expect(await page('cap.team', meeting)).toContain(`Sample Attendance-Member Is of the school, and is not counted ${far}`);
  expect(await page('chair.review', `${meeting}/minutes`)).toContain(
    `Sample Attendance-Member is of the school of ${theirs} and is not counted for it`,
  );
  const sidesFor = async (person: string) =>
    (await own.doors.ask(person, 'GET', `/api/v1/meetings/${firstMeeting}/minutes`)).body.sides as unknown;
  const side = { person: 'member.attendance', name: 'Sample Attendance-Member', side: 'school' };
  expect(await sidesFor('chair.review')).toEqual([theirs, far].sort().map((of) => ({ case: of, ...side })));
  // Whoever takes no part in a case, and does not see it, does not read of whom else that is so.
  await visitor(own.app, 'vicechair.review').send(`${meeting}/declare-interest`, { case: far, interest: 'A neighbour.' });
  expect(await sidesFor('vicechair.review')).toEqual([{ case: theirs, ...side }]);
  expect(await page('vicechair.review', meeting)).not.toContain(`Is of the school, and is not counted ${far}`);
  // Decided with another seat instead of theirs: the minutes keep it.
  const seat = { seat: 'send', person: 'vicechair.review' };
  await visitor(own.app, 'cap.team').send(`${meeting}/fill-seat?seat=send`, seat);
  await visitor(own.app, 'chair.review').send(`${meeting}/record-attendance`, { present: ['chair', 'attendance', 'send'] });
  expect((await visitor(own.app, 'chair.review').send(table(theirs), { outcome: 'approve', reasons: 'It fits.' })).status).toBe(
    200,
  );
  const decided = await page('chair.review', `${meeting}/minutes`);
  expect(decided).toContain(`Sample Attendance-Member is of the school of ${theirs} and is not counted for it`);
  expect(decided).toContain(`${theirs}, Near Child, Flourish: Approved`);
  await own.doors.stop();
});

test('who allocates has before them what the panel approved, and its conditions; each school reads which of the two is waited for (R75, A8)', async () => {
  const transfer = await caseBefore(doors, 'supported-transfer', 'Seventh Child');
  const outside = { outsideMeeting: 'yes', reasons: 'It fits.' };
  await send('chair.review', `/meetings/RAP-2024-12-16/cases/${transfer}`, { ...outside, outcome: 'approve' });
  const conditions = {
    conditions: 'A mentor goes with the student.',
    'conditionsBy-day': '31',
    'conditionsBy-month': '1',
    'conditionsBy-year': '2025',
  };
  const approved = { ...outside, outcome: 'approve-with-conditions', ...conditions };
  await send('chair.multiagency', `/meetings/MAP-2024-12-17/cases/${transfer}`, approved);
  const atTheTable = `/meetings/HPM-2024-12-19/cases/${transfer}`;
  const left = async () => {
    const { text } = await see('chair.placement', atTheTable);
    return text.slice(0, text.indexOf('The application'));
  };
  expect(await left()).toMatch(
    /Multi-Agency Panel: approved it, with conditions .* Conditions, to be met by Friday 31 January 2025: A mentor goes with the student\./,
  );
  await send('chair.placement', atTheTable, { ...outside, result: 'allocated', school: 'SCH-B' });
  for (const person of ['school.alder', 'school.birch', 'cap.team'])
    expect((await see(person, `/cases/${transfer}`)).text).toContain('Confirmation of the start date The home school');
  const putOff = { ...outside, result: 'postponed', reasons: 'Birchfield has no room after all.' };
  await send('cap.team', `/cases/${transfer}/allocate-school`, putOff);
  expect((await see('school.birch', `/cases/${transfer}`)).status).toBe(404);
  // It has joined the agenda again, with what came of the first allocation.
  const [, agenda = ''] = /href="(\/meetings\/HPM-[^"]+)"/.exec((await see('cap.team', `/cases/${transfer}`)).html) ?? [];
  const { text } = await see('chair.placement', `${agenda}/cases/${transfer}`);
  expect(text).toMatch(/allocated Birchfield School \(fictitious\) .*: deferred it .* Birchfield has no room after all\./);
});
