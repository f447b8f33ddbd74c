// Places of a course on real Postgres: two that are accepted at once never take one place, and the line is kept in order (A9).
import { readOutcome } from '../../records/cases';
import { readCourses } from '../../records/courses';
import { nextInLine } from '../../records/sweep';
import { saveCourse } from '../../usecases/directory';
import { check, confirmedStart, firstPanel, later, openCasework, secondPanel, submission, type Casework } from './casework';

const year = '2024-25';
let casework: Casework;
beforeEach(async () => (casework = await openCasework()));
afterEach(() => casework.stop());

/** A Tier 1 case whose interview was held: its provider may accept it. */
async function interviewed(by = 'school.alder'): Promise<string> {
  const reference = await casework.draft('tier-1-course', by);
  await casework.does(by, reference, 'submit', {}, '2024-11-28T10:00:00.000Z');
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, '2024-11-29T10:00:00.000Z');
  await casework.does(by, reference, 'bookInterview', { at: '2024-12-10T10:00:00.000Z' }, '2024-12-02T10:00:00.000Z');
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, '2024-12-10T12:00:00.000Z');
  return reference;
}
const acceptAt = async (at: string, ...references: readonly string[]) => {
  const commands: [string, string][] = [];
  for (const reference of references) {
    commands.push([reference, await casework.handIn('provider.one', reference, 'providerResponse', { result: 'accept' }, at)]);
  }
  return Promise.all(commands.map(([reference, command]) => casework.record(reference, command, at)));
};
const accept = (...references: readonly string[]) => acceptAt(secondPanel, ...references);
const give = (reference: string) =>
  casework.record(
    reference,
    { id: `${reference}.place`, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
    confirmedStart,
  );
/** Somebody says how many places the course has at once. */
async function places(count: number | null, by = 'cap.team') {
  const person = await casework.person(by);
  const services = { database: casework.api, now: () => later } as Parameters<typeof saveCourse>[0];
  const said = {
    title: 'Bicycle maintenance',
    category: 'work-based-learning',
    provider: 'TP-ONE',
    schoolWeeks: 6,
    days: null,
    site: null,
  } as const;
  return saveCourse(services, person, year, { code: 'T1-BICYCLES', programme: 'tier-1-course', ...said, places: count }, null);
}
const waitingOf = async (reference: string) => (await casework.state(reference))?.coursePlace?.waiting ?? null;

test('of two that are accepted at once one takes the last place, and the other stands in line until it is given back', async () => {
  expect(await places(1)).toMatchObject({ places: 1, taken: 0, waiting: 0 });
  const both = [await interviewed(), await interviewed('school.birch')];
  const answers = await accept(...both);
  expect(answers.map(({ result }) => result)).toEqual(['recorded', 'recorded']);
  const [has] = answers.filter(({ state }) => state?.coursePlace?.waiting === false);
  const [waits] = answers.filter(({ state }) => state?.coursePlace?.waiting === true);
  expect(waits?.waits).toMatchObject([{ what: 'course-place', party: 'cap' }]);
  const courses = await readCourses(casework.api, await casework.person('school.birch'), year);
  expect(courses.find(({ code }) => code === 'T1-BICYCLES')).toMatchObject({ places: 1, taken: 1, waiting: 1 });

  // While the place is taken nobody's turn has come.
  const next = waits?.state?.reference ?? '';
  expect(await nextInLine(casework.worker, year)).toEqual([]);
  expect((await give(next)).state?.coursePlace).toMatchObject({ waiting: true });

  const first = has?.state?.reference ?? '';
  const school = has?.state?.school === 'SCH-A' ? 'school.alder' : 'school.birch';
  await casework.does(school, first, 'withdraw', {}, later, { reason: 'Another way was found.' });
  expect(await nextInLine(casework.worker, year)).toEqual([{ reference: next, course: 'T1-BICYCLES' }]);
  const given = await casework.record(
    next,
    { id: `${next}.again`, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
    confirmedStart,
  );
  expect(given.state?.coursePlace).toMatchObject({ waiting: false });
  expect(await nextInLine(casework.worker, year)).toEqual([]);
});

test('who stands in line behind somebody does not overtake them, and neither does who is accepted later', async () => {
  await places(0);
  const [one, two, three] = [await interviewed(), await interviewed(), await interviewed()];
  await accept(one);
  await accept(two);
  expect([await waitingOf(one), await waitingOf(two)]).toEqual([true, true]);
  await places(1);
  expect((await nextInLine(casework.worker, year)).map(({ reference }) => reference)).toEqual([[one, two].sort()[0]]);
  await acceptAt(later, three);
  expect(await waitingOf(three)).toBe(true);
  const [first = '', second = ''] = [one, two].sort();
  await give(second);
  expect(await waitingOf(second)).toBe(true);
  await give(first);
  expect(await waitingOf(first)).toBe(false);
});

test('only CAP says how many places a course has, and a course without a limit keeps no line', async () => {
  expect(await places(9, 'school.alder')).toMatchObject({ refused: 'not-allowed' });
  const reference = await interviewed();
  await accept(reference);
  expect(await waitingOf(reference)).toBeNull();
});

test('a course whose limit is taken away has a place for everybody in line', async () => {
  await places(0);
  const reference = await interviewed();
  await accept(reference);
  expect(await waitingOf(reference)).toBe(true);
  await places(null);
  expect(await nextInLine(casework.worker, year)).toEqual([{ reference, course: 'T1-BICYCLES' }]);
  await give(reference);
  expect(await waitingOf(reference)).toBe(false);
});

test('the directory of the year says how many places a course has; once it is no longer offered, the last that had it', async () => {
  await places(0);
  const reference = await interviewed();
  await accept(reference);
  expect(await nextInLine(casework.worker, '2025-26')).toEqual([]);
  const services = { database: casework.api, now: () => later } as Parameters<typeof saveCourse>[0];
  const next = { code: 'T1-BICYCLES', programme: 'tier-1-course', title: 'Bicycles', category: 'curriculum-support' } as const;
  const cap = await casework.person('cap.team');
  await saveCourse(
    services,
    cap,
    '2025-26',
    { ...next, provider: 'TP-ONE', schoolWeeks: 6, days: null, places: 1, site: null },
    null,
  );
  expect(await nextInLine(casework.worker, year)).toEqual([]);
  expect(await nextInLine(casework.worker, '2025-26')).toEqual([{ reference, course: 'T1-BICYCLES' }]);
});

test('in the summer holidays a school is first in the line of Insight by its SLA of the coming year, in which the student starts (R10, C6)', async () => {
  const owner = await casework.as('cap_owner');
  await owner.query(`
    INSERT INTO half_terms (academic_year, term, half, first_day, last_day) VALUES ('2025-26', 'autumn', 1, '2025-09-03', '2025-10-24');
    DELETE FROM slas; INSERT INTO slas (school, academic_year) VALUES ('SCH-A', '2024-25'), ('SCH-B', '2025-26');
    UPDATE courses SET places = 0 WHERE code = 'INS-CHOICES'`);
  const accepted = async (by: string) => {
    const reference = await casework.draft('insight', by);
    await casework.does(by, reference, 'submit', {}, '2024-11-28T10:00:00.000Z');
    await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, '2024-11-29T10:00:00.000Z');
    await casework.does(by, reference, 'bookInterview', { at: '2025-08-18T10:00:00.000Z' }, '2025-08-11T10:00:00.000Z');
    await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, '2025-08-18T12:00:00.000Z');
    await acceptAt('2025-08-20T10:00:00.000Z', reference);
    return (await casework.state(reference))?.coursePlace;
  };
  expect(await accepted('school.alder')).toMatchObject({ waiting: true, priority: 1 });
  expect(await accepted('school.birch')).toMatchObject({ waiting: true, priority: 0 });
});

