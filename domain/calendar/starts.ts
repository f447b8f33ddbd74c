// Whether a placement may start on a day, and when it then ends: by the terms that are known, never guessed (A24).
import { halfTermBegunBy, isSchoolDay } from './halfTerms';
import { addDays, mondayOf, weekday } from './isoDates';
import { formatDay } from './london';
import { academicYearOf, lastDayOfTerm, schoolWeekEnd } from './schoolWeeks';
import type { Calendar, IsoDate } from './types';

/** Why a day cannot be; the sentence says what to do. */
export interface DayProblem {
  readonly rule: string;
  readonly message: string;
}

export interface PlacementDates {
  /** Its last school day. */
  readonly end: IsoDate;
  /** The school weeks that it has. */
  readonly weeks: number;
  /** Whether those are fewer than it should have, because its term ends (C8). */
  readonly clipped: boolean;
}

/**
 * Why a placement cannot start on a day: no school day, or beyond the terms that are known (A24).
 * @returns null when it can
 * @throws RangeError when `day` is not a day
 */
export function startProblem(day: IsoDate, calendar: Calendar): DayProblem | null {
  if (isSchoolDay(day, calendar)) return null;
  if (weekday(day) > 5) return refused(`${formatDay(day)} is a weekend: a placement starts on a school day.`, day, calendar);
  if (calendar.closures.has(day)) {
    return refused(`Schools are closed on ${formatDay(day)}: a placement starts on a school day.`, day, calendar);
  }
  if (halfTermBegunBy(day, calendar) !== null) {
    return refused(`${formatDay(day)} is in the school holidays: a placement starts on a school day.`, day, calendar);
  }
  return beyondTheTerms(`${formatDay(day)} is in no term that is known`);
}

/**
 * The days of a placement of so many school weeks. Flourish stays within the term of its start (C8), Refocus does not (C9).
 * @param weeks school weeks, 1 or more
 * @returns its end, or why it cannot start then: the start is no school day, or the terms that are known do not reach so far (A24)
 * @throws RangeError when `start` is not a day or `weeks` not a whole number from 1
 */
export function placementDates(
  start: IsoDate,
  weeks: number,
  { withinTerm }: { readonly withinTerm: boolean },
  calendar: Calendar,
): PlacementDates | DayProblem {
  const problem = startProblem(start, calendar);
  if (problem !== null) return problem;
  const end = schoolWeekEnd(start, weeks, calendar);
  const termEnd = withinTerm ? lastDayOfTerm(start, calendar) : null;
  if (termEnd !== null && (end === null || end > termEnd)) {
    return { end: termEnd, weeks: schoolWeeksFrom(start, termEnd, calendar), clipped: true };
  }
  return end === null
    ? beyondTheTerms(`The ${String(weeks)} school weeks from ${formatDay(start)} go beyond the terms that are known`)
    : { end, weeks, clipped: false };
}

/** How many school weeks there are from one day to another, both included: weeks with at least one school day among those days. */
export function schoolWeeksFrom(from: IsoDate, to: IsoDate, calendar: Calendar): number {
  const mondays = new Set<IsoDate>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (isSchoolDay(day, calendar)) mondays.add(mondayOf(day));
  }
  return mondays.size;
}

/**
 * The day that lies so many school days before a school day, as a notice counts them.
 * @returns where the terms are not known so far back, as many days before
 */
export function schoolDaysBefore(day: IsoDate, count: number, calendar: Calendar): IsoDate {
  let left = count;
  for (let before = addDays(day, -1); before > addDays(day, -90); before = addDays(before, -1)) {
    if (isSchoolDay(before, calendar)) left -= 1;
    if (left === 0) return before;
  }
  return addDays(day, -count);
}

function refused(message: string, day: IsoDate, calendar: Calendar): DayProblem {
  const next = schoolDayFrom(addDays(day, 1), calendar);
  return { rule: 'A24', message: next === null ? message : `${message} The next one is ${formatDay(next)}.` };
}

function beyondTheTerms(what: string): DayProblem {
  return { rule: 'A24', message: `${what}: CAP enters the terms first, or choose a day in a known term.` };
}

/**
 * The academic year in which a placement begins that has not begun: that of its cohort, else of the first school day from today on, so
 * that in the summer holidays it is the coming year.
 * @param cohort the day on which its cohort starts; null: it is of none
 * @param today where the terms are not known, its year
 */
export function yearToStartIn(cohort: IsoDate | null, today: IsoDate, calendar: Calendar): string {
  const from = cohort !== null && cohort > today ? cohort : today;
  return academicYearOf(schoolDayFrom(from, calendar) ?? from);
}

/** The first school day from a day on, that day included; null when the terms that are known do not reach so far. */
export function schoolDayFrom(from: IsoDate, calendar: Calendar): IsoDate | null {
  for (let day = from; halfTermBegunBy(day, calendar) !== null; day = addDays(day, 1)) {
    if (isSchoolDay(day, calendar)) return day;
  }
  return null;
}
