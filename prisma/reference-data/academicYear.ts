// What one academic year brings into the database before anybody edits it.
import { academicYearOf, bankHolidays, type Cohort, type Cycle, type HalfTerm, type IsoDate } from '../../domain/calendar';

/** The rows of one academic year. */
export interface AcademicYear {
  /** `2024-25` */
  readonly academicYear: string;
  /** Made up for the embedded stack, and to be shown as such. */
  readonly fictitious: boolean;
  readonly halfTerms: readonly HalfTerm[];
  /** Days on which the council does not work. */
  readonly closures: readonly IsoDate[];
  readonly cycles: readonly Cycle[];
  /** The cohorts that the year's cycles fill, and those of the year that were filled before it (C17). */
  readonly cohorts: readonly Cohort[];
  /** What somebody should look at, one sentence each. */
  readonly warnings: readonly string[];
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
 * The bank holidays of an academic year, 1 September to 31 August.
 * @throws RangeError when the text is not an academic year, or is one before 2020-21
 */
export function bankHolidaysOf(academicYear: string): IsoDate[] {
  const first = firstYearOf(academicYear);
  return [...bankHolidays(first), ...bankHolidays(first + 1)].filter((date) => academicYearOf(date) === academicYear);
}
