// London wall-clock time by the rule of the law, so that it is the same in every process and needs no time-zone data.
import { addDays, isDayOfCentury, isIsoDate, weekday } from './isoDates';
import type { Instant, IsoDate } from './types';

const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;
const MARCH = 2;
const OCTOBER = 9;

/** English names, Monday first. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** English names, January first. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Says whether the text is an instant as the engine writes it: UTC with milliseconds, `2024-12-19T10:00:00.000Z`. */
export function isInstant(text: string): boolean {
  return isWrittenSo(text, Date.parse(text));
}

function isWrittenSo(text: string, ms: number): boolean {
  return text.length === 24 && !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

/** Date, time, parts of a second, offset. */
const WRITTEN = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3])(?::[0-5]\d){2})(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * Reads an instant in any form of RFC 3339: any offset, with or without parts of a second, of which a thousandth is kept.
 * @returns it in UTC with milliseconds, as everything here is written; null when it is none, or not of the years 2000 to 2099
 */
export function readInstant(text: string): Instant | null {
  const [, date = '', time = '', parts = '', offset = ''] = WRITTEN.exec(text) ?? [];
  if (!isIsoDate(date)) return null;
  const milliseconds = parts.slice(1, 4).padEnd(3, '0');
  const instant = new Date(Date.parse(`${date}T${time}.${milliseconds}${offset.toUpperCase()}`)).toISOString();
  return isDayOfCentury(instant.slice(0, 10)) ? instant : null;
}

function msOf(instant: Instant): number {
  const ms = Date.parse(instant);
  if (isWrittenSo(instant, ms)) return ms;
  throw new RangeError(`"${instant}" is not an instant: write it in UTC as 2024-12-19T10:00:00.000Z`);
}

/** When the clocks change in March or October, both of 31 days: 01:00 UTC on the last Sunday; milliseconds since 1970. */
function clockChange(year: number, month: number): number {
  const lastDay = Date.UTC(year, month, 31, 1);
  return lastDay - new Date(lastDay).getUTCDay() * MS_PER_DAY;
}

function isSummerTime(ms: number): boolean {
  const at = new Date(ms);
  const month = at.getUTCMonth();
  if (month !== MARCH && month !== OCTOBER) return month > MARCH && month < OCTOBER;
  const change = clockChange(at.getUTCFullYear(), month);
  return month === MARCH ? ms >= change : ms < change;
}

/** The London wall clock at an instant, as if it were UTC. */
function wallClock(instant: Instant): string {
  const ms = msOf(instant);
  return new Date(isSummerTime(ms) ? ms + MS_PER_HOUR : ms).toISOString();
}

/**
 * The London day on which an instant falls. Right from 1996, when the present rule for summer time began.
 * @throws RangeError when `instant` is not UTC with milliseconds
 */
export function londonDay(instant: Instant): IsoDate {
  return wallClock(instant).slice(0, 10);
}

/**
 * The instant at which a London clock shows that time on that day. In the hour that the clocks skip in March, the hour
 * after it; in the hour that they repeat in October, the first of the two.
 * @param time `09:00`, 24 hours
 * @throws RangeError when `date` is not a day or `time` not a time
 */
export function londonTime(date: IsoDate, time: string): Instant {
  const asUtc = `${date}T${time}:00.000Z`;
  if (!isIsoDate(date) || !isInstant(asUtc))
    throw new RangeError(`"${date} ${time}" is not a day and time: write 2024-12-19 and 09:00`);
  const ms = Date.parse(asUtc);
  return new Date(isSummerTime(ms - MS_PER_HOUR) ? ms - MS_PER_HOUR : ms).toISOString();
}

/** @returns the time of day in London, as people type it: `09:30`. */
export function londonClock(instant: Instant): string {
  return wallClock(instant).slice(11, 16);
}

/**
 * The first instant of a London day.
 * @throws RangeError when `date` is not a day
 */
export function startOfLondonDay(date: IsoDate): Instant {
  return londonTime(date, '00:00');
}

/**
 * The last millisecond of a London day: a deadline "by the end of the day" is met up to and including it.
 * @throws RangeError when `date` is not a day
 */
export function endOfLondonDay(date: IsoDate): Instant {
  return new Date(Date.parse(startOfLondonDay(addDays(date, 1))) - 1).toISOString();
}

/**
 * A day for people: `Thursday 19 December 2024`.
 * @throws RangeError when `date` is not a day
 */
export function formatDay(date: IsoDate): string {
  const weekdayName = WEEKDAYS[weekday(date) - 1] ?? '';
  const monthName = MONTHS[Number(date.slice(5, 7)) - 1] ?? '';
  return `${weekdayName} ${String(Number(date.slice(8)))} ${monthName} ${date.slice(0, 4)}`;
}

/**
 * An instant for people, in London: `Thursday 19 December 2024 at 10:00am`; noon is `midday`, the day's start `midnight`.
 * @throws RangeError when `instant` is not UTC with milliseconds
 */
export function formatLondon(instant: Instant): string {
  const clock = wallClock(instant);
  const hour = Number(clock.slice(11, 13));
  const minute = clock.slice(14, 16);
  const time =
    minute === '00' && hour % 12 === 0
      ? hour === 0
        ? 'midnight'
        : 'midday'
      : `${String(hour % 12 === 0 ? 12 : hour % 12)}:${minute}${hour < 12 ? 'am' : 'pm'}`;
  return `${formatDay(clock.slice(0, 10))} at ${time}`;
}
