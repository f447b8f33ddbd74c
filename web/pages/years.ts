// Pages that show one academic year: which one, and the way to others.
import { HttpProblem } from '../../api/problems';
import { academicYearOf, firstYearOf, isAcademicYear, londonDay, type Instant } from '../../domain/calendar';
import type { Option } from '../forms/fields';
import { showFields } from '../forms/show';
import { html, type Html } from '../html';
import type { Asked } from '../page';
import { neighbours } from '../parts';
import { component } from '../parts/component';

/**
 * @returns the academic year of the address, `academicYear` in its path or query; that of today where it names none
 * @throws HttpProblem when it is none
 */
export function yearIn({ params, query, now }: Asked): string {
  const year = params['academicYear'] ?? query['academicYear'] ?? academicYearOf(londonDay(now));
  if (!isAcademicYear(year)) throw new HttpProblem('not-found', `There is no academic year ${year}.`);
  return year;
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

/** @returns the academic year of a time */
export function yearOf(now: Instant): string {
  return academicYearOf(londonDay(now));
}

/** @returns academic years around that of today, the latest first. @param ahead how many come after it */
export function yearsAround(now: Instant, ahead = 0): string[] {
  return Array.from({ length: 5 + ahead }, (_, back) => yearBeside(yearOf(now), ahead - back));
}

/** The year of a page, to be chosen. It stands in the address, so that it can be kept and sent to a colleague. */
export function yearForm(path: string, asked: Asked): Html {
  const options: Option[] = yearsAround(asked.now).map((value) => ({ value, title: value }));
  return html`<form method="get" action="${path}" class="cap-choose">
    ${showFields([{ kind: 'pick', name: 'academicYear', title: 'Academic year', options }], { posted: { academicYear: yearIn(asked) }, problems: [] })}
    ${component('button', { text: 'Show', classes: 'govuk-button--secondary' })}
  </form>`;
}
