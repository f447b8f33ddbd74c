// The bank holidays of England and Wales, by rule, so that no year needs a table typed in.
import { addDays, weekday } from './isoDates';
import type { IsoDate } from './types';

const FIRST_YEAR = 2020;

/** What proclamations changed: days taken out of a year and days put in. */
const ONE_OFF: Readonly<Record<number, { out: readonly IsoDate[]; in: readonly IsoDate[] }>> = {
  2020: { out: ['2020-05-04'], in: ['2020-05-08'] }, // 75 years of VE Day
  2022: { out: ['2022-05-30'], in: ['2022-06-02', '2022-06-03', '2022-09-19'] }, // Platinum Jubilee; funeral of Queen Elizabeth II
  2023: { out: [], in: ['2023-05-08'] }, // Coronation
};

/** Easter Sunday of a year in the Gregorian calendar (the anonymous computus of 1876). */
export function easterSunday(year: number): IsoDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const daysFrom21March = epact + toSunday - 7 * late + 1;
  return addDays(`${String(year)}-03-21`, daysFrom21March);
}

function firstMondayFrom(date: IsoDate): IsoDate {
  return addDays(date, (8 - weekday(date)) % 7);
}

/** A holiday that falls on a weekend moves to the next weekday that is not a holiday already. */
function observed(dates: readonly IsoDate[]): IsoDate[] {
  const taken = new Set(dates.filter((date) => weekday(date) <= 5));
  for (const date of dates.filter((other) => weekday(other) > 5)) {
    let day = date;
    while (weekday(day) > 5 || taken.has(day)) day = addDays(day, 1);
    taken.add(day);
  }
  return [...taken];
}

/**
 * The days that banks and the council are closed by law in England and Wales, weekends left out, in order. Knows the one-off days
 * proclaimed up to 2026; a later one is a closure that staff add.
 * @param year from 2020
 * @throws RangeError for an earlier year, whose one-off days are not here
 */
export function bankHolidays(year: number): IsoDate[] {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > 9999) {
    throw new RangeError(`Bank holidays are known from ${String(FIRST_YEAR)}, not for ${String(year)}`);
  }
  const on = (monthAndDay: string): IsoDate => `${String(year)}-${monthAndDay}`;
  const easter = easterSunday(year);
  const byRule = [
    ...observed([on('01-01')]),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMondayFrom(on('05-01')),
    firstMondayFrom(on('05-25')),
    firstMondayFrom(on('08-25')),
    ...observed([on('12-25'), on('12-26')]),
  ];
  const change = ONE_OFF[year] ?? { out: [], in: [] };
  return [...byRule.filter((date) => !change.out.includes(date)), ...change.in].sort();
}
