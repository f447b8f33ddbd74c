// Terms, school weeks, the end of placements and their reviews, on the terms of 2024-25 (requirements part 6).
import fc from 'fast-check';
import {
  academicYearOf,
  addDays,
  isSchoolDay,
  lastDayOfTerm,
  nextReviewDue,
  placementDates,
  schoolWeekEnd,
  termOf,
} from '../../domain/calendar';
import { calendarOf2024, twoYears } from './calendarOf2024';

/** The end of a placement; null where the terms that are known do not reach so far. */
const endOf = (dates: ReturnType<typeof placementDates>) => ('end' in dates ? dates.end : null);

const noTerms = { closures: calendarOf2024.closures, halfTerms: [] };

/** The school days of 2024-25 by its holidays instead of its terms, as requirements part 6 lists them. */
const holidays: readonly (readonly [string, string])[] = [
  ['2024-10-28', '2024-11-01'],
  ['2024-12-23', '2025-01-03'],
  ['2025-02-17', '2025-02-21'],
  ['2025-04-14', '2025-04-25'],
  ['2025-05-26', '2025-05-30'],
  ['2025-07-22', '2025-08-31'],
];
const schoolDays = Array.from({ length: 323 }, (_, index) => new Date(Date.UTC(2024, 8, 2 + index)))
  .filter((date) => ![0, 6].includes(date.getUTCDay()))
  .map((date) => date.toISOString().slice(0, 10))
  .filter((day) => day !== '2025-05-05' && !holidays.some(([first, last]) => first <= day && day <= last));

/** Weeks since 1970 began on a Thursday: the same for Monday to Sunday. */
const weekOf = (day: string) => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);

const daysOfTheYear = fc.integer({ min: 0, max: 322 }).map((index) => addDays('2024-09-02', index));

describe('school days', () => {
  test('of 2024-25 are the weekdays outside its holidays, but for the bank holiday of 5 May', () => {
    const found = Array.from({ length: 365 }, (_, index) => addDays('2024-09-01', index)).filter((day) =>
      isSchoolDay(day, calendarOf2024),
    );
    expect(found).toEqual(schoolDays);
  });
});

describe('academic years and terms', () => {
  test('an academic year runs from 1 September to 31 August', () => {
    expect(['2024-08-31', '2024-09-01', '2025-08-31', '2099-12-01'].map(academicYearOf)).toEqual([
      '2023-24',
      '2024-25',
      '2024-25',
      '2099-00',
    ]);
    expect(() => academicYearOf('2024-25')).toThrow(RangeError);
  });

  test('half-term week belongs to its term, the holiday between terms to the coming one', () => {
    const autumn = { academicYear: '2024-25', term: 'autumn' };
    const spring = { academicYear: '2024-25', term: 'spring' };
    expect(termOf('2024-10-07', calendarOf2024)).toEqual(autumn);
    expect(termOf('2024-10-30', calendarOf2024)).toEqual(autumn);
    expect(termOf('2024-12-20', calendarOf2024)).toEqual(autumn);
    expect(termOf('2024-12-21', calendarOf2024)).toEqual(spring);
    expect(termOf('2025-01-05', calendarOf2024)).toEqual(spring);
    expect(termOf('2025-05-05', calendarOf2024)).toEqual({ academicYear: '2024-25', term: 'summer' });
  });

  test('the summer holiday belongs to the autumn of the next academic year once its terms are known', () => {
    expect(termOf('2025-08-20', twoYears)).toEqual({ academicYear: '2025-26', term: 'autumn' });
    expect(termOf('2025-08-20', calendarOf2024)).toBeNull();
    expect(termOf('2024-08-20', calendarOf2024)).toBeNull();
  });

  test('a year whose terms are missing is unknown, not a holiday', () => {
    const gap = {
      ...twoYears,
      halfTerms: twoYears.halfTerms.filter(({ academicYear, term }) => academicYear !== '2024-25' || term === 'autumn'),
    };
    expect(termOf('2025-03-01', gap)).toBeNull();
    expect(schoolWeekEnd('2024-12-02', 5, gap)).toBeNull();
  });

  test('a term ends with the last school day of its second half', () => {
    expect(lastDayOfTerm('2024-09-16', calendarOf2024)).toBe('2024-12-20');
    expect(lastDayOfTerm('2025-01-13', calendarOf2024)).toBe('2025-04-11');
    expect(lastDayOfTerm('2025-04-28', calendarOf2024)).toBe('2025-07-21');
    expect(lastDayOfTerm('2024-12-28', calendarOf2024)).toBe('2025-04-11');
    expect(lastDayOfTerm('2025-09-10', { ...twoYears, halfTerms: twoYears.halfTerms.slice(0, 7) })).toBeNull();
  });
});

