// Where a day stands among the half-terms that are known. A gap in the rows is unknown, never a long holiday.
import { addDays } from './isoDates';
import { terms, type Calendar, type HalfTerm, type IsoDate } from './types';
import { isWorkingDay } from './workingDays';

/** Counts half-terms through the years, so that each is one more than the one before it. */
function ordinal(halfTerm: HalfTerm): number {
  return Number(halfTerm.academicYear.slice(0, 4)) * 6 + terms.indexOf(halfTerm.term) * 2 + halfTerm.half;
}

/** The half-term after this one, or null when its row is not there. */
export function following(halfTerm: HalfTerm, calendar: Calendar): HalfTerm | null {
  return calendar.halfTerms.find((other) => ordinal(other) === ordinal(halfTerm) + 1) ?? null;
}

/** The half-term that holds the day or, in a holiday, the one that has just ended; null when the terms of that day are not known. */
export function halfTermBegunBy(date: IsoDate, calendar: Calendar): HalfTerm | null {
  const begun = calendar.halfTerms.findLast((halfTerm) => halfTerm.firstDay <= date);
  if (begun === undefined) return null;
  return date <= begun.lastDay || following(begun, calendar) !== null ? begun : null;
}

/** The half-term that holds the day or, in a holiday, the coming one; null when the terms of that day are not known. */
export function halfTermEndingFrom(date: IsoDate, calendar: Calendar): HalfTerm | null {
  const begun = halfTermBegunBy(date, calendar);
  return begun === null || date <= begun.lastDay ? begun : following(begun, calendar);
}

/**
 * Says whether schools are open: a working day within a half-term.
 * @throws RangeError when `date` is not a day
 */
export function isSchoolDay(date: IsoDate, calendar: Calendar): boolean {
  return isWorkingDay(date, calendar) && calendar.halfTerms.some(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay);
}

/** School days of a half-term from a day on, that day included, in order. */
export function schoolDaysFrom(from: IsoDate, halfTerm: HalfTerm, calendar: Calendar): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = from < halfTerm.firstDay ? halfTerm.firstDay : from; day <= halfTerm.lastDay; day = addDays(day, 1)) {
    if (isSchoolDay(day, calendar)) days.push(day);
  }
  return days;
}

/** The last day of a half-term on which schools are open. */
export function lastSchoolDayOf(halfTerm: HalfTerm, calendar: Calendar): IsoDate {
  return schoolDaysFrom(halfTerm.firstDay, halfTerm, calendar).at(-1) ?? halfTerm.lastDay;
}

/** Longer than any holiday. */
const longestHoliday = 60;

/**
 * @param towards 1: later; -1: earlier
 * @returns the next school day beside a day; null where none is known within the longest holiday
 * @throws RangeError when `date` is not a day
 */
export function nearestSchoolDay(date: IsoDate, towards: 1 | -1, calendar: Calendar): IsoDate | null {
  for (let away = 1; away <= longestHoliday; away += 1) {
    const day = addDays(date, away * towards);
    if (isSchoolDay(day, calendar)) return day;
  }
  return null;
}
