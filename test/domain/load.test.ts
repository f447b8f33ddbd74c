// A student is in one place at a time: the days of a placement fit with those of every other one (A11).
import type { OtherCase } from '../../domain/facts';
import { programmeFor } from '../../domain/programmes';
import { placementIn } from '../../domain/route';
import { otherCase } from '../../domain/load';
import { firstClash, type Timetable } from '../../domain/timetable';
import type { ProgrammeCode } from '../../domain/words';
import type { Student } from '../../domain/student';
import {
  calendar2024,
  flourishBeforeItsPanel,
  refocusBeforeTheMultiAgencyPanel,
  sampleStudent,
  tier1Application,
  type Story,
} from '../support/story';
import { twoYears } from './calendarOf2024';

const timetable = (programme: ProgrammeCode, start: string, end: string, weekdays?: string): Timetable => ({
  ...{ start, end, phases: placementIn(programmeFor(programme, '2024-25').route).phases, courseWeeks: 12 },
  days: weekdays === undefined ? [] : [{ from: null, until: null, weekdays }],
});
/** A Tier 1 course on Tuesdays, from 6 January to 4 April 2025. */
const course: OtherCase = {
  reference: 'CAP-2024-AAAAAA',
  programme: 'tier-1-course',
  host: 'provider:TP-TWO',
  placement: timetable('tier-1-course', '2025-01-06', '2025-04-04', 'tue'),
};

/** Flourish from 13 January on, its start to be confirmed, of a student who has that course. */
function accepted() {
  const story = flourishBeforeItsPanel({ otherCases: [course] });
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  return story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
}
const confirm = (story: ReturnType<typeof accepted>, weekdays: string) =>
  story.school.does('confirmStart', { start: '2025-01-13', weekdays });

test('a start whose days are taken by another host is refused, with the day and the case (A11)', () => {
  const story = accepted();
  // The first Tuesday of both is 14 January.
  expect(story.refusal(() => confirm(story, 'tue,thu'))).toEqual({
    refused: 'wrong-value',
    rule: 'A11',
    field: 'weekdays',
    message:
      'On the morning of Tuesday 14 January 2025 the student is with provider:TP-TWO already (CAP-2024-AAAAAA): agree other days.',
  });
  confirm(story, 'wed,thu');
  expect(story.stage).toBe('placement');
});

test('half a day leaves the other half to somebody else (A11)', () => {
  const halves = (one: string, other: string) =>
    firstClash(
      timetable('tier-1-course', '2025-01-13', '2025-03-28', one),
      timetable('tier-1-course', '2025-01-13', '2025-03-28', other),
      calendar2024,
    );
  expect(halves('tue-am', 'tue-pm')).toBeNull();
  expect(halves('tue-am', 'tue')).toEqual({ day: '2025-01-14', half: 'am' });
  expect(halves('mon,tue-pm', 'tue,fri')).toEqual({ day: '2025-01-14', half: 'pm' });
});

test('one placement that ends before another begins is in nobody’s way, and so is one in the holidays', () => {
  const until = timetable('tier-1-course', '2025-01-06', '2025-01-31', 'tue');
  expect(firstClash(until, timetable('tier-1-course', '2025-02-03', '2025-03-28', 'tue'), calendar2024)).toBeNull();
  // The last day of one is the first of the other: Friday 31 January.
  const lastDay = timetable('tier-1-course', '2025-01-06', '2025-01-31', 'fri');
  expect(firstClash(lastDay, timetable('tier-1-course', '2025-01-31', '2025-03-28', 'fri'), calendar2024)).toEqual({
    ...{ day: '2025-01-31', half: 'am' },
  });
  // 18 February is in the holidays.
  const holiday = timetable('tier-1-course', '2025-02-17', '2025-02-21', 'tue');
  expect(firstClash(holiday, timetable('tier-1-course', '2025-02-03', '2025-03-28', 'tue'), calendar2024)).toBeNull();
});

test('a change of day is held against the other placements too (A11, R117)', () => {
  const story = accepted();
  confirm(story, 'wed,thu').at('2025-02-03T10:00Z');
  const ask = (weekdays: string) => story.school.asksForOtherDays({ from: '2025-02-10', weekdays });
  expect(story.refusal(() => ask('mon,tue'))).toMatchObject({ rule: 'A11', field: 'weekdays' });
  ask('mon,fri');
});

test('a change of day that was asked for is held against what was agreed elsewhere since, when CAP confirms it (A11, R119)', () => {
  const others: OtherCase[] = [];
  const story = flourishBeforeItsPanel({ otherCases: others });
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  confirm(story, 'wed,thu').at('2025-02-03T10:00Z').school.asksForOtherDays({ from: '2025-02-10', weekdays: 'mon,tue' });
  others.push(course);
  expect(story.refusal(() => story.cap.confirmsTheChangeOfDay())).toMatchObject({ rule: 'A11', field: 'result' });
  story.cap.does('confirmChangeOfDay', { result: 'not-changed' });
  expect(story.state.matters).toEqual([]);
});

