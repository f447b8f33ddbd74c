// What CAP may enter into its calendar, change and take out: each rule by itself, on 1 December 2024.
import {
  closureProblems,
  cycleByHandProblems,
  cycleChangeProblems,
  cycleRemovalProblems,
  halfTermProblems,
  halfTermRemovalProblems,
  meetingId,
  meetingMoveProblems,
  meetingPlanProblems,
  meetingRemovalProblems,
  newCycleProblems,
  type Cycle,
  type CycleItem,
  type HalfTerm,
  type KnownProgrammes,
  type LandedCase,
  type NewCycle,
} from '../../domain/calendar';
import type { Problem } from '../../domain/problem';
import { cycle } from '../support/story';
import { calendarOf2024 } from './calendarOf2024';

const today = '2024-12-01';
const calendar = calendarOf2024;
const programmes: KnownProgrammes = new Map([
  ['flourish', ['review-and-authorisation'] as const],
  ['refocus', ['review-and-authorisation', 'multi-agency'] as const],
  ['supported-transfer', null],
]);
const flourish: CycleItem = { programme: 'flourish', cohortStart: '2025-01-13', panels: null };
const december = cycle('2024-25-4', '2024-12-04', [flourish], {
  'review-and-authorisation': '2024-12-16',
  'multi-agency': '2024-12-17',
});
const november = cycle('2024-25-3', '2024-11-13', [flourish], { 'multi-agency': '2024-11-26' });
const landed: LandedCase[] = [{ reference: 'CAP-2024-AAAAAA', programme: 'flourish', cohort: '2025-01-13' }];

const named = (problems: readonly Problem[]) => problems.map(({ field, rule }) => `${field} ${rule}`);
const said = (problems: readonly Problem[]) => problems.map(({ message }) => message).join(' ');

