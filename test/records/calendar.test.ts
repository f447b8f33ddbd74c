// CAP edits its calendar: what rules object to changes nothing, and what is written answers with the cases to tell.
import { listMeetings, readCalendar, readMeeting, readMeetingRow } from '../../records/calendar';
import {
  createCycle,
  editTold,
  editClosures,
  moveMeeting,
  planMeeting,
  removeCycle,
  removeHalfTerm,
  removeMeeting,
  saveCycle,
  saveHalfTerm,
} from '../../records/calendarEdits';
import { casesOfMeeting, casesOpen, casesWithoutMeeting } from '../../records/concerned';
import { changedSince } from '../../records/sweep';
import type { CycleItem, LandedCase, NewCycle } from '../../domain/calendar';
import type { Actor } from '../../domain/facts';
import type { Problem } from '../../domain/problem';
import { later, openCasework, submission, type Casework } from './casework';

let casework: Casework;
let cap: Actor;
beforeEach(async () => {
  casework = await openCasework();
  cap = await casework.person('cap.team');
});
afterEach(() => casework.stop());

/** No rule objects. */
const nothing = (): Problem[] => [];
const objection: Problem = { field: 'day', rule: 'R93', message: 'Not then.' };
const objects = () => [objection];

const cycle = (change: Partial<NewCycle> = {}): NewCycle => ({
  deadline: '2025-07-10',
  items: [{ programme: 'flourish', cohortStart: '2025-09-15', panels: null }],
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

test('the calendar is read whole once, whoever looks at it, until somebody changes it', async () => {
  const first = await readCalendar(casework.api, await casework.person('provider.one'));
  expect(await readCalendar(casework.api, await casework.person('school.alder'))).toBe(first);
  await editClosures(casework.api, cap, { add: ['2025-02-07'], remove: [] }, () => []);
  const second = await readCalendar(casework.api, await casework.person('provider.one'));
  expect([first, second].map(({ calendar }) => calendar.closures.has('2025-02-07'))).toEqual([false, true]);
  await editClosures(casework.api, cap, { add: [], remove: ['2025-02-07'] }, () => []);
});

test('a cycle is made with its meetings and cohort, and the cases that wait for one are to be told', async () => {
  const reference = await casework.draft('flourish', 'school.alder', { 'risk-assessment-date': '2025-06-30' });
  // After the last cycle of 2024-25 that lists Flourish, before the first made-up one of a later year.
  const owner = await casework.as('cap_owner');
  await owner.query(`DELETE FROM cycles WHERE academic_year <> '2024-25'`);
  await owner.query(`DELETE FROM cycles WHERE deadline > '2025-06-01'`);
  await casework.does('school.alder', reference, 'submit', {}, '2025-07-01T10:00:00.000Z');
  expect((await casework.state(reference))?.landing).toBeNull();
  expect(await casesWithoutMeeting(casework.worker)).toEqual([reference]);

  const made = await createCycle(casework.api, cap, cycle(), nothing);
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
  expect(await casesWithoutMeeting(casework.worker)).toEqual([]);
  expect(await readMeetingRow(casework.worker, 'RAP-2025-07-14')).toMatchObject({
    day: '2025-07-14',
    deadline: '2025-07-10',
    version: 1,
    agenda: 0,
  });
});

test('two cycles on the same days have each their own meetings, also when they are made at once', async () => {
  const made = await Promise.all([1, 2, 3].map(() => createCycle(casework.api, cap, cycle(), nothing)));
  const ids = made.flatMap((each) => ('cycle' in each ? [each.cycle.id, each.cycle.meetings['multi-agency']?.id] : []));
  expect(ids).toHaveLength(6);
  expect(new Set(ids).size).toBe(6);
  expect(ids).toEqual(expect.arrayContaining(['MAP-2025-07-15', 'MAP-2025-07-15-2', 'MAP-2025-07-15-3']));
});

test('what a rule objects to is answered, and nothing is written', async () => {
  const before = await readCalendar(casework.api, cap);
  const of4 = '2024-25-4';
  const half = { academicYear: '2029-30', term: 'autumn', half: 1, firstDay: '2029-09-03', lastDay: '2029-10-19' } as const;
  const edits = [
    createCycle(casework.api, cap, cycle(), objects),
    saveCycle(casework.api, cap, of4, { deadline: '2024-12-05', items: [], version: null }, objects),
    removeCycle(casework.api, cap, of4, null, objects),
    moveMeeting(casework.api, cap, 'RAP-2024-12-16', { day: '2024-12-17', version: null }, objects),
    planMeeting(casework.api, cap, '2024-25-11', { panel: 'multi-agency', day: '2025-07-09' }, objects),
    removeMeeting(casework.api, cap, 'RAP-2024-12-16', null, objects),
    saveHalfTerm(casework.api, cap, half, objects),
    removeHalfTerm(casework.api, cap, { academicYear: '2024-25', term: 'summer', half: 2 }, objects),
  ];
  for (const edit of edits) expect(await edit).toEqual({ problems: [objection] });
  expect(await readCalendar(casework.api, cap)).toEqual(before);
});

test('a cycle is changed over the version that was read: its items, its panels (C5), its deadline with its meetings', async () => {
  const reference = await casework.flourishAtPanel();
  const known = (await readCalendar(casework.api, cap)).cycles.find(({ id }) => id === '2024-25-4');
  const items: CycleItem[] = [
    { programme: 'flourish', cohortStart: '2025-01-13', panels: null },
    { programme: 'refocus', cohortStart: '2025-02-03', panels: ['multi-agency'] },
  ];
  let landed: readonly LandedCase[] = [];
  const change = (version: number | null) =>
    saveCycle(casework.api, cap, '2024-25-4', { deadline: '2024-12-05', items, version }, (given) => {
      landed = given.landed;
      return [];
    });
  expect(await change((known?.version ?? 0) + 1)).toMatchObject({ overtaken: { version: known?.version } });
  expect(await change(known?.version ?? null)).toMatchObject({
    cycle: { deadline: '2024-12-05', items, version: (known?.version ?? 0) + 1 },
    tell: [reference],
  });
  expect(landed).toEqual([{ reference, programme: 'flourish', cohort: '2025-01-13' }]);
  expect((await readCalendar(casework.api, cap)).cycles.find(({ id }) => id === '2024-25-4')?.items).toEqual(items);
  // The workflow of a meeting waits for the deadline: its version rises, so that it looks again.
  expect(await readMeetingRow(casework.worker, 'RAP-2024-12-16')).toMatchObject({ deadline: '2024-12-05', version: 2 });
  const owner = await casework.as('cap_owner');
  const { rows } = await owner.query<{ start: string }>(
    `SELECT to_char(start, 'YYYY-MM-DD') AS start FROM cohorts WHERE cycle = '2024-25-4' ORDER BY start`,
  );
  expect(rows.map(({ start }) => start)).toEqual(['2025-01-13', '2025-02-03']);
  expect(await saveCycle(casework.api, cap, 'no-such', { deadline: '2024-12-05', items, version: null }, nothing)).toBeNull();
});

test('a cycle is taken out with its meetings, and one that is entered anew is told to the cases anew', async () => {
  const made = await createCycle(casework.api, cap, cycle(), nothing);
  if ('problems' in made) throw new Error('Nothing objects');
  const { id, version } = made.cycle;
  expect(await removeCycle(casework.api, cap, id, version + 1, nothing)).toMatchObject({ overtaken: { version } });
  expect(await removeCycle(casework.api, cap, id, version, nothing)).toMatchObject({ cycle: { id }, tell: [] });
  expect((await readCalendar(casework.api, cap)).cycles.map((each) => each.id)).not.toContain(id);
  expect(await readMeetingRow(casework.worker, 'RAP-2025-07-14')).toBeNull();
  expect(await removeCycle(casework.api, cap, id, version, nothing)).toBeNull();
  const again = await createCycle(casework.api, cap, cycle(), nothing);
  expect(again).toMatchObject({ cycle: { id } });
  expect('problems' in again || again.change).not.toBe(made.change);
});

test('a case that lands on a cycle while it is being taken out: one of both waits for the other', async () => {
  const reference = await casework.draft('flourish');
  // The case has landed, and is not yet committed, when CAP takes its cycle out.
  const step = await casework.as('cap_owner');
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await step.query(`UPDATE cases SET cycle = NULL, state = jsonb_set(state, '{landing}', 'null') WHERE reference = $1`, [
    reference,
  ]);
  await step.query('BEGIN');
  await step.query(`UPDATE cases SET cycle = '2024-25-4' WHERE reference = $1`, [reference]);
  await step.query('SELECT FROM calendar_version FOR SHARE');
  let landed: readonly LandedCase[] = [];
  const removal = removeCycle(casework.api, cap, '2024-25-4', null, (given) => {
    landed = given.landed;
    return landed.length > 0 ? [objection] : [];
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await step.query('COMMIT');
  expect(await removal).toEqual({ problems: [objection] });
  expect(landed.map((each) => each.reference)).toEqual([reference]);
});

test('a meeting is taken out over the version that was read; the open cases that have landed on it are known', async () => {
  const waiting = await casework.flourishAtPanel();
  const seen: string[][] = [];
  const remove = (id: string, version: number | null = null) =>
    removeMeeting(casework.api, cap, id, version, ({ landed }) => {
      seen.push(landed.map(({ reference }) => reference));
      return landed.length > 0 ? [objection] : [];
    });
  expect(await remove('RAP-2024-12-16')).toEqual({ problems: [objection] });
  expect(await remove('MAP-2024-12-17', 9)).toMatchObject({ overtaken: { version: 1 } });
  expect(await remove('MAP-2024-12-17', 1)).toMatchObject({ meeting: { id: 'MAP-2024-12-17' }, tell: [] });
  expect(await remove('MAP-2024-12-17')).toBeNull();
  expect(seen).toEqual([[waiting], []]);
  expect(await readMeetingRow(casework.worker, 'MAP-2024-12-17')).toBeNull();
});

test('a meeting is moved over the version that was read; the cases on their way to it are to be told', async () => {
  const waiting = await casework.flourishAtPanel();
  const onItsWay = await casework.draft('flourish');
  await casework.does('school.alder', onItsWay, 'submit', {}, submission);
  const gone = await casework.flourishAtInterview();
  const move = (day: string, version: number | null = null) =>
    moveMeeting(casework.api, cap, 'RAP-2024-12-16', { day, version }, nothing);
  expect(await move('2024-12-17', 9)).toMatchObject({ overtaken: { version: 1 } });
  expect(await moveMeeting(casework.api, cap, 'no-such', { day: '2024-12-17', version: null }, nothing)).toBeNull();
  const moved = await move('2024-12-17', 1);
  expect(moved).toMatchObject({
    meeting: { id: 'RAP-2024-12-16', day: '2024-12-17', version: 2 },
    tell: [waiting, onItsWay].sort(),
  });
  expect(await casesOfMeeting(casework.worker, 'RAP-2024-12-16')).toEqual([waiting, onItsWay].sort());
  expect(await casesOpen(casework.worker)).toEqual([waiting, onItsWay, gone].sort());
  const { meetings, cases, untold } = await changedSince(casework.worker, { since: submission, overdue: submission, now: later });
  expect(cases).toContainEqual({ reference: waiting, step: 2, closed: false });
  const change = moved !== null && typeof moved === 'object' && 'change' in moved ? (moved.change ?? '') : '';
  expect(untold).toContain(change);
  await editTold(casework.api, cap, change);
  expect((await changedSince(casework.worker, { since: submission, overdue: submission, now: later })).untold).not.toContain(
    change,
  );
  expect(meetings).toContainEqual({ reference: 'RAP-2024-12-16', step: 0, closed: false, moved: true });
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

test('a cycle without a meeting is given one (C18)', async () => {
  const none = (await readCalendar(casework.api, cap)).cycles.find(({ meetings }) => meetings['multi-agency'] === null);
  const plan = (day: string) => planMeeting(casework.api, cap, none?.id ?? '', { panel: 'multi-agency', day }, nothing);
  expect(await plan('2025-07-09')).toMatchObject({ meeting: { id: 'MAP-2025-07-09', cycle: none?.id } });
  expect(await planMeeting(casework.api, cap, 'no-such', { panel: 'multi-agency', day: '2025-07-09' }, nothing)).toBeNull();
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
  expect(await editClosures(casework.api, cap, { add: ['2024-12-18'], remove: [] }, () => [])).toMatchObject({
    tell: [reference],
  });
  expect(await look('closed')).toBe('2024-12-20T23:59:59.999Z');
  await editClosures(casework.api, cap, { add: [], remove: ['2024-12-18'] }, () => []);
  expect(await look('open')).toBe('2024-12-19T23:59:59.999Z');
});

test('half a term is entered, changed and taken out', async () => {
  const half = { academicYear: '2029-30', term: 'autumn', half: 1, firstDay: '2029-09-03', lastDay: '2029-10-19' } as const;
  const known = async () => (await readCalendar(casework.api, cap)).calendar.halfTerms.at(-1);
  expect(await saveHalfTerm(casework.api, cap, half, nothing)).toMatchObject({ tell: [] });
  expect(await saveHalfTerm(casework.api, cap, { ...half, lastDay: '2029-10-26' }, nothing)).toMatchObject({ tell: [] });
  expect(await known()).toEqual({ ...half, lastDay: '2029-10-26' });
  expect(await removeHalfTerm(casework.api, cap, half, nothing)).toMatchObject({ tell: [] });
  expect((await known())?.academicYear).not.toBe('2029-30');
  expect(await removeHalfTerm(casework.api, cap, half, nothing)).toBeNull();
});

test('nobody but CAP edits the calendar', async () => {
  for (const other of ['school.alder', 'chair.review', 'provider.one', 'ops', 'auditor']) {
    const who = await casework.person(other);
    await expect(createCycle(casework.api, who, cycle(), nothing)).rejects.toThrow('row-level security');
    await expect(editClosures(casework.api, who, { add: ['2025-01-02'], remove: [] }, () => [])).rejects.toThrow(
      'row-level security',
    );
    await expect(
      moveMeeting(casework.api, who, 'RAP-2024-12-16', { day: '2024-12-17', version: null }, nothing),
    ).rejects.toThrow();
  }
  expect(await readMeetingRow(casework.worker, 'RAP-2024-12-16')).toMatchObject({ day: '2024-12-16', version: 1 });
});
