// A school writes an application at its pages: which programmes fit, a question a page, shared with colleagues, checked, submitted, corrected.
import type { Person } from '../../records/types';
import { readPerson } from '../../records/people';
import { openDoors, type Doors } from '../api/doors';
import { documents } from '../support/documents';
import { completeAnswers } from '../support/story';
import { appWithPages, visitor, type Screen, type Visitor } from './pages';

const now = '2024-11-20T10:00:00.000Z';
let doors: Doors;
let alder: Visitor;
let colleague: Visitor;
let cap: Visitor;
let birch: Visitor;
beforeAll(async () => {
  doors = await openDoors(now);
  const second = async (): Promise<Person | null> => {
    const found = await readPerson(doors.api, 'school.alder');
    return found && { ...found, person: 'school.alder.second' };
  };
  const app = appWithPages(doors.services, (name) => (name === 'second' ? second() : readPerson(doors.api, name)));
  [alder, colleague, cap, birch] = ['school.alder', 'second', 'cap.team', 'school.birch'].map((name) => visitor(app, name)) as [
    Visitor,
    Visitor,
    Visitor,
    Visitor,
  ];
});
afterAll(() => doors.stop());
beforeEach(() => doors.at(now));

const answers = completeAnswers('flourish', '2024-11-18');

async function begun(programme = 'flourish', given: object = {}): Promise<string> {
  const student = await doors.student('school.alder');
  const { body } = await doors.ask('school.alder', 'POST', '/api/v1/applications', {
    body: { programme, student, answers: given },
  });
  return (body as { reference: string }).reference;
}

const read = async (reference: string) =>
  (await doors.ask('school.alder', 'GET', `/api/v1/applications/${reference}`)).body as {
    answers: Record<string, unknown>;
    version: number;
    submitted: boolean;
  };

const referenceOf = ({ at }: Screen) => /CAP-\d{4}-[A-Z0-9]{6}/.exec(at)?.[0] ?? '';