describe('a cycle that is entered', () => {
  const given = (change: Partial<NewCycle> = {}): NewCycle => ({
    deadline: '2024-12-04',
    items: [flourish],
    meetings: { 'review-and-authorisation': '2024-12-16', 'multi-agency': '2024-12-17', 'headteacher-placement': null },
    ...change,
  });
  const known = { today, programmes, calendar, cycles: [november] };
  const problems = (change: Partial<NewCycle> = {}) => named(newCycleProblems(given(change), known));
  const withPanels = (programme: string, panels: CycleItem['panels']) =>
    problems({ items: [{ programme, cohortStart: null, panels }] });

  test('has a deadline that is not past, and considers something (R93)', () => {
    expect(problems()).toEqual([]);
    expect(problems({ deadline: '2024-12-01' })).toEqual([]);
    expect(problems({ deadline: '2024-11-30' })).toEqual(['deadline R93']);
    expect(problems({ deadline: '2025-02-30' })).toContain('deadline R93');
    expect(problems({ items: [] })).toEqual(['items R93']);
  });

  test('has its deadline in the academic year in which it is numbered', () => {
    expect(problems({ academicYear: '2024-25' })).toEqual([]);
    const other = newCycleProblems(given({ academicYear: '2025-26' }), known);
    expect([named(other), said(other)]).toEqual([
      ['deadline R93'],
      'Wednesday 4 December 2024 is not in the academic year 2025-26: it is in 2024-25.',
    ]);
  });

  test('lists programmes of CAP, each start once, and none before the deadline (C10)', () => {
    expect(problems({ items: [{ ...flourish, programme: 'astronomy' }] })).toEqual(['items.0.programme R93']);
    expect(problems({ items: [flourish, flourish] })).toEqual(['items.1 R93']);
    expect(problems({ items: [flourish, { ...flourish, cohortStart: '2025-04-28' }] })).toEqual([]);
    expect(problems({ items: [{ ...flourish, cohortStart: '2024-12-03' }] })).toEqual(['items.0.cohortStart C10']);
    expect(problems({ items: [{ ...flourish, cohortStart: 'soon' }] })).toEqual(['items.0.cohortStart C10']);
    const saturday = newCycleProblems(given({ items: [{ ...flourish, cohortStart: '2025-01-11' }] }), known);
    expect(said(saturday)).toBe('Saturday 11 January 2025 is no day of school: a cohort starts on a Monday to Friday.');
  });

  test('takes panels out of the route of a programme, puts none in and turns none round (C5)', () => {
    expect(withPanels('refocus', ['multi-agency'])).toEqual([]);
    expect(withPanels('refocus', ['review-and-authorisation', 'multi-agency'])).toEqual([]);
    expect(withPanels('refocus', [])).toEqual([]);
    expect(withPanels('refocus', ['multi-agency', 'review-and-authorisation'])).toEqual(['items.0.panels C5']);
    expect(withPanels('refocus', ['multi-agency', 'multi-agency'])).toEqual(['items.0.panels C5']);
    expect(withPanels('flourish', ['multi-agency'])).toEqual(['items.0.panels C5']);
    expect(withPanels('refocus', ['headteacher-placement'])).toEqual(['items.0.panels C5']);
  });

  test('may name any panel for a programme whose route is not known here yet, in their order', () => {
    expect(withPanels('supported-transfer', ['multi-agency', 'headteacher-placement'])).toEqual([]);
    expect(withPanels('supported-transfer', ['headteacher-placement', 'multi-agency'])).toEqual(['items.0.panels C5']);
  });

  test('meets on its deadline or later, the Multi-Agency Panel not before the Review & Authorisation Panel (R73)', () => {
    const meeting = (review: string, multiAgency: string) =>
      problems({
        meetings: { 'review-and-authorisation': review, 'multi-agency': multiAgency, 'headteacher-placement': null },
      });
    expect(meeting('2024-12-04', '2024-12-04')).toEqual([]);
    expect(meeting('2024-12-03', '2024-12-17')).toEqual(['meetings.review-and-authorisation R93']);
    expect(meeting('2024-12-16', '2024-12-13')).toEqual(['meetings.multi-agency R73']);
    expect(meeting('2024-12-16', 'Tuesday')).toContain('meetings.multi-agency R93');
  });

  test('by hand has its deadline on a working day, or on the very day; of a table it is kept as it is printed (C15)', () => {
    const meetings = { 'review-and-authorisation': null, 'multi-agency': '2025-01-14', 'headteacher-placement': null } as const;
    const by = (rule: typeof newCycleProblems, deadline: string, closed: readonly string[] = []) => {
      const closures = new Set([...calendar.closures, ...closed]);
      return rule(given({ deadline, meetings }), { ...known, calendar: { ...calendar, closures } });
    };
    expect(said(by(cycleByHandProblems, '2024-12-07'))).toBe(
      'Saturday 7 December 2024 is no working day, and a referral deadline is on one: the next is Monday 9 December 2024.',
    );
    expect(said(by(cycleByHandProblems, '2024-12-25'))).toContain('the next is Friday 27 December 2024.');
    expect(named(by(cycleByHandProblems, '2024-12-09', ['2024-12-09']))).toEqual(['deadline R93']);
    expect(by(cycleByHandProblems, '2024-12-09')).toEqual([]);
    expect(by(cycleByHandProblems, today)).toEqual([]);
    expect(named(by(cycleByHandProblems, '2024-11-30'))).toEqual(['deadline R93']);
    expect(by(newCycleProblems, '2024-12-07')).toEqual([]);
  });

  test('is no copy of one that is there, with the same deadline and the same panels: that one is named, to be changed instead', () => {
    const there = { ...known, cycles: [november, { ...december, number: 4 }] };
    const other = { ...flourish, programme: 'refocus' };
    const twice = newCycleProblems(given({ items: [other] }), there);
    expect([named(twice), said(twice)]).toEqual([
      ['deadline R93'],
      'Cycle 4 of 2024-25 has this deadline, Wednesday 4 December 2024, and the same panels already: change that cycle instead.',
    ]);
    expect(named(cycleByHandProblems(given(), there))).toEqual(['deadline R93']);
    const placement = { ...given().meetings, 'headteacher-placement': '2024-12-19' };
    expect(newCycleProblems(given({ meetings: placement }), there)).toEqual([]);
    expect(newCycleProblems(given({ deadline: '2024-12-05' }), there)).toEqual([]);
  });
});

