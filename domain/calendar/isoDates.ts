// Arithmetic of ISO dates, without time zones: a day here is a square on the wall calendar.
import type { IsoDate } from './types';

const MS_PER_DAY = 86_400_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Says whether the text is a day that exists, written `2024-12-19`; 30 February is not one. */
export function isIsoDate(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  // Of a day that a month does not have, JavaScript makes one of the next month.
  return new Date(text).getUTCDate() === Number(text.slice(8));
}

/** Says whether the text is a day of the years 2000 to 2099, which are those that people may write. */
export function isDayOfCentury(text: string): boolean {
  return isIsoDate(text) && text.startsWith('20');
}

/** Days since 1 January 1970. */
function dayNumber(date: IsoDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  if (!isIsoDate(date)) throw new RangeError(`"${date}" is not a day: write one that exists as 2024-12-19`);
  return remember(numbers, date, Date.parse(`${date}T00:00:00.000Z`) / MS_PER_DAY);
}

/** The day of a number; null where it is not of the years 0000 to 9999. */
function dayOf(number: number): IsoDate | null {
  const known = dates.get(number);
  if (known !== undefined) return known;
  const date = new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
  return isIsoDate(date) ? remember(dates, number, date) : null;
}

/** Days that were counted with lately, and their numbers: they are the same few hundred over and over. */
const numbers = new Map<IsoDate, number>();
const dates = new Map<number, IsoDate>();
const mostKept = 4_000;

function remember<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value): Value {
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, value);
  return value;
}

/**
 * The day that many days later, or earlier when negative.
 * @param days a whole number of calendar days
 * @throws RangeError when `date` is not a day, or the result leaves the years 0000 to 9999
 */
export function addDays(date: IsoDate, days: number): IsoDate {
  const moved = dayOf(dayNumber(date) + days);
  if (moved === null) throw new RangeError(`${date} and ${String(days)} days leave the years 0000 to 9999`);
  return moved;
}

/**
 * Calendar days from one day to another; negative when `to` is earlier.
 * @throws RangeError when either is not a day
 */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The day of the week: 1 is Monday, 7 is Sunday.
 * @throws RangeError when `date` is not a day
 */
export function weekday(date: IsoDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/**
 * The Monday of the week (Monday to Sunday) that holds the day.
 * @throws RangeError when `date` is not a day
 */
export function mondayOf(date: IsoDate): IsoDate {
  return addDays(date, 1 - weekday(date));
}
