// Working days: Monday to Friday less England's bank holidays and the council's closures.
import { addDays, daysBetween, weekday } from './isoDates';
import { endOfLondonDay } from './london';
import type { Calendar, Instant, IsoDate } from './types';

/** Working days within which every panel outcome reaches the school (R71). */
const OUTCOME_WORKING_DAYS = 3;

/**
 * Says whether the council works on that day.
 * @throws RangeError when `date` is not a day
 */
export function isWorkingDay(date: IsoDate, calendar: Calendar): boolean {
  return weekday(date) <= 5 && !calendar.closures.has(date);
}

/**
 * The n-th working day after a day, which itself does not count; before it when `n` is negative; for 0 the day itself, working or not.
 * @param n a whole number of working days
 * @throws RangeError when `date` is not a day or `n` not a whole number
 */
export function addWorkingDays(date: IsoDate, n: number, calendar: Calendar): IsoDate {
  if (!Number.isInteger(n)) throw new RangeError(`${String(n)} is not a whole number of working days`);
  const step = n < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(n); left > 0;) {
    day = addDays(day, step);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}

/** @returns the day itself where it is a working day, else the first one after it. @throws RangeError when `date` is not a day */
export function workingDayFrom(date: IsoDate, calendar: Calendar): IsoDate {
  return isWorkingDay(date, calendar) ? date : addWorkingDays(date, 1, calendar);
}

/**
 * How many working days come after a day up to another one, that one included; 0 when it is the same day or lies before.
 * @throws RangeError when one of them is not a day
 */
export function workingDaysUntil(from: IsoDate, to: IsoDate, calendar: Calendar): number {
  const days = daysBetween(from, to);
  if (days <= 0) return 0;
  // Whole weeks have five each; of what is left over, each day is looked at, and so is each day on which the council is closed.
  const last = weekday(to);
  const leftOver = Array.from({ length: days % 7 }, (_, before) => ((last - 1 - before + 7) % 7) + 1);
  const weekdays = Math.floor(days / 7) * 5 + leftOver.filter((day) => day <= 5).length;
  const closed = [...calendar.closures.keys()].filter((day) => day > from && day <= to && weekday(day) <= 5);
  return weekdays - closed.length;
}

/**
 * When the outcome of a panel must have reached the school by e-mail: the end of the London day 3 working days after the day of
 * the meeting, or of the decision when no panel met (R71).
 * @throws RangeError when `meetingDay` is not a day
 */
export function outcomeDue(meetingDay: IsoDate, calendar: Calendar): Instant {
  return endOfLondonDay(addWorkingDays(meetingDay, OUTCOME_WORKING_DAYS, calendar));
}
