// CAP edits its calendar: what is wrong is named by field and rule, and what is right answers with the cases to tell.
import { listMeetings, readCalendar, readMeeting, readMeetingRow } from '../../records/calendar';
import {
  createCycle,
  editTold,
  editClosures,
  moveMeeting,
  planMeeting,
  saveHalfTerm,
  type NewCycle,
} from '../../records/calendarEdits';
import { casesOfMeeting, casesOpen, casesWithoutMeeting } from '../../records/concerned';
import { changedSince } from '../../records/sweep';
import type { Actor } from '../../domain/facts';
import { later, openCasework, submission, type Casework } from './casework';

let casework: Casework;
let cap: Actor;
beforeEach(async () => {
  casework = await openCasework();
  cap = await casework.person('cap.team');
});
afterEach(() => casework.stop());

const cycle = (change: Partial<NewCycle> = {}): NewCycle => ({
  deadline: '2025-07-10',
  items: [{ programme: 'flourish', cohortStart: '2025-09-15' }],
  meetings: { 'review-and-authorisation': '2025-07-14', 'multi-agency': '2025-07-15', 'headteacher-placement': null },
  ...change,
});

test('the calendar is read as it was seeded, by anybody with a role', async () => {
  const { calendar, cycles } = await readCalendar(casework.api, await casework.person('provider.one'));
  expect(calendar.halfTerms[0]).toEqual({
    academicYear: '2024-25',
    term: 'autumn',
    half: 1,
    firstDay: expect.any(String),
    lastDay: '2024-10-25',
  });
  expect(calendar.closures.has('2024-12-25')).toBe(true);
  expect(cycles.find(({ id }) => id === '2024-25-4')).toMatchObject({
    deadline: '2024-12-04',
    items: [{ programme: 'flourish', cohortStart: '2025-01-13', panels: null }, { programme: 'refocus' }, {}, {}],
    meetings: { 'multi-agency': { id: 'MAP-2024-12-17', day: '2024-12-17' }, 'headteacher-placement': { day: '2024-12-19' } },
  });
  expect(cycles[0]?.items.find(({ programme }) => programme === 'supported-transfer')?.panels).toEqual([]);
  const nobody = { person: 'nobody', parties: [] };
  expect((await readCalendar(casework.api, nobody)).cycles).toEqual([]);
});

