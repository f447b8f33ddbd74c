// Pages that show one academic year: which one, and the way to those beside it.
import { HttpProblem } from '../../api/problems';
import { academicYearOf, firstYearOf, londonDay } from '../../domain/calendar';
import type { Html } from '../html';
import type { Asked } from '../page';
import { neighbours } from '../parts';

/**
 * @returns the academic year of the address, `academicYear` in its path or query; that of today where it names none
 * @throws HttpProblem when it is none
 */
export function yearIn({ params, query, now }: Asked): string {
  const year = params['academicYear'] ?? query['academicYear'] ?? academicYearOf(londonDay(now));
  try {
    firstYearOf(year);
    return year;
  } catch {
    throw new HttpProblem('not-found', `There is no academic year ${year}.`);
  }
}

/** @returns the academic year so many years later, or earlier when negative */
export function yearBeside(year: string, years: number): string {
  return academicYearOf(`${String(firstYearOf(year) + years)}-09-01`);
}

/** @param path of a page that takes `academicYear` in its query */
export function yearsBeside(path: string, year: string): Html {
  const to = (text: string) => ({ href: `${path}?academicYear=${text}`, text });
  return neighbours('Other years', to(yearBeside(year, -1)), to(yearBeside(year, 1)));
}
