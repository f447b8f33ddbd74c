// School terms and school weeks: how long a placement lasts. "Week" in CAP's documents is a school week, holidays do not count (C8, C9).
import { halfTermBegunBy, halfTermEndingFrom, isSchoolDay, lastSchoolDayOf, schoolDaysFrom } from './halfTerms';
import { addDays, isIsoDate, mondayOf, weekday } from './isoDates';
import type { Calendar, HalfTerm, IsoDate, Term } from './types';

/**
 * The academic year of a day, `2024-25`, from 1 September to 31 August.
 * @throws RangeError when `date` is not a day
 */
export function academicYearOf(date: IsoDate): string {
  if (!isIsoDate(date)) throw new RangeError(`"${date}" is not a day: write one that exists as 2024-12-19`);
  const year = Number(date.slice(0, 4));
  const first = date.slice(5) >= '09-01' ? year : year - 1;
  return `${String(first)}-${String((first + 1) % 100).padStart(2, '0')}`;
}

/**
 * The term of a day. The holiday between two halves of a term belongs to that term; the holiday between two terms, the weekend
 * before it included, belongs to the coming one, so that a late-August day may be in the next academic year's autumn.
 * @returns null when the terms around that day are not known
 */
export function termOf(date: IsoDate, calendar: Calendar): { academicYear: string; term: Term } | null {
  const halfTerm = halfTermEndingFrom(date, calendar);
  return halfTerm && { academicYear: halfTerm.academicYear, term: halfTerm.term };
}

/**
 * The last school day of the term that a day belongs to, as `termOf` has it.
 * @returns null when the term or its second half is not known
 */
export function lastDayOfTerm(date: IsoDate, calendar: Calendar): IsoDate | null {
  const within = termOf(date, calendar);
  if (within === null) return null;
  const second = calendar.halfTerms.find(
    ({ academicYear, term, half }) => academicYear === within.academicYear && term === within.term && half === 2,
  );
  return second === undefined ? null : lastSchoolDayOf(second, calendar);
}

/**
 * The last school day of the n-th school week from a start (C8, C9). A week counts when it has at least one school day on or after the
 * start, so week 1 is the week of the start, or the first with school after it.
 * @param n school weeks, 1 or more
 * @returns null when the terms that are known do not reach so far
 * @throws RangeError when `start` is not a day or `n` not a whole number from 1
 */
export function schoolWeekEnd(start: IsoDate, n: number, calendar: Calendar): IsoDate | null {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`${String(n)} is not a number of school weeks: give a whole number from 1`);
  let counted = 0;
  for (let from = start; halfTermBegunBy(from, calendar) !== null; from = addDays(mondayOf(from), 7)) {
    const last = lastSchoolDayOfWeek(from, calendar);
    if (last !== undefined) counted += 1;
    if (last !== undefined && counted === n) return last;
  }
  return null;
}

/** The last school day of the week of `from`, if one is left in it. */
function lastSchoolDayOfWeek(from: IsoDate, calendar: Calendar): IsoDate | undefined {
  const days = Array.from({ length: 8 - weekday(from) }, (_, after) => addDays(from, after));
  return days.findLast((day) => isSchoolDay(day, calendar));
}

/** @returns the first school day of each school week of some half-terms, in order. */
export function firstDaysOfWeeks(halves: readonly HalfTerm[], calendar: Calendar): IsoDate[] {
  const firsts = new Map<IsoDate, IsoDate>();
  for (const half of halves) {
    for (const day of schoolDaysFrom(half.firstDay, half, calendar)) {
      if (!firsts.has(mondayOf(day))) firsts.set(mondayOf(day), day);
    }
  }
  return [...firsts.values()];
}