describe('Refocus lasts 10 school weeks, holidays not counted (C9)', () => {
  test.each([
    ['7 October 2024', '2024-10-07', 10, '2024-12-20'],
    ['4 November 2024, its seven weeks at the Academy', '2024-11-04', 7, '2024-12-20'],
    ['4 November 2024, into the spring term', '2024-11-04', 10, '2025-01-24'],
    ['27 January 2025', '2025-01-27', 10, '2025-04-11'],
    ['6 May 2025, a Tuesday after a bank holiday', '2025-05-06', 10, '2025-07-18'],
  ])('from %s', (_, start, weeks, end) => {
    expect(schoolWeekEnd(start, weeks, calendarOf2024)).toBe(end);
    expect(endOf(placementDates(start, weeks, { withinTerm: false }, calendarOf2024))).toBe(end);
  });
});

describe('Flourish lasts 12 school weeks within its term (C8)', () => {
  test('of 13 January 2025 it ends with the term', () => {
    expect(endOf(placementDates('2025-01-13', 12, { withinTerm: true }, calendarOf2024))).toBe('2025-04-11');
  });

  test('of 28 April 2025 it would run on beyond Monday 21 July and is clipped to that last day of term', () => {
    expect(endOf(placementDates('2025-04-28', 12, { withinTerm: true }, calendarOf2024))).toBe('2025-07-21');
    expect(endOf(placementDates('2025-04-28', 12, { withinTerm: true }, twoYears))).toBe('2025-07-21');
  });

  test('begun late it is clipped where an unclipped placement goes on into the next term', () => {
    expect(endOf(placementDates('2025-05-12', 12, { withinTerm: true }, twoYears))).toBe('2025-07-21');
    expect(endOf(placementDates('2025-05-12', 12, { withinTerm: false }, twoYears))).toBe('2025-09-12');
    expect(endOf(placementDates('2024-11-04', 10, { withinTerm: true }, calendarOf2024))).toBe('2024-12-20');
  });

  test('ends with the term even where the next terms are not known, and nowhere when its own is not', () => {
    expect(endOf(placementDates('2025-05-12', 12, { withinTerm: true }, calendarOf2024))).toBe('2025-07-21');
    expect(endOf(placementDates('2025-05-12', 12, { withinTerm: false }, calendarOf2024))).toBeNull();
    expect(endOf(placementDates('2025-09-15', 12, { withinTerm: true }, calendarOf2024))).toBeNull();
  });
});

describe('school weeks', () => {
  test('begin with the week of the start, or the first with school after it', () => {
    expect(schoolWeekEnd('2024-10-10', 1, calendarOf2024)).toBe('2024-10-11');
    expect(schoolWeekEnd('2024-10-26', 1, calendarOf2024)).toBe('2024-11-08');
    expect(schoolWeekEnd('2024-12-21', 1, calendarOf2024)).toBe('2025-01-10');
    expect(schoolWeekEnd('2025-07-21', 1, calendarOf2024)).toBe('2025-07-21');
    expect(schoolWeekEnd('2025-07-21', 2, twoYears)).toBe('2025-09-05');
    expect(() => schoolWeekEnd('2025-07-21', 0, calendarOf2024)).toThrow(/from 1/);
  });

  test('are counted as one counts them on the wall: the n-th week with school left in it', () => {
    fc.assert(
      fc.property(daysOfTheYear, fc.integer({ min: 1, max: 40 }), (start, n) => {
        const left = schoolDays.filter((day) => day >= start);
        const week = [...new Set(left.map(weekOf))][n - 1];
        expect(schoolWeekEnd(start, n, calendarOf2024)).toBe(left.findLast((day) => weekOf(day) === week) ?? null);
      }),
    );
  });
});

