// The hours at which people meet a student, or meet about one.
import { addDays } from './isoDates';
import { formatDay, formatLondon, londonClock, londonDay } from './london';
import type { Calendar, Instant } from './types';
import { addWorkingDays, isWorkingDay } from './workingDays';

/** From when until when, in London. Ours: the documents say nothing of it, and an interview at 5am is a slip of the hand. */
const earliest = '07:00';
const latest = '20:00';
/** Who plans something for the next hour knows which day it is. */
const soon = 3_600_000;

/**
 * Says what is wrong with the hour of an interview or a meeting that somebody plans: it is to come, within a year, and in the daytime of
 * a working day, unless it is within the next hour.
 * @returns a sentence; null when people can meet then
 * @throws RangeError when `at` or `now` is not UTC with milliseconds
 */
export function whyNotMetAt(at: Instant, now: Instant, calendar: Calendar): string | null {
  const day = londonDay(at);
  // No farther than any calendar reaches: the days after it are counted too.
  if (at < now || day > addDays(londonDay(now), 366)) return 'Give a time to come, within a year.';
  if (Date.parse(at) - Date.parse(now) <= soon) return null;
  if (!isWorkingDay(day, calendar)) {
    return `${formatDay(day)} is no working day: the next is ${formatDay(addWorkingDays(day, 1, calendar))}.`;
  }
  const clock = londonClock(at);
  return clock >= earliest && clock <= latest ? null : `${formatLondon(at)} is not in the daytime: give a time from 7am to 8pm.`;
}
