// Academic years to choose from.
import { academicYearOf, firstYearOf, londonDay, type Instant } from '../../domain/calendar';
import type { Option } from '../forms/fields';
import { showFields } from '../forms/show';
import { html, type Html } from '../html';
import { component } from '../parts/component';
import type { Asked } from '../page';

/** @returns the academic year of a time */
export function yearOf(now: Instant): string {
  return academicYearOf(londonDay(now));
}

/** @returns academic years around that of today, the latest first. @param ahead how many come after it */
export function yearsAround(now: Instant, ahead = 0): string[] {
  const first = firstYearOf(yearOf(now));
  return Array.from({ length: 5 + ahead }, (_, back) => first + ahead - back).map(
    (year) => `${String(year)}-${String((year + 1) % 100).padStart(2, '0')}`,
  );
}

/** @returns the year that the address of a page names, or that of today */
export function yearAsked({ query, now }: Asked): string {
  return query['year'] ?? yearOf(now);
}

/** The year of a page, to be chosen. It stands in the address, so that it can be kept and sent to a colleague. */
export function yearForm(path: string, asked: Asked): Html {
  const options: Option[] = yearsAround(asked.now).map((value) => ({ value, title: value }));
  return html`<form method="get" action="${path}" class="cap-choose">
    ${showFields([{ kind: 'pick', name: 'year', title: 'Academic year', options }], { posted: { year: yearAsked(asked) }, problems: [] })}
    ${component('button', { text: 'Show', classes: 'govuk-button--secondary' })}
  </form>`;
}