describe('Which programmes fit', () => {
  test('is answered for a date of birth, each programme with its reasons, and nothing of it stands in an address', async () => {
    const asks = await alder.open('/applications/begin');
    const answer = await asks.send({
      ...{
        who: 'described',
        'dateOfBirth-day': '4',
        'dateOfBirth-month': '5',
        'dateOfBirth-year': '2011',
        ehcp: 'yes',
        daysAWeek: '2',
      },
    });
    expect([answer.status, answer.heading, answer.at]).toEqual([200, 'Programmes that fit', '/applications/begin']);
    expect(answer.text).toMatch(/Flourish, 2024-25 In short Up to 2 days a week, for 12 school weeks/);
    expect(answer.text).toMatch(/Programmes that do not fit.*Refocus.*It takes 4 days a week, and you wish for 2 days at most/);
    expect(answer.text).toMatch(/Year 11 Bespoke is for Year 11/);
  });

  test('asks who it is for, and shows those who were found', async () => {
    const asks = await alder.open('/applications/begin');
    expect((await asks.send()).text).toContain('Say who it is for.');
    await doors.student('school.alder', { name: 'Findable Sample' });
    const found = await asks.send({ who: 'known', text: 'findable' });
    const [, code = ''] = /value="(STU-[A-Z0-9]{6})"/.exec(found.html) ?? [];
    const answer = await found.send({ student: code });
    expect(answer.text).toContain('For Findable Sample, Year 9');
    expect(answer.html).toContain(`/applications/begin/flourish?student=${code}`);
    expect((await birch.open(`/applications/begin?student=${code}`)).status).toBe(404);
  });

  test('asks all that it needs to know of a student who is described', async () => {
    const asks = await alder.open('/applications/begin');
    const told = await asks.send({ who: 'described' });
    expect([told.status, told.text]).toEqual([
      422,
      expect.stringContaining('Date of birth: this is needed. Is there an Education, Health and Care Plan? Say yes or no.'),
    ]);
  });

  test('is answered anew with the answers as they were: whoever changes one types none of the others again', async () => {
    const typed = { 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': '2011', ehcp: 'yes', daysAWeek: '2' };
    const answer = await (await alder.open('/applications/begin')).send({ who: 'described', ...typed });
    const again = await answer.send({}, 'Change the answers');
    expect([again.heading, again.at]).toEqual(['Which programmes fit?', '/applications/begin']);
    const changed = await again.send({ daysAWeek: '5' });
    expect([changed.heading, changed.text]).toEqual([
      'Programmes that fit',
      expect.stringMatching(/Refocus, 2024-25 In short .*Programmes that do not fit/),
    ]);
  });

  test('leads to the application of that programme and student', async () => {
    const code = await doors.student('school.alder');
    const draft = await alder.send(`/applications/begin/tier-1-course?student=${code}`, {
      course: 'T1-BICYCLES',
    });
    expect(draft.heading).toBe('Apply for Tier 1 course');
    expect(await read(referenceOf(draft))).toMatchObject({ programme: 'tier-1-course', student: code, course: 'T1-BICYCLES' });
  });
});

test('a student who is not on the list is added on the way, and the way leads back to the application', async () => {
  const body = { programme: 'flourish', answers: {} };
  const begun = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  const reference = String(begun.body.reference);
  const asks = await alder.open(`/applications/${reference}/student`);
  const [, way = ''] = /href="(\/students\/add[^"]*)"/.exec(asks.html) ?? [];
  const added = await alder.send(way, {
    ...{ name: 'Added Onway', 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': '2011' },
    ...{ ehcp: 'no', lookedAfter: 'no' },
  });
  expect(added.at).toMatch(new RegExp(`^/applications/${reference}/student\\?student=STU-[A-Z0-9]{6}&done=saved$`));
  expect(added.text).toContain('Which student is it? Added Onway');
  const chosen = await added.send();
  expect(chosen.at).toMatch(new RegExp(`^/applications/${reference}/questions/`));
  expect((await alder.open(`/applications/${reference}`)).text).toContain('Student Added Onway Completed');
  // Of another's making, the address leads nowhere.
  expect((await alder.open('/students/add?for=//evil.example')).html).not.toContain('evil.example');
});

