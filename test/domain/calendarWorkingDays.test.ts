// Bank holidays against an independent library, and the working days by which CAP's outcomes are due.
import Holidays from 'date-holidays';
import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  bankHolidays,
  easterSunday,
  isWorkingDay,
  londonDay,
  outcomeDue,
  workingDaysUntil,
} from '../../domain/calendar';
import { calendarOf2024 } from './calendarOf2024';

const years = Array.from({ length: 21 }, (_, index) => 2020 + index);
const everyYear = { closures: new Set(years.flatMap(bankHolidays)), halfTerms: [] };

const dayOfWeek = (date: string) => new Date(`${date}T00:00:00.000Z`).getUTCDay();
const isWeekend = (date: string) => [0, 6].includes(dayOfWeek(date));

const dates = fc
  .date({ min: new Date('2020-06-01'), max: new Date('2040-06-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('bank holidays of England', () => {
  // The library agrees in every year; it lists a holiday that falls on a weekend beside the weekday it moves to, which is left out here.
  test.each(years)('in %i are those of an independent library', (year) => {
    const found = new Holidays('GB', 'ENG').getHolidays(year).filter(({ type }) => type === 'public');
    const oracle = new Set(found.map(({ date }) => date.slice(0, 10)).filter((date) => !isWeekend(date)));
    expect(oracle.size).toBeGreaterThanOrEqual(8);
    expect(bankHolidays(year)).toEqual([...oracle].sort());
  });

  test('keep the days that were proclaimed once', () => {
    expect(bankHolidays(2020).filter((date) => date.startsWith('2020-05'))).toEqual(['2020-05-08', '2020-05-25']);
    expect(bankHolidays(2022).filter((date) => date > '2022-05-03')).toEqual([
      '2022-06-02',
      '2022-06-03',
      '2022-08-29',
      '2022-09-19',
      '2022-12-26',
      '2022-12-27',
    ]);
    expect(bankHolidays(2023)).toContain('2023-05-08');
  });

  test('that fall on a weekend move to the next free weekday', () => {
    expect(bankHolidays(2021).slice(-2)).toEqual(['2021-12-27', '2021-12-28']); // Christmas on a Saturday
    expect(bankHolidays(2022).slice(-2)).toEqual(['2022-12-26', '2022-12-27']); // Christmas on a Sunday
    expect(bankHolidays(2026).slice(-2)).toEqual(['2026-12-25', '2026-12-28']); // Boxing Day on a Saturday
    expect([2022, 2023].map((year) => bankHolidays(year)[0])).toEqual(['2022-01-03', '2023-01-02']);
  });

  test('follow Easter from its earliest to its latest day', () => {
    expect(easterSunday(1818)).toBe('1818-03-22');
    expect(easterSunday(2285)).toBe('2285-03-22');
    expect(easterSunday(2038)).toBe('2038-04-25');
    expect(easterSunday(2025)).toBe('2025-04-20');
    expect(easterSunday(2049)).toBe('2049-04-18'); // one of the years for which the computus needs its last correction
  });

  test('are refused for years whose one-off days are not known here', () => {
    expect(() => bankHolidays(2019)).toThrow(/known from 2020/);
    expect(() => bankHolidays(2024.5)).toThrow(RangeError);
  });
});

describe('an outcome is due by the end of the third working day (R71)', () => {
  test.each([
    ['Thursday 19 December 2024', '2024-12-19', '2024-12-24T23:59:59.999Z'],
    ['Tuesday 24 September 2024, in summer time', '2024-09-24', '2024-09-27T22:59:59.999Z'],
    ['Thursday 1 May 2025, over the bank holiday of 5 May', '2025-05-01', '2025-05-07T22:59:59.999Z'],
    ['Thursday 22 May 2025, over the bank holiday of 26 May', '2025-05-22', '2025-05-28T22:59:59.999Z'],
  ])('of a panel on %s', (_, meetingDay, due) => {
    expect(outcomeDue(meetingDay, calendarOf2024)).toBe(due);
  });

  test('and later when the council closes a day of its own', () => {
    const withClosure = { ...calendarOf2024, closures: new Set([...calendarOf2024.closures, '2024-12-23']) };
    expect(londonDay(outcomeDue('2024-12-19', withClosure))).toBe('2024-12-27');
  });
});

describe('counting working days', () => {
  test('does not count the day itself, which may be a weekend', () => {
    expect(addWorkingDays('2024-09-20', 1, calendarOf2024)).toBe('2024-09-23');
    expect(addWorkingDays('2024-09-21', 1, calendarOf2024)).toBe('2024-09-23');
    expect(addWorkingDays('2024-09-21', 0, calendarOf2024)).toBe('2024-09-21');
    expect(addWorkingDays('2024-09-24', -1, calendarOf2024)).toBe('2024-09-23');
    expect(addWorkingDays('2024-09-23', -1, calendarOf2024)).toBe('2024-09-20');
    expect(() => addWorkingDays('2024-09-24', 1.5, calendarOf2024)).toThrow(/whole number/);
  });

  test('never ends on a weekend or a closure, forward or back', () => {
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: -60, max: 60 }).filter((n) => n !== 0),
        (date, n) => {
          const day = addWorkingDays(date, n, everyYear);
          expect(isWeekend(day) || everyYear.closures.has(day)).toBe(false);
          expect(isWorkingDay(day, everyYear)).toBe(true);
        },
      ),
    );
  });

  test('passes exactly that many working days', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (date, n) => {
        const end = addWorkingDays(date, n, everyYear);
        let passed = 0;
        for (let day = addDays(date, 1); day <= end; day = addDays(day, 1)) {
          if (!isWeekend(day) && !everyYear.closures.has(day)) passed += 1;
        }
        expect(passed).toBe(n);
      }),
    );
  });

  test('are counted day by day up to a day, however far it lies ahead', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -10, max: 900 }), (date, later) => {
        const days = Array.from({ length: Math.max(0, later) }, (_, index) => addDays(date, index + 1));
        const working = days.filter((day) => isWorkingDay(day, everyYear)).length;
        expect(workingDaysUntil(date, addDays(date, later), everyYear)).toBe(working);
      }),
      { numRuns: 50 },
    );
  });

  test('never overtakes: a later day or a longer time never ends earlier', () => {
    fc.assert(
      fc.property(dates, fc.nat(20), fc.nat(30), fc.nat(10), (date, later, n, longer) => {
        const end = addWorkingDays(date, n, everyYear);
        expect(addWorkingDays(addDays(date, later), n, everyYear) >= end).toBe(true);
        expect(addWorkingDays(date, n + longer, everyYear) >= end).toBe(true);
      }),
    );
  });

  test('there and back again comes to the same working day', () => {
    fc.assert(
      fc.property(dates, fc.nat(40), (date, n) => {
        const start = addWorkingDays(date, 1, everyYear);
        expect(addWorkingDays(addWorkingDays(start, n, everyYear), -n, everyYear)).toBe(start);
      }),
    );
  });

  test('are as many until another day as are met when one goes there day by day', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -10, max: 400 }), (date, days) => {
        const to = addDays(date, days);
        const met = Array.from({ length: Math.max(days, 0) }, (_, after) => addDays(date, after + 1));
        const counted = met.filter((day) => isWorkingDay(day, everyYear)).length;
        expect(workingDaysUntil(date, to, everyYear)).toBe(counted);
      }),
    );
  });
});
