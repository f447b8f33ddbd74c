// On which days a placement may start, and when it then ends (A24, C8, C9), on the terms of 2024-25.
import fc from 'fast-check';
import { placementDates, startProblem, type Calendar } from '../../domain/calendar';
import { calendarOf2024, twoYears } from './calendarOf2024';

const whyNot = (day: string, calendar: Calendar = calendarOf2024) => startProblem(day, calendar)?.message ?? null;
const flourish = (start: string, weeks = 12, calendar: Calendar = twoYears) =>
  placementDates(start, weeks, { withinTerm: true }, calendar);
const refocus = (start: string, weeks: number, calendar: Calendar = twoYears) =>
  placementDates(start, weeks, { withinTerm: false }, calendar);

describe('a placement starts on a school day (A24)', () => {
  test('which the first and the last day of a half-term are', () => {
    expect(['2025-01-13', '2024-09-02', '2024-10-25', '2025-07-21'].map((day) => whyNot(day))).toEqual([null, null, null, null]);
  });

  test('never on a Saturday or a Sunday: the next school day is named', () => {
    expect(whyNot('2025-01-11')).toBe(
      'Saturday 11 January 2025 is a weekend: a placement starts on a school day. The next one is Monday 13 January 2025.',
    );
    expect(whyNot('2025-05-04')).toContain('The next one is Tuesday 6 May 2025.'); // the Monday is a bank holiday
  });

  test('never on a bank holiday or another closure', () => {
    expect(whyNot('2025-05-05')).toBe(
      'Schools are closed on Monday 5 May 2025: a placement starts on a school day. The next one is Tuesday 6 May 2025.',
    );
    expect(whyNot('2024-12-25')).toContain('Schools are closed on Wednesday 25 December 2024');
  });

  test('never in the holidays', () => {
    expect(whyNot('2024-12-23')).toBe(
      'Monday 23 December 2024 is in the school holidays: a placement starts on a school day. The next one is Monday 6 January 2025.',
    );
    expect(whyNot('2025-08-20', twoYears)).toContain('The next one is Wednesday 3 September 2025.');
  });

  test('and never beyond the terms that are known: CAP enters them first', () => {
    expect(whyNot('2025-08-20')).toContain('in no term that is known: CAP enters the terms first');
    expect(whyNot('2025-09-15')).toContain('in no term that is known');
    expect(whyNot('2024-08-20')).toContain('in no term that is known');
    expect(startProblem('2025-09-15', calendarOf2024)).toMatchObject({ rule: 'A24' });
  });
});

describe('the dates of a placement', () => {
  test('are so many school weeks from its start, holidays left out (C8, C9)', () => {
    expect(flourish('2025-01-13')).toEqual({ end: '2025-04-11', weeks: 12, clipped: false });
    expect(refocus('2025-05-12', 12)).toEqual({ end: '2025-09-12', weeks: 12, clipped: false });
  });

  test('say how many weeks are left of it when its term ends first (C8)', () => {
    expect(flourish('2025-07-07')).toEqual({ end: '2025-07-21', weeks: 3, clipped: true });
    expect(flourish('2025-04-28')).toEqual({ end: '2025-07-21', weeks: 12, clipped: false });
    // Two weeks of May, then the half-term holiday, then eight: the last of them has its Monday only.
    expect(flourish('2025-05-12')).toEqual({ end: '2025-07-21', weeks: 10, clipped: true });
    expect(flourish('2025-05-12', 12, calendarOf2024)).toEqual({ end: '2025-07-21', weeks: 10, clipped: true });
  });

  test('are refused, never guessed, when the terms that are known do not reach so far (A24)', () => {
    expect(refocus('2025-05-12', 12, calendarOf2024)).toEqual({
      rule: 'A24',
      message: expect.stringContaining(
        'The 12 school weeks from Monday 12 May 2025 go beyond the terms that are known',
      ) as string,
    });
    expect(refocus('2025-01-11', 12)).toMatchObject({ message: expect.stringContaining('is a weekend') as string });
  });

  test('end on a school day and clip no placement that fits, whatever its start and weeks', () => {
    const starts = fc.constantFrom(
      '2024-09-02',
      '2024-10-24',
      '2024-11-04',
      '2025-01-06',
      '2025-02-24',
      '2025-04-28',
      '2025-06-30',
    );
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 16 }), (start, weeks) => {
        const [clipped, whole] = [flourish(start, weeks), refocus(start, weeks)];
        if ('message' in clipped || 'message' in whole) throw new Error('The terms of two years reach so far');
        expect([startProblem(clipped.end, twoYears), startProblem(whole.end, twoYears)]).toEqual([null, null]);
        expect(clipped.clipped).toBe(clipped.end < whole.end);
        // As long as its weeks say: that many whole weeks from the same start end on the same day.
        expect(refocus(start, clipped.weeks)).toMatchObject({ end: clipped.end });
      }),
    );
  });
});
