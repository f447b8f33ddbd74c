// Days and London time, against the platform's own dates and time zones.
import fc from 'fast-check';
import {
  addDays,
  daysBetween,
  endOfLondonDay,
  formatDay,
  formatLondon,
  isInstant,
  isIsoDate,
  londonDay,
  londonTime,
  mondayOf,
  readInstant,
  startOfLondonDay,
  weekday,
} from '../../domain/calendar';

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** `2024-12-19 10:00` on a London clock, by the platform's time-zone data. */
function onLondonClock(instant: string): string {
  const parts = Object.fromEntries(london.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${String(parts.year)}-${String(parts.month)}-${String(parts.day)} ${String(parts.hour)}:${String(parts.minute)}`;
}

const instants = fc
  .date({ min: new Date('1996-01-01T00:00:00.000Z'), max: new Date('2037-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const dates = instants.map((instant) => instant.slice(0, 10));

describe('a day', () => {
  test('is one that exists, written year-month-day', () => {
    expect(['2024-12-19', '2024-02-29', '2000-02-29', '0001-01-01'].filter(isIsoDate)).toHaveLength(4);
    const wrong = ['2023-02-29', '1900-02-29', '2024-02-30', '2024-04-31', '2024-13-01', '2024-00-10', '2024-1-1', '19/12/2024'];
    expect([...wrong, '', ' 2024-12-19', '2024-12-19T00:00:00.000Z', '+002024-12-19', '2024-12-19\n'].filter(isIsoDate)).toEqual(
      [],
    );
  });

  test('moves over months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
    expect(addDays('2025-03-01', -1)).toBe('2025-02-28');
    expect(daysBetween('2024-02-01', '2024-03-01')).toBe(29);
    expect(daysBetween('2025-01-01', '2024-01-01')).toBe(-366);
  });

  test('has the weekday that the platform gives it, before 1970 too', () => {
    const any = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(any, (date) => {
        expect(weekday(date.toISOString().slice(0, 10)) % 7).toBe(date.getUTCDay());
      }),
    );
  });

  test('has its Monday at most six days before it', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(new Date(mondayOf(date)).getUTCDay()).toBe(1);
        expect(daysBetween(mondayOf(date), date)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(mondayOf(date), date)).toBeLessThanOrEqual(6);
      }),
    );
  });

  test('moved by some days is that many days away, also through a change of the clocks', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -2000, max: 2000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });

  test('that does not exist is refused by whoever counts with it', () => {
    expect(() => addDays('2025-02-29', 1)).toThrow(/"2025-02-29" is not a day/);
    expect(() => weekday('tomorrow')).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(/leave the years/);
  });

  test('is written for people with weekday and month in words', () => {
    expect(formatDay('2024-12-19')).toBe('Thursday 19 December 2024');
    expect(formatDay('2025-05-05')).toBe('Monday 5 May 2025');
    expect(formatDay('2025-06-24')).toBe('Tuesday 24 June 2025');
    expect(formatDay('2025-08-31')).toBe('Sunday 31 August 2025');
  });
});

describe('London time', () => {
  test('changes at 01:00 UTC on the last Sundays of March and October', () => {
    expect(londonDay('2025-03-30T00:59:59.999Z')).toBe('2025-03-30');
    expect(formatLondon('2025-03-30T00:59:59.999Z')).toBe('Sunday 30 March 2025 at 12:59am');
    expect(formatLondon('2025-03-30T01:00:00.000Z')).toBe('Sunday 30 March 2025 at 2:00am');
    expect(formatLondon('2025-10-26T00:59:00.000Z')).toBe('Sunday 26 October 2025 at 1:59am');
    expect(formatLondon('2025-10-26T01:00:00.000Z')).toBe('Sunday 26 October 2025 at 1:00am');
  });

  test('of a summer evening is already the next day', () => {
    expect(londonDay('2025-07-01T23:30:00.000Z')).toBe('2025-07-02');
    expect(londonDay('2025-01-01T23:30:00.000Z')).toBe('2025-01-01');
  });

  test('at any instant is the day and time that the time-zone data gives', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(londonDay(instant)).toBe(onLondonClock(instant).slice(0, 10));
      }),
      { numRuns: 2000 },
    );
  });

  test('in each hour around each change of the clocks is what the time-zone data gives, of two the first', () => {
    const firstAt = new Map<string, string>();
    for (let year = 1996; year <= 2037; year += 1) {
      for (const month of ['03', '10']) {
        const noon = Date.parse(`${String(year)}-${month}-24T12:00:00.000Z`);
        for (let hours = 0; hours < 24 * 8; hours += 1) {
          const instant = new Date(noon + hours * 3_600_000).toISOString();
          const clock = onLondonClock(instant);
          if (!firstAt.has(clock)) firstAt.set(clock, instant);
          expect(londonDay(instant)).toBe(clock.slice(0, 10));
        }
      }
    }
    for (const [clock, instant] of firstAt) expect(londonTime(clock.slice(0, 10), clock.slice(11))).toBe(instant);
  });

  test('goes round: the instant of a London time shows that time in London', () => {
    const times = fc.integer({ min: 2 * 60, max: 23 * 60 + 59 }).map((minute) => {
      const pad = (n: number) => String(n).padStart(2, '0');
      return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
    });
    fc.assert(
      fc.property(dates, times, (date, time) => {
        expect(onLondonClock(londonTime(date, time))).toBe(`${date} ${time}`);
      }),
      { numRuns: 1000 },
    );
  });

  test('that the clocks skip is an hour later, and that they repeat is the first', () => {
    expect(londonTime('2025-03-30', '01:30')).toBe('2025-03-30T01:30:00.000Z');
    expect(londonTime('2025-10-26', '01:30')).toBe('2025-10-26T00:30:00.000Z');
    expect(londonTime('2024-12-19', '09:00')).toBe('2024-12-19T09:00:00.000Z');
    expect(londonTime('2025-06-24', '09:00')).toBe('2025-06-24T08:00:00.000Z');
  });

  test('has days without gaps, of 24 hours but for one of 23 and one of 25 a year', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(onLondonClock(startOfLondonDay(date))).toBe(`${date} 00:00`);
        expect(onLondonClock(endOfLondonDay(date))).toBe(`${date} 23:59`);
        expect(Date.parse(startOfLondonDay(addDays(date, 1))) - Date.parse(endOfLondonDay(date))).toBe(1);
      }),
      { numRuns: 1000 },
    );
    const hoursOf = (date: string) => (Date.parse(endOfLondonDay(date)) + 1 - Date.parse(startOfLondonDay(date))) / 3_600_000;
    expect(['2025-03-29', '2025-03-30', '2025-10-25', '2025-10-26'].map(hoursOf)).toEqual([24, 23, 24, 25]);
  });

  test('is written for people by the twelve-hour clock, noon and midnight in words', () => {
    expect(formatLondon('2024-12-19T10:00:00.000Z')).toBe('Thursday 19 December 2024 at 10:00am');
    expect(formatLondon('2025-06-24T16:05:00.000Z')).toBe('Tuesday 24 June 2025 at 5:05pm');
    expect(formatLondon('2024-12-19T12:00:00.000Z')).toBe('Thursday 19 December 2024 at midday');
    expect(formatLondon('2024-12-19T12:30:00.000Z')).toBe('Thursday 19 December 2024 at 12:30pm');
    expect(formatLondon('2025-06-23T23:00:00.000Z')).toBe('Tuesday 24 June 2025 at midnight');
  });

  test('takes instants in UTC with milliseconds only, and times of 24 hours', () => {
    expect(isInstant('2024-12-19T10:00:00.000Z')).toBe(true);
    const wrong = [
      '2024-12-19',
      '2024-12-19T10:00:00Z',
      '2024-12-19T10:00:00.000+01:00',
      '2024-12-19T10:00',
      '+012024-12-19T10:00:00.000Z',
      '',
      'now',
    ];
    expect(wrong.filter(isInstant)).toEqual([]);
    expect(() => londonDay('2024-12-19T10:00:00Z')).toThrow(/is not an instant/);
    expect(() => londonTime('2024-12-19', '9:00')).toThrow(/not a day and time/);
    expect(() => londonTime('2024-12-19', '25:00')).toThrow(RangeError);
    expect(() => londonTime('2025-02-29', '09:00')).toThrow(RangeError);
  });
});

describe('an instant that somebody writes', () => {
  const ours = fc
    .date({ min: new Date('2000-01-02T00:00:00.000Z'), max: new Date('2099-12-30T00:00:00.000Z'), noInvalidDate: true })
    .map((date) => date.toISOString());

  test('is read in any form of RFC 3339: any offset, with or without parts of a second, in small letters', () => {
    const forms = fc.record({
      minutes: fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }),
      digits: fc.integer({ min: 0, max: 9 }),
      small: fc.boolean(),
    });
    fc.assert(
      fc.property(ours, forms, (utc, { minutes, digits, small }) => {
        const wall = new Date(Date.parse(utc) + minutes * 60_000).toISOString().slice(0, 19);
        const parts = digits === 0 ? '' : `.${utc.slice(20, 23).padEnd(9, '7').slice(0, digits)}`;
        const ahead = Math.abs(minutes);
        const hours = String(Math.floor(ahead / 60)).padStart(2, '0');
        const offset = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${hours}:${String(ahead % 60).padStart(2, '0')}`;
        const written = `${wall}${parts}${offset}`;
        const kept = `${utc.slice(0, 19)}.${parts.slice(1, 4).padEnd(3, '0')}Z`;
        expect(readInstant(small ? written.toLowerCase() : written)).toBe(kept);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['without a zone', '2025-01-13T09:30:00'],
    ['without seconds', '2025-01-13T09:30Z'],
    ['without a T', '2025-01-13 09:30:00Z'],
    ['on a day that there is not', '2025-02-29T09:30:00Z'],
    ['at an hour that there is not', '2025-01-13T24:00:00Z'],
    ['at a minute that there is not', '2025-01-13T09:60:00Z'],
    ['with an offset that there is not', '2025-01-13T09:30:00+24:00'],
    ['with a point and nothing behind it', '2025-01-13T09:30:00.Z'],
    ['before the year 2000', '1999-12-31T23:59:59.999Z'],
    ['after the year 2099', '2100-01-01T00:00:00Z'],
    ['that an offset takes before the year 2000', '2000-01-01T00:00:00+00:01'],
    ['of the year 10000', '+010000-01-01T00:00:00.000Z'],
    ['with something behind it', '2025-01-13T09:30:00Z '],
    ['which is nothing', ''],
  ])('%s is not one', (_what, text) => {
    expect(readInstant(text)).toBeNull();
  });
});