describe('a placement is reviewed every half term (A1)', () => {
  const due = (start: string, end: string, lastReview: string | null = null) =>
    nextReviewDue(calendarOf2024, { start, end, lastReview });

  test('first by the last school day of the half-term it starts in', () => {
    expect(due('2025-01-13', '2025-04-11')).toBe('2025-02-14');
    expect(due('2024-09-16', '2024-12-06')).toBe('2024-10-25');
  });

  test('then by the last school day of the next half-term, or the end', () => {
    expect(due('2025-01-13', '2025-04-11', '2025-02-12')).toBe('2025-04-11');
    expect(due('2024-11-04', '2025-01-24', '2024-12-18')).toBe('2025-01-24');
    expect(due('2024-09-16', '2025-07-18', '2024-12-18')).toBe('2025-02-14');
  });

  test('and no more once one was held in the half-term of the end', () => {
    expect(due('2025-01-13', '2025-04-11', '2025-03-20')).toBeNull();
    expect(due('2025-01-13', '2025-04-11', '2025-04-11')).toBeNull();
    expect(due('2025-01-13', '2025-04-11', '2025-04-15')).toBeNull();
  });

  test('a review held late, in the holiday, answers for the half-term that has ended', () => {
    expect(due('2024-09-16', '2025-07-18', '2024-10-30')).toBe('2024-12-20');
  });

  test('a start with fewer than 10 school days left is first reviewed in the next half-term', () => {
    expect(due('2024-10-14', '2024-12-20')).toBe('2024-10-25'); // 10 school days: 14 to 25 October
    expect(due('2024-10-15', '2024-12-20')).toBe('2024-12-20'); // 9
    expect(due('2025-05-12', '2025-07-18')).toBe('2025-05-23'); // 10, the bank holiday is before it
    expect(due('2025-05-13', '2025-07-18')).toBe('2025-07-18');
    expect(due('2025-05-13', '2025-05-22')).toBe('2025-05-22'); // it ends before the next half-term
  });

  test('a start in a holiday counts from the half-term that follows', () => {
    expect(due('2024-10-28', '2025-02-14')).toBe('2024-12-20');
  });

  test('every 42 days where the terms are not known', () => {
    expect(nextReviewDue(noTerms, { start: '2025-01-13', end: '2025-04-11', lastReview: null })).toBe('2025-02-24');
    expect(nextReviewDue(noTerms, { start: '2025-01-13', end: '2025-04-11', lastReview: '2025-02-20' })).toBe('2025-04-03');
    expect(nextReviewDue(noTerms, { start: '2025-01-13', end: '2025-04-11', lastReview: '2025-04-03' })).toBe('2025-04-11');
    expect(nextReviewDue(noTerms, { start: '2025-01-13', end: '2025-04-11', lastReview: '2025-04-11' })).toBeNull();
    expect(due('2025-06-02', '2025-10-17', '2025-07-10')).toBe('2025-08-21'); // the next half-term is not known
    expect(due('2025-07-14', '2025-10-17')).toBe('2025-08-25');
  });

  test('reviews held on the day they are due go forward and end: one for each half-term that the placement runs in', () => {
    fc.assert(
      fc.property(daysOfTheYear, fc.integer({ min: 1, max: 322 }), (start, length) => {
        const end = addDays(start, length);
        fc.pre(end <= '2025-07-21');
        const held: string[] = [];
        for (let next = due(start, end); next !== null; next = due(start, end, next)) {
          expect(next > (held.at(-1) ?? '') && next >= start && next <= end).toBe(true);
          held.push(next);
        }
        const lasts = ['2024-10-25', '2024-12-20', '2025-02-14', '2025-04-11', '2025-05-23', '2025-07-21'];
        const firstIsShort =
          schoolDays.filter((day) => day >= start && day <= (lasts.find((last) => last >= start) ?? '')).length < 10;
        const within = lasts.filter((last) => last >= start && last <= end).slice(firstIsShort ? 1 : 0);
        expect(held.filter((day) => day !== end)).toEqual(within.filter((day) => day !== end));
      }),
      { numRuns: 500 },
    );
  });
});