describe('a cycle that is changed', () => {
  const known = { today, programmes, calendar, cycles: [november, december] };
  const change = (terms: Partial<Cycle>, cases: readonly LandedCase[] = []) =>
    cycleChangeProblems(december, { ...december, ...terms }, { ...known, landed: cases });

  test('may get another deadline, up to its first meeting, with cases on it or without', () => {
    expect(named(change({ deadline: '2024-12-16' }, landed))).toEqual([]);
    expect(named(change({ deadline: '2024-11-30' }))).toEqual(['deadline R93']);
    expect(said(change({ deadline: '2024-12-17' }))).toBe(
      'The Review & Authorisation Panel of this cycle meets on Monday 16 December 2024: move that meeting first.',
    );
  });

  test('keeps the item on which an open case has landed: its programme, start and panels', () => {
    const more: CycleItem = { programme: 'refocus', cohortStart: null, panels: null };
    expect(change({ items: [more, flourish] }, landed)).toEqual([]);
    expect(change({ items: [more] })).toEqual([]);
    expect(said(change({ items: [more] }, landed))).toBe(
      'Flourish with the start of Monday 13 January 2025 stays as it is: 1 open case has landed on it: CAP-2024-AAAAAA.',
    );
    expect(named(change({ items: [{ ...flourish, cohortStart: '2025-01-20' }] }, landed))).toEqual(['items R93']);
    expect(named(change({ items: [{ ...flourish, panels: [] }] }, landed))).toEqual(['items R93']);
  });

  test('is held against the same rules as a new one', () => {
    expect(named(change({ items: [{ ...flourish, programme: 'astronomy' }] }))).toEqual(['items.0.programme R93']);
    expect(named(change({ items: [{ ...flourish, panels: ['multi-agency'] }] }))).toEqual(['items.0.panels C5']);
  });

  test('stays as it was once its deadline is past', () => {
    expect(said(cycleChangeProblems(november, december, { ...known, landed: [] }))).toBe(
      'The referral deadline of this cycle, Wednesday 13 November 2024, is past: the cycle stays as it was.',
    );
  });

  test('gets no deadline on a day that is no working day, nor one that makes it a copy of another', () => {
    const copied = { ...december, id: '2024-25-5', number: 5, deadline: '2024-12-05' };
    expect(said(change({ deadline: '2024-12-07' }))).toContain('the next is Monday 9 December 2024.');
    const beside = { ...known, cycles: [december, copied], landed: [] };
    expect(said(cycleChangeProblems(december, { ...december, deadline: '2024-12-05' }, beside))).toContain('Cycle 5 of 2024-25');
  });

  test('keeps the deadline that it has, on a Saturday or beside a copy, while something else of it is changed', () => {
    const saturday = { ...december, deadline: '2024-12-07' };
    const cycles = [saturday, { ...saturday, id: '2024-25-5', number: 5 }];
    const items: CycleItem[] = [flourish, { programme: 'refocus', cohortStart: null, panels: null }];
    expect(cycleChangeProblems(saturday, { ...saturday, items }, { ...known, cycles, landed: [] })).toEqual([]);
  });
});

test('a cycle is taken out while it is to come and no open case has landed on it; what depends on it is named', () => {
  const seven = Array.from(
    { length: 7 },
    (_, index) => ({ ...landed[0], reference: `CAP-2024-AAAAA${String(index)}` }) as LandedCase,
  );
  expect(cycleRemovalProblems(december, { today, landed: [] })).toEqual([]);
  expect(said(cycleRemovalProblems(december, { today, landed: seven }))).toBe(
    '7 open cases have landed on it: CAP-2024-AAAAA0, CAP-2024-AAAAA1, CAP-2024-AAAAA2, CAP-2024-AAAAA3, CAP-2024-AAAAA4 and 2 more.',
  );
  expect(said(cycleRemovalProblems(november, { today, landed: [] }))).toContain('is past');
});