test('a pack of a cohort of the next year is sent on by the directory of that year, and by no other (R107, A25)', async () => {
  const owner = await casework.as('cap_owner');
  await owner.query(
    `UPDATE cycle_items SET cohort_start = '2025-09-08' WHERE cycle = '2024-25-4' AND programme = 'year-11-bespoke'`,
  );
  const services = { database: casework.api, now: () => later } as Parameters<typeof saveCourse>[0];
  const cap = await casework.person('cap.team');
  const offer = (code: string, provider: string, of: string) => {
    const said = {
      title: 'Sample workshop',
      category: 'tier-3-year-11',
      schoolWeeks: 12,
      days: null,
      places: null,
      site: null,
    } as const;
    return saveCourse(services, cap, of, { code, programme: 'year-11-bespoke', provider, ...said }, null);
  };
  await offer('Y11-WORKSHOP', 'TP-ONE', '2025-26');
  await offer('Y11-NEXT', 'TP-TWO', '2025-26');
  await offer('Y11-NOW', 'TP-TWO', year);
  const student = await casework.student('school.alder', { dateOfBirth: '2010-05-04' });
  const reference = await casework.draft('year-11-bespoke', 'school.alder', {}, submission, student);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  const send = (course: string) => casework.give('cap.team', reference, 'sendPack', { provider: 'TP-TWO', course }, later);
  expect(await send('Y11-NOW')).toMatchObject({ refusal: { rule: 'A25', field: 'course' } });
  expect(await send('Y11-NEXT')).toMatchObject({ result: 'recorded', state: { course: { code: 'Y11-NEXT' } } });
});

test('the outcome document of a case that was approved while its course was full says so, of another it does not (A9, R84)', async () => {
  const cap = await casework.person('cap.team');
  const services = { database: casework.api, now: () => later } as Parameters<typeof saveCourse>[0];
  const said = {
    title: 'Sample workshop',
    category: 'tier-3-year-11',
    schoolWeeks: 12,
    days: null,
    places: 1,
    site: null,
  } as const;
  await saveCourse(
    services,
    cap,
    year,
    { code: 'Y11-WORKSHOP', programme: 'year-11-bespoke', provider: 'TP-ONE', ...said },
    null,
  );
  const inLine: unknown[] = [];
  for (const name of ['Seventh Child', 'Eighth Child']) {
    const student = await casework.student('school.alder', { name, dateOfBirth: '2009-05-04' });
    const reference = await casework.draft('year-11-bespoke', 'school.alder', {}, submission, student);
    await casework.does('school.alder', reference, 'submit', {}, submission);
    await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
    await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
    inLine.push((await readOutcome(casework.api, cap, reference))?.inLine);
  }
  expect(inLine).toEqual([false, true]);
});
