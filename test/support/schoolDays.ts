// School days and working days from today on, by the terms that a fresh database has: a test on any day finds one.
import {
  academicYearOf,
  addDays,
  londonDay,
  schoolDayFrom,
  workingDayFrom,
  type Calendar,
  type IsoDate,
} from '../../domain/calendar';
import { sampleReferenceData } from '../../prisma/seed';

export const today = (): IsoDate => londonDay(new Date().toISOString());

/** The terms and closures that a database of today is seeded with. */
function seededCalendar(day: IsoDate): Calendar {
  const years = [...sampleReferenceData(day).years].sort((a, b) => a.academicYear.localeCompare(b.academicYear));
  return {
    closures: new Set(years.flatMap(({ closures }) => closures)),
    halfTerms: years.flatMap(({ halfTerms }) => halfTerms),
  };
}

/** @returns the first school day after that many days from `day`; the day itself counts for 0 days */
export function schoolDayAfter(days: number, day: IsoDate = today()): IsoDate {
  const found = schoolDayFrom(addDays(day, days), seededCalendar(today()));
  if (found === null) throw new Error(`No school day is known from ${day}, in ${academicYearOf(day)}`);
  return found;
}

/** @returns the first working day that comes that many days after `day`, or later: people meet on one */
export function workingDayAfter(days: number, day: IsoDate = today()): IsoDate {
  return workingDayFrom(addDays(day, days), seededCalendar(today()));
}