test('Refocus has its days by its programme: Monday is free for a course, Tuesday is not; back at school every day is (R80, R81)', () => {
  const refocus = timetable('refocus', '2025-01-27', '2025-04-11');
  const courseOn = (weekdays: string, start = '2025-01-27') => timetable('tier-1-course', start, '2025-04-11', weekdays);
  expect(firstClash(refocus, courseOn('mon'), calendar2024)).toBeNull();
  expect(firstClash(refocus, courseOn('tue'), calendar2024)).toEqual({ day: '2025-01-28', half: 'am' });
  // Seven school weeks from 27 January, the half-term left out, end on 21 March.
  expect(firstClash(refocus, courseOn('tue', '2025-03-24'), calendar2024)).toBeNull();
});

test('a case is known to the others by its timetable once its start is confirmed', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  expect(otherCase(story.state).placement).toBeNull();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards().school.confirmsTheStart('2025-01-27');
  expect(otherCase(story.state).placement).toMatchObject({ start: '2025-01-27', end: '2025-04-11', days: [] });
});

test('a start that is corrected is held against them as well (A24, A11)', () => {
  const late: OtherCase = { ...course, programme: 'insight', placement: timetable('insight', '2025-02-03', '2025-04-04', 'tue') };
  const story = tier1Application({ course: { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks: 2 }, otherCases: [late] });
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts();
  story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue' });
  expect(story.refusal(() => story.school.does('correctStart', { start: '2025-01-27' }))).toMatchObject({
    rule: 'A11',
    field: 'start',
  });
});

describe('A student of Year 11 (R87)', () => {
  const yearEleven = { ...sampleStudent, dateOfBirth: '2009-05-04' };
  const with11 = (student: Student, other: OtherCase | null, schoolWeeks: number) => {
    const story = tier1Application({
      ...{ student, otherCases: other ? [other] : [], course: { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks } },
      calendar: twoYears,
    });
    story.at('2024-12-02T10:00Z').school.submits();
    story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
    return story.at('2024-12-05T10:00Z').provider.holdsTheInterview().provider.accepts();
  };
  const twoDays: OtherCase = {
    ...course,
    programme: 'insight',
    placement: timetable('tier-1-course', '2024-09-09', '2025-07-18', 'mon,tue'),
  };
  const start = (story: Story, weekdays: string) => () =>
    story.school.does('confirmStart', { start: '2025-01-13', weekdays, shortened: true });

  test('is away for three days a week at most, over all of their placements', () => {
    const story = with11(yearEleven, twoDays, 12);
    expect(story.refusal(start(story, 'wed,thu'))).toMatchObject({ rule: 'R87', field: 'weekdays' });
    start(story, 'wed')();
    expect(story.stage).toBe('placement');
  });

  test('has the third day for twelve school weeks of the year, however many placements it is made of', () => {
    const story = with11(yearEleven, twoDays, 13);
    expect(story.refusal(start(story, 'wed'))).toMatchObject({ rule: 'R87', message: expect.stringContaining('13') });
  });

  test('is one in the year of the placement: a student of Year 10 is not held to it', () => {
    const story = with11({ ...sampleStudent, dateOfBirth: '2010-05-04' }, twoDays, 13);
    start(story, 'wed,thu')();
    expect(story.stage).toBe('placement');
  });

  const yearTen = { ...sampleStudent, dateOfBirth: '2010-05-04' };

  test('is one who is taught a year above their age, too', () => {
    const story = with11({ ...yearTen, yearsAbove: 1 }, twoDays, 12);
    expect(story.refusal(start(story, 'wed,thu'))).toMatchObject({ rule: 'R87' });
  });

  test('is held to it in the weeks of Year 11 of a placement that begins in Year 10, or goes on after Year 11', () => {
    // Ten school weeks from 12 May 2025 to the summer, and ten from Wednesday 3 September: the first whole one is that of 8 September.
    const story = with11(yearTen, null, 20);
    const from = (weekdays: string, of = story) => {
      return () => of.school.does('confirmStart', { start: '2025-05-12', weekdays });
    };
    const leaving = with11(yearEleven, null, 20);
    expect(leaving.refusal(from('mon,tue,wed,thu', leaving))).toMatchObject({
      message: expect.stringContaining('Monday 12 May 2025') as string,
    });
    expect(story.refusal(from('mon,tue,wed,thu'))).toMatchObject({
      ...{ rule: 'R87', field: 'weekdays' },
      message: expect.stringContaining('Monday 8 September 2025') as string,
    });
    // With a third day in all twenty of them: ten are of Year 11.
    from('mon,tue,wed')();
    expect(story.stage).toBe('placement');
  });

  test('is not held to it for the days of Year 10', () => {
    const fourDays = timetable('tier-1-course', '2025-01-06', '2025-07-18', 'mon,tue,thu,fri');
    const story = with11(yearTen, { ...twoDays, placement: fourDays }, 6);
    story.school.does('confirmStart', { start: '2025-09-08', weekdays: 'wed' });
    expect(story.stage).toBe('placement');
  });

  test('may have a course on the Monday of Refocus, whose days the programme itself says (R80)', () => {
    const refocus = timetable('refocus', '2025-01-27', '2025-04-11');
    const story = with11(yearEleven, { ...course, programme: 'refocus', placement: refocus }, 6);
    story.school.does('confirmStart', { start: '2025-01-27', weekdays: 'mon' });
    expect(story.stage).toBe('placement');
  });
});
