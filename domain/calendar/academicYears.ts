// Academic years by their name, `2024-25`, and the bank holidays in them.
import { bankHolidays } from './bankHolidays';
import { academicYearOf } from './schoolWeeks';
import type { IsoDate } from './types';

/** Says whether the text is an academic year of this century, which are those that people may write: all of its days are days of it. */
export function isAcademicYear(text: string): boolean {
  return /^20\d{2}-\d{2}$/.test(text) && text !== '2099-00' && academicYearOf(`${text.slice(0, 4)}-09-01`) === text;
}

/**
 * The calendar year in which an academic year begins: 2024 for `2024-25`.
 * @throws RangeError when the text is not an academic year
 */
export function firstYearOf(academicYear: string): number {
  const first = Number(academicYear.slice(0, 4));
  if (!/^\d{4}-\d{2}$/.test(academicYear) || academicYearOf(`${String(first)}-09-01`) !== academicYear) {
    throw new RangeError(`"${academicYear}" is not an academic year: write it as 2024-25`);
  }
  return first;
}

/**
 * @returns its first and its last day: 1 September to 31 August
 * @throws RangeError when the text is not an academic year
 */
export function daysOfAcademicYear(academicYear: string): { readonly from: IsoDate; readonly until: IsoDate } {
  const first = firstYearOf(academicYear);
  return { from: `${String(first)}-09-01`, until: `${String(first + 1)}-08-31` };
}

/**
 * @param academicYear of a placement
 * @returns the first day of the second academic year before it: what is dated earlier is a mistyped year, or says nothing of it any more. Ours
 * @throws RangeError when the text is not an academic year
 */
export function earliestToWrite(academicYear: string): IsoDate {
  return `${String(firstYearOf(academicYear) - 2)}-09-01`;
}

/**
 * The bank holidays of an academic year, 1 September to 31 August.
 * @throws RangeError when the text is not an academic year, or is one before 2020-21
 */
export function bankHolidaysOf(academicYear: string): IsoDate[] {
  const first = firstYearOf(academicYear);
  return [...bankHolidays(first), ...bankHolidays(first + 1)].filter((date) => academicYearOf(date) === academicYear);
}
