// The data that a fresh database starts with. Every row of it is one that staff may edit afterwards.
import { documentedYear } from './2024-25';
import type { AcademicYear } from './academicYear';
import { fictitiousYear } from './fictitiousYear';

export type { AcademicYear } from './academicYear';
export { coursesOf, organisations, sampleLeads, sampleSites, teamMailboxes, type Organisation } from './organisations';

/**
 * The rows of an academic year: as CAP's documents have them for 2024-25, made up for every other.
 * @param academicYear `2026-27`, from 2020-21
 * @throws RangeError when the text is not such an academic year
 */
export function referenceYear(academicYear: string): AcademicYear {
  return academicYear === documentedYear.academicYear ? documentedYear : fictitiousYear(academicYear);
}