describe('a meeting', () => {
  const meeting = { id: 'RAP-2024-12-16', panel: 'review-and-authorisation', day: '2024-12-16' } as const;
  const move = (day: string, now = today, decided = 0) =>
    meetingMoveProblems(meeting, day, { cycle: december, today: now, calendar, decided });

  test('moves to its deadline or later, in the order of the panels, and never into the past', () => {
    expect(move('2024-12-17')).toEqual([]);
    expect(move('2024-12-04')).toEqual([]);
    expect(named(move('2024-12-03'))).toEqual(['day R93']);
    expect(named(move('2024-12-18'))).toEqual(['day R73']);
    expect(said(move('2024-12-09', '2024-12-10'))).toBe('Monday 9 December 2024 is past: a meeting is on a day to come.');
  });

  test('is on a working day, and whoever names another is told the next one', () => {
    expect(said(move('2024-12-15'))).toBe(
      'Sunday 15 December 2024 is no working day, and a panel meets on one: the next is Monday 16 December 2024.',
    );
    expect(move('2024-12-15', '2024-12-15')).toEqual([]);
    const christmas = { 'review-and-authorisation': null, 'multi-agency': null, 'headteacher-placement': '2024-12-25' } as const;
    const entered = { deadline: '2024-12-04', items: [flourish], meetings: christmas };
    const problems = newCycleProblems(entered, { today, programmes, calendar, cycles: [] });
    expect(named(problems)).toEqual(['meetings.headteacher-placement R93']);
    expect(said(problems)).toContain('the next is Friday 27 December 2024.');
  });

  test('before the referral deadline is refused with the deadline as people read a day', () => {
    expect(said(move('2024-12-03'))).toBe(
      'The meeting must be on the referral deadline, Wednesday 4 December 2024, or after it.',
    );
  });

  test('that was held does not move; on its own day it still does', () => {
    expect(move('2024-12-17', '2024-12-16')).toEqual([]);
    expect(said(move('2024-12-17', '2024-12-17'))).toBe(
      'This meeting was on Monday 16 December 2024: what is past stays as it was.',
    );
  });

  test('at which cases were decided stays on its day, in the calendar and in its minutes (A7)', () => {
    const onItsDay = '2024-12-16';
    expect(said(move('2024-12-17', onItsDay, 2))).toBe(
      '2 cases were decided at this meeting on Monday 16 December 2024: it stays on that day. Whatever is left is deferred to the next one.',
    );
    expect(said(move('2024-12-17', onItsDay, 1))).toContain('1 case was decided at this meeting');
    expect(move('2024-12-16', onItsDay, 2)).toEqual([]);
    expect(said(meetingRemovalProblems(meeting, { today: onItsDay, landed: [], decided: 2 }))).toContain('it stays on that day');
    expect(meetingRemovalProblems(meeting, { today: onItsDay, landed: [], decided: 0 })).toEqual([]);
  });

  test('is planned where its panel has none in the cycle, in the order of the panels', () => {
    const alone = cycle('2024-25-4', '2024-12-04', [flourish], { 'review-and-authorisation': '2024-12-16' });
    const plan = (day: string) => named(meetingPlanProblems(alone, 'multi-agency', day, { today, calendar }));
    expect(plan('2024-12-17')).toEqual([]);
    expect(plan('2024-12-13')).toEqual(['day R73']);
    expect(plan('2024-12-03')).toEqual(['day R93', 'day R73']);
    expect(named(meetingPlanProblems(december, 'multi-agency', '2024-12-17', { today, calendar }))).toEqual(['panel R93']);
    expect(named(meetingPlanProblems(november, 'review-and-authorisation', '2024-11-25', { today, calendar }))).toEqual([
      'day R93',
    ]);
  });

  test('is taken out while it is to come and no open case has landed on it; with cases it moves instead', () => {
    expect(meetingRemovalProblems(meeting, { today, landed: [], decided: 0 })).toEqual([]);
    expect(said(meetingRemovalProblems(meeting, { today, landed, decided: 0 }))).toBe(
      '1 open case has landed on it: CAP-2024-AAAAAA. Move the meeting to another day instead.',
    );
    expect(said(meetingRemovalProblems(meeting, { today: '2024-12-17', landed: [], decided: 0 }))).toContain(
      'what is past stays',
    );
  });

  test('is named by its panel and day, and by a number where that name is taken', () => {
    expect(meetingId('multi-agency', '2024-12-17')).toBe('MAP-2024-12-17');
    expect(meetingId('headteacher-placement', '2024-12-19', ['HPM-2024-12-19', 'HPM-2024-12-19-3'])).toBe('HPM-2024-12-19-2');
    expect(meetingId('review-and-authorisation', '2024-12-16', ['RAP-2024-12-16', 'RAP-2024-12-16-2'])).toBe('RAP-2024-12-16-3');
  });
});