test('a cycle is made with its meetings and cohort, and the cases that wait for one are to be told', async () => {
  const reference = await casework.draft('flourish', 'school.alder', { 'risk-assessment-date': '2025-06-30' });
  // After the last cycle of 2024-25 that lists Flourish, before the first made-up one of a later year.
  const owner = await casework.as('cap_owner');
  await owner.query(`DELETE FROM cycles WHERE academic_year <> '2024-25'`);
  await owner.query(`DELETE FROM cycles WHERE deadline > '2025-06-01'`);
  await casework.does('school.alder', reference, 'submit', {}, '2025-07-01T10:00:00.000Z');
  expect((await casework.state(reference))?.landing).toBeNull();
  expect(await casesWithoutMeeting(casework.worker, ['flourish'])).toEqual([reference]);
  expect(await casesWithoutMeeting(casework.worker, ['refocus'])).toEqual([]);

  const made = await createCycle(casework.api, cap, cycle());
  expect(made).toMatchObject({ cycle: { academicYear: '2024-25', deadline: '2025-07-10' }, tell: [reference] });
  const id = `${reference}.new-cycle`;
  const told = await casework.record(
    reference,
    { id, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
    '2025-07-02T10:00:00.000Z',
  );
  expect(told.state?.landing).toMatchObject({
    cohort: '2025-09-15',
    meetings: { 'review-and-authorisation': { id: 'RAP-2025-07-14' } },
  });
  expect(await casesWithoutMeeting(casework.worker, ['flourish'])).toEqual([]);
  expect(await readMeetingRow(casework.worker, 'RAP-2025-07-14')).toMatchObject({
    day: '2025-07-14',
    deadline: '2025-07-10',
    version: 1,
    agenda: 0,
  });
});

test('two cycles on the same days have each their own meetings, also when they are made at once', async () => {
  const made = await Promise.all([1, 2, 3].map(() => createCycle(casework.api, cap, cycle())));
  const ids = made.flatMap((each) => ('cycle' in each ? [each.cycle.id, each.cycle.meetings['multi-agency']?.id] : []));
  expect(ids).toHaveLength(6);
  expect(new Set(ids).size).toBe(6);
  expect(ids).toEqual(expect.arrayContaining(['MAP-2025-07-15', 'MAP-2025-07-15-2', 'MAP-2025-07-15-3']));
});

test('what is wrong with a cycle is named, field by field, and nothing is made', async () => {
  const before = (await readCalendar(casework.api, cap)).cycles.length;
  const problemsOf = async (change: Partial<NewCycle>) => {
    const made = await createCycle(casework.api, cap, cycle(change));
    return 'problems' in made ? made.problems.map(({ field, rule }) => `${field} ${rule}`) : [];
  };
  const meetings = cycle().meetings;
  expect(await problemsOf({ items: [] })).toEqual(['items R93']);
  expect(await problemsOf({ deadline: '2025-02-30' })).toContain('deadline R93');
  expect(await problemsOf({ items: [{ programme: 'astronomy', cohortStart: null }] })).toEqual(['items.0.programme R93']);
  expect(await problemsOf({ items: [...cycle().items, ...cycle().items] })).toEqual(['items.1 R93']);
  expect(await problemsOf({ items: [{ programme: 'flourish', cohortStart: '2025-07-09' }] })).toEqual([
    'items.0.cohortStart C10',
  ]);
  expect(await problemsOf({ meetings: { ...meetings, 'review-and-authorisation': '2025-07-09' } })).toEqual([
    'meetings.review-and-authorisation R93',
  ]);
  expect(await problemsOf({ meetings: { ...meetings, 'multi-agency': '2025-07-11' } })).toEqual(['meetings.multi-agency R73']);
  expect(await problemsOf({ meetings: { ...meetings, 'multi-agency': 'Tuesday' } })).toContain('meetings.multi-agency R93');
  expect((await readCalendar(casework.api, cap)).cycles).toHaveLength(before);
});

test('a meeting is moved on or after its deadline, over the version that was read; the cases on their way to it are to be told', async () => {
  const waiting = await casework.flourishAtPanel();
  const onItsWay = await casework.draft('flourish');
  await casework.does('school.alder', onItsWay, 'submit', {}, submission);
  const gone = await casework.flourishAtInterview();
  const move = (day: string, version: number | null = null) => moveMeeting(casework.api, cap, 'RAP-2024-12-16', { day, version });
  expect(await move('2024-12-03')).toMatchObject({ problems: [{ field: 'day', rule: 'R93' }] });
  expect(await move('2024-12-18')).toMatchObject({ problems: [{ field: 'day', rule: 'R73' }] });
  expect(await move('2024-12-17', 9)).toBe('stale');
  expect(await moveMeeting(casework.api, cap, 'no-such', { day: '2024-12-17', version: null })).toBeNull();
  expect(await move('2024-12-17', 1)).toMatchObject({
    meeting: { id: 'RAP-2024-12-16', day: '2024-12-17', version: 2 },
    tell: [waiting, onItsWay].sort(),
  });
  expect(await casesOfMeeting(casework.worker, 'RAP-2024-12-16')).toEqual([waiting, onItsWay].sort());
  expect(await casesOpen(casework.worker)).toEqual([waiting, onItsWay, gone].sort());
  const { meetings, cases, untold } = await changedSince(casework.worker, { since: submission, overdue: submission, now: later });
  expect(cases).toContainEqual({ reference: waiting, step: 2, closed: false });
  expect(untold).toContain('meeting RAP-2024-12-16 version 2');
  await editTold(casework.api, cap, 'meeting RAP-2024-12-16 version 2');
  expect((await changedSince(casework.worker, { since: submission, overdue: submission, now: later })).untold).not.toContain(
    'meeting RAP-2024-12-16 version 2',
  );
  expect(meetings).toContainEqual({ id: 'RAP-2024-12-16', panel: 'review-and-authorisation', version: 2 });
  expect(
    (
      await changedSince(casework.worker, {
        since: '2030-01-01T00:00:00.000Z',
        overdue: '2000-01-01T00:00:00.000Z',
        now: '2035-01-01T00:00:00.000Z',
      })
    ).cases,
  ).toEqual([]);
  // However long ago they were recorded: a clock that should have acted and did not has no workflow behind it.
  const { cases: overdue } = await changedSince(casework.worker, {
    since: '2030-01-01T00:00:00.000Z',
    overdue: '2030-01-01T00:00:00.000Z',
    now: '2035-01-01T00:00:00.000Z',
  });
  expect(overdue.map(({ reference }) => reference).sort()).toEqual([waiting, onItsWay, gone].sort());
});

test('a cycle without a meeting is given one (C18), once', async () => {
  const none = (await readCalendar(casework.api, cap)).cycles.find(({ meetings }) => meetings['multi-agency'] === null);
  const plan = (day: string) => planMeeting(casework.api, cap, none?.id ?? '', { panel: 'multi-agency', day });
  expect(await plan('2025-07-01')).toMatchObject({ problems: [{ field: 'day' }] });
  expect(await plan('2025-07-09')).toMatchObject({ meeting: { id: 'MAP-2025-07-09', cycle: none?.id } });
  expect(await plan('2025-07-10')).toMatchObject({ problems: [{ field: 'panel' }] });
  expect(await planMeeting(casework.api, cap, 'no-such', { panel: 'multi-agency', day: '2025-07-09' })).toBeNull();
});

test('the agenda of a meeting is the cases that await it, as far as the asker may see them', async () => {
  const reference = await casework.flourishAtPanel();
  const agendaFor = async (by: string) =>
    (await readMeeting(casework.api, await casework.person(by), 'RAP-2024-12-16'))?.agenda.map((row) => row.reference);
  expect(await agendaFor('chair.review')).toEqual([reference]);
  expect(await agendaFor('school.alder')).toEqual([reference]);
  expect(await agendaFor('school.birch')).toEqual([]);
  const [first] = await listMeetings(casework.api, await casework.person('chair.review'), { from: '2024-12-16' });
  expect(first).toMatchObject({ id: 'RAP-2024-12-16', agenda: 1 });
  expect(await readMeeting(casework.api, cap, 'no-such')).toBeNull();
});

test('a closure moves due dates once the case is told, and is taken out again', async () => {
  const reference = await casework.flourishAtPanel();
  const look = async (id: string) =>
    (
      await casework.record(
        reference,
        { id: `${reference}.${id}`, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
        later,
      )
    ).waits[0]?.due;
  expect(await look('before')).toBe('2024-12-19T23:59:59.999Z');
  expect(await editClosures(casework.api, cap, { add: ['2024-12-18'], remove: [] })).toMatchObject({ tell: [reference] });
  expect(await look('closed')).toBe('2024-12-20T23:59:59.999Z');
  await editClosures(casework.api, cap, { add: [], remove: ['2024-12-18'] });
  expect(await look('open')).toBe('2024-12-19T23:59:59.999Z');
  expect(await editClosures(casework.api, cap, { add: ['today'], remove: [] })).toMatchObject({ problems: [{ field: 'day' }] });
});

test('half a term is entered or changed, in its year, and overlaps no other', async () => {
  const half = { academicYear: '2029-30', term: 'autumn', half: 1, firstDay: '2029-09-03', lastDay: '2029-10-19' } as const;
  expect(await saveHalfTerm(casework.api, cap, half)).toMatchObject({ tell: [] });
  expect(await saveHalfTerm(casework.api, cap, { ...half, lastDay: '2029-10-26' })).toMatchObject({ tell: [] });
  expect((await readCalendar(casework.api, cap)).calendar.halfTerms.at(-1)).toEqual({ ...half, lastDay: '2029-10-26' });
  expect(await saveHalfTerm(casework.api, cap, { ...half, half: 2 })).toMatchObject({ problems: [{ field: 'firstDay' }] });
  expect(await saveHalfTerm(casework.api, cap, { ...half, lastDay: '2029-09-01' })).toMatchObject({
    problems: [{ field: 'lastDay' }],
  });
  expect(await saveHalfTerm(casework.api, cap, { ...half, academicYear: '2028-29' })).toMatchObject({
    problems: [{ field: 'academicYear' }],
  });
});

test('nobody but CAP edits the calendar', async () => {
  for (const other of ['school.alder', 'chair.review', 'provider.one', 'ops', 'auditor']) {
    const who = await casework.person(other);
    await expect(createCycle(casework.api, who, cycle())).rejects.toThrow('row-level security');
    await expect(editClosures(casework.api, who, { add: ['2025-01-02'], remove: [] })).rejects.toThrow('row-level security');
    await expect(moveMeeting(casework.api, who, 'RAP-2024-12-16', { day: '2024-12-17', version: null })).rejects.toThrow();
  }
  expect(await readMeetingRow(casework.worker, 'RAP-2024-12-16')).toMatchObject({ day: '2024-12-16', version: 1 });
});