describe('A question a page', () => {
  test('says of which agreement it asks who gave it and when, and what a day should look like', async () => {
    const reference = await begun('refocus', { 'early-help-plan': true, 'parental-consent': true });
    const asks = (code: string) => alder.open(`/applications/${reference}/questions/${code}`);
    expect((await asks('early-help-plan-on')).text).toContain(
      'About “Is an Early Help Assessment and Plan completed with EHAC and recorded on EHM? (essential)”. Needed. For example',
    );
    const day = await asks('parental-consent-on');
    expect(day.text).toContain('About “Have the parents agreed to the application to the Multi-Agency Panel?”. Needed.');
    const wrong = { 'answers.parental-consent-on-day': '30', 'answers.parental-consent-on-month': '2' };
    expect((await day.send(wrong)).text).toContain('On which day did they agree? Enter a day, a month and a year');
  });

  test('shows the documents among the answers that are checked, with the way to change them', async () => {
    const reference = await begun();
    const check = () => alder.open(`/applications/${reference}/check`);
    expect((await check()).text).toContain('Documents None Add documents');
    await doors.ask('school.alder', 'POST', `/api/v1/files/${reference}`, {
      form: { fields: { kind: 'risk-assessment' }, name: 'checked.pdf', content: documents.pdf('To be checked') },
    });
    const { text, html } = await check();
    expect(text).toContain("Risk assessment: CAP's template, or the school's own checked.pdf Change documents");
    expect(html).toContain(`href="/files/${reference}"`);
  });

  test('it is saved at each page, leads to the next without an answer, and can be left for later', async () => {
    const reference = await begun();
    const first = await alder.open(`/applications/${reference}/questions/case-worker`);
    expect(first.text).toContain('Must be answered: it cannot be submitted without.');
    const second = await first.send({ 'answers.case-worker': 'Sample Adult' });
    expect(second.at).toBe(`/applications/${reference}/questions/review-commitment`);
    const left = await second.send({ 'answers.review-commitment': 'yes' }, 'Save and come back later');
    expect([left.at, left.text]).toEqual([`/applications/${reference}?done=saved`, expect.stringContaining('2 of 6 answered')]);
    expect((await read(reference)).answers).toEqual({ 'case-worker': 'Sample Adult', 'review-commitment': true });
  });

  test('a yes opens the questions about who agreed and how; a no does not', async () => {
    const reference = await begun();
    const asks = await alder.open(`/applications/${reference}/questions/early-help-offer`);
    expect((await asks.send({ 'answers.early-help-offer': 'no' })).at).toBe(
      `/applications/${reference}/questions/risk-assessment-date`,
    );
    const again = await alder.open(`/applications/${reference}/questions/early-help-offer`);
    expect((await again.send({ 'answers.early-help-offer': 'yes' })).at).toBe(
      `/applications/${reference}/questions/early-help-offer-by`,
    );
  });

  test('what a colleague saved meanwhile is said, what was typed stays, and is sent again', async () => {
    const reference = await begun();
    const path = `/applications/${reference}/questions/capacity`;
    const mine = await alder.open(path);
    const theirs = await colleague.open(path);
    await theirs.send({ 'answers.capacity': 'A colleague wrote this.' });
    const told = await mine.send({ 'answers.capacity': 'I wrote this.' });
    expect([told.status, told.at]).toEqual([412, path]);
    expect(told.text).toMatch(/Somebody else changed this.*Saved at the moment: A colleague wrote this/);
    expect(told.html).toContain('I wrote this.');
    await told.send();
    expect((await read(reference)).answers).toMatchObject({ capacity: 'I wrote this.' });
  });

  test('a day that is none is told beside the question, and nothing is saved', async () => {
    const reference = await begun();
    const asks = await alder.open(`/applications/${reference}/questions/risk-assessment-date`);
    const wrong = ['day', 'month', 'year'].map((part, index) => [
      `answers.risk-assessment-date-${part}`,
      ['31', '2', '2024'][index],
    ]);
    const told = await asks.send(Object.fromEntries(wrong) as Record<string, string>);
    expect([told.status, told.text]).toEqual([422, expect.stringContaining('enter a day, a month and a year')]);
    expect(await read(reference)).toMatchObject({ version: 1, answers: {} });
  });

  test('another school finds nothing there, and CAP neither', async () => {
    const reference = await begun();
    for (const page of ['', '/student', '/questions/capacity', '/check', '/delete']) {
      expect((await birch.open(`/applications/${reference}${page}`)).status).toBe(404);
      expect((await cap.open(`/applications/${reference}${page}`)).status).toBe(404);
    }
  });
});

test('the list says what is left to do, and who saved last', async () => {
  const reference = await begun('flourish', { 'case-worker': 'Sample Adult' });
  await colleague.send(`/applications/${reference}/questions/capacity`, {
    'answers.capacity': 'Time each week.',
  });
  const { text } = await alder.open('/applications');
  expect(text).toMatch(new RegExp(`${reference} .*? Flourish \\d things .*?, somebody who has left`));
  await alder.send(`/applications/${reference}/questions/capacity`, { 'answers.capacity': 'Time each day.' });
  expect((await alder.open(`/applications/${reference}`)).text).toMatch(/Last saved .* by Sample Alder-Staff\./);
  expect(text).toContain('Begin an application');
  const refused = await visitorOf('provider.one').open('/applications');
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('Applications are written by staff of a school, and by the CAP team.');
});

const visitorOf = (name: string) => visitor(appWithPages(doors.services), name);