test('a closure is entered and taken out from today on: dates were counted by what is past', () => {
  const cycles: readonly Cycle[] = [];
  expect([today, '2024-12-23'].map((day) => closureProblems(day, { today, cycles }))).toEqual([[], []]);
  expect(said(closureProblems('2024-11-29', { today, cycles }))).toBe(
    'Friday 29 November 2024 is past, and dates were counted by it: it stays as it was.',
  );
  expect(named(closureProblems('today', { today, cycles }))).toEqual(['day R71']);
});

test('no day is closed on which a panel meets, until its meeting is moved; the day beside it is (R93)', () => {
  const cycles = [november, december];
  expect(closureProblems('2024-12-17', { today, cycles })).toEqual([
    {
      ...{ field: 'day', rule: 'R93' },
      message: 'The meeting of the Multi-Agency Panel is on Tuesday 17 December 2024: move it first.',
    },
  ]);
  expect(closureProblems('2024-12-18', { today, cycles })).toEqual([]);
});

test('no day is closed on which applications are due, until that deadline is moved: a referral deadline is on a working day (R93)', () => {
  expect(december).toMatchObject({ deadline: '2024-12-04', number: 1, academicYear: '2024-25' });
  expect(closureProblems('2024-12-04', { today, cycles: [november, december] })).toEqual([
    {
      ...{ field: 'day', rule: 'R93' },
      message: 'The referral deadline of cycle 1 of 2024-25 is on Wednesday 4 December 2024: move it first.',
    },
  ]);
  expect(closureProblems('2024-12-05', { today, cycles: [november, december] })).toEqual([]);
  // On the day itself nothing can be moved any more: the council is closed all the same.
  expect(closureProblems('2024-12-04', { today: '2024-12-04', cycles: [december] })).toEqual([]);
});

describe('a half-term', () => {
  const known = calendarOf2024.halfTerms;
  const half = (change: Partial<HalfTerm> = {}): HalfTerm => ({
    academicYear: '2025-26',
    term: 'autumn',
    half: 1,
    firstDay: '2025-09-03',
    lastDay: '2025-10-24',
    ...change,
  });
  const problems = (change: Partial<HalfTerm>) => named(halfTermProblems(half(change), { today, known }));
  const autumn = { academicYear: '2024-25', term: 'autumn', half: 2, firstDay: '2024-11-04', lastDay: '2024-12-20' } as const;

  test('has its days in order, in its academic year, and overlaps no other (C8)', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ lastDay: '2025-09-02' })).toEqual(['lastDay C8']);
    expect(problems({ academicYear: '2024-25', term: 'summer' })).toEqual(['academicYear C8']);
    expect(problems({ academicYear: '2024-25', term: 'summer', half: 1, firstDay: '2025-04-28', lastDay: '2025-06-02' })).toEqual(
      ['firstDay C8'],
    );
  });

  test('that has begun keeps its first day and may still end on another; one that is past stays as it was', () => {
    expect(problems({ ...autumn, lastDay: '2024-12-19' })).toEqual([]);
    expect(problems({ ...autumn, firstDay: '2024-11-05' })).toEqual(['firstDay C8']);
    expect(problems({ ...autumn, lastDay: '2024-11-29' })).toEqual(['lastDay C8']);
    expect(problems({ academicYear: '2024-25', term: 'autumn', half: 1, firstDay: '2024-09-02', lastDay: '2024-10-25' })).toEqual(
      ['lastDay C8'],
    );
  });

  test('is taken out while it has not begun', () => {
    expect(halfTermRemovalProblems(half(), { today })).toEqual([]);
    expect(said(halfTermRemovalProblems(autumn, { today }))).toBe(
      'It began on Monday 4 November 2024, and dates were counted by it: it stays.',
    );
  });
});