describe('Checked and submitted', () => {
  test('a course says that an interview comes before its start, though its pack went to nobody yet', async () => {
    const student = await doors.student('school.alder');
    const body = {
      programme: 'tier-1-course',
      student,
      course: 'T1-BICYCLES',
      answers: completeAnswers('tier-1-course', '2024-11-18'),
    };
    const begun = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
    const { text } = await alder.send(`/applications/${String(begun.body.reference)}/check`);
    expect(text).toMatch(
      /CAP checks the pack.* The training provider has an interview with the student\. .*You confirm the day of the start/,
    );
  });

  test('what is in the way is named with where to mend it; then it is submitted, once, and told what happens next', async () => {
    const { 'case-worker': worker, ...others } = answers;
    const reference = await begun('flourish', others);
    const check = await alder.open(`/applications/${reference}/check`);
    expect(check.text).toContain('In the way of submitting');
    expect(check.html).toContain(`href="/applications/${reference}/questions/case-worker"`);
    expect(check.text).not.toContain('Submit the application');
    const asks = await alder.open(`/applications/${reference}/questions/case-worker`);
    await asks.send({ 'answers.case-worker': String(worker) });

    const ready = await alder.open(`/applications/${reference}/check`);
    const fromColleague = await colleague.open(`/applications/${reference}/check`);
    const done = await ready.send();
    expect([done.at, done.heading]).toEqual([`/applications/${reference}/submitted`, 'Application submitted']);
    // From the meeting on, as the clock of the panel counts, and not from when its decision is written down (R71).
    expect(done.text).toContain('You have the outcome within three working days of the meeting.');
    expect(done.text).toMatch(
      /CAP checks the pack by Friday 22 November 2024.*Review & Authorisation Panel meets on Monday 16 December 2024.*three working days/,
    );
    const twice = await ready.send();
    expect(twice.at).toBe(done.at);
    expect((await fromColleague.send()).at).toBe(done.at);
    expect((await alder.open(`/applications/${reference}`)).heading).toBe('This application is submitted');
  });

  test('a draft is deleted after it was asked; its student stays', async () => {
    const reference = await begun();
    const asks = await alder.open(`/applications/${reference}/delete`);
    expect(asks.heading).toBe('Delete this application?');
    expect((await asks.send()).at).toBe('/applications?done=deleted');
    expect((await alder.open(`/applications/${reference}`)).status).toBe(404);
  });
});

test('a returned pack says why, is corrected where it was written, and sent again with a note (A22)', async () => {
  const reference = await begun('flourish', answers);
  await alder.send(`/applications/${reference}/check`);
  await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/check-pack`, {
    body: { result: 'returned', reasons: 'The agencies are missing.' },
    key: 'return',
  });
  expect((await alder.open('/applications')).text).toMatch(new RegExp(`${reference} .* Returned`));
  const tasks = await alder.open(`/applications/${reference}`);
  expect([tasks.heading, tasks.text]).toEqual(['Correct the application', expect.stringContaining('The agencies are missing.')]);
  const asks = await alder.open(`/applications/${reference}/questions/agencies`);
  await asks.send({ 'answers.agencies': 'A mentor, twice a week.' });
  const sent = await alder.send(`/cases/${reference}/resubmit-pack`, { note: 'The agencies are there now.' });
  expect(sent.at).toBe(`/cases/${reference}?done=resubmitPack`);
  expect(sent.text).toContain('The agencies are there now.');
  expect(await read(reference)).toMatchObject({ returned: false });
});

test('the next application begins with the student and the answers of the last (R68)', async () => {
  const reference = await begun('flourish', answers);
  await alder.send(`/applications/${reference}/check`);
  const asks = await alder.open(`/applications/begin?follows=${reference}`);
  expect(asks.text).toContain(`It follows ${reference}`);
  const fits = await asks.send();
  expect(fits.html).toContain(`/applications/begin/insight?follows=${reference}`);
  const next = await alder.send(`/applications/begin/insight?follows=${reference}`);
  expect(next.text).toContain(`It follows ${reference}, and began with its answers`);
  expect((await read(referenceOf(next))).answers).toMatchObject({ agencies: answers['agencies'] });
});
