// The programmes there are, and which value a case is pinned to.
import { academicYearOf, londonDay, terms, type Instant, type IsoDate, type Term } from '../calendar';
import { keyOf, type Programme } from '../programme';
import type { ProgrammeCode, ProgrammeKey } from '../words';
import * as listed from './listed';

/** Every value, in the order in which people read programmes: by tier, then by title, the earlier year first. */
export const programmes: readonly Programme[] = Object.values(listed).sort(
  (a, b) => a.tier - b.tier || a.title.localeCompare(b.title) || a.year.localeCompare(b.year),
);

/** The code of each programme, in that order. */
export const programmeCodes: readonly ProgrammeCode[] = [...new Set(programmes.map(({ code }) => code))];

const byKey = new Map<string, Programme>(programmes.map((programme) => [keyOf(programme), programme]));

/**
 * @returns the value that a case is pinned to.
 * @throws Error when no released programme has that key: a release must never drop one.
 */
export function programmeAt(key: ProgrammeKey): Programme {
  const found = byKey.get(key);
  if (!found) throw new Error(`No programme ${key}: a released programme must stay in domain/programmes`);
  return found;
}

/**
 * The academic year by which people know an application: that of its start, whichever values it goes by.
 * @param key the values that it goes by: those of a later year than its submission, where it is to start in the later one
 * @param start of the placement, else of its cohort; null while neither is known
 */
export function yearOfStart(key: ProgrammeKey, start: IsoDate | null, submitted: Instant): string {
  if (start !== null) return academicYearOf(start);
  const [ofSubmission, { year }] = [academicYearOf(londonDay(submitted)), programmeAt(key)];
  return year > ofSubmission ? year : ofSubmission;
}

/**
 * Which value an application is pinned to at submission (C6).
 * @param year academic year of the intended start, '2024-25'
 * @returns the value of that year, else the latest before it, which goes on until the year has its own, else the earliest there is
 */
export function programmeFor(code: ProgrammeCode, year: string): Programme {
  const years = programmes.filter((programme) => programme.code === code).sort((a, b) => a.year.localeCompare(b.year));
  const programme = years.filter((each) => each.year <= year).at(-1) ?? years[0];
  if (!programme) throw new Error(`No programme values for ${code}`);
  return programme;
}

/**
 * How many places there are in a term and in a year, which hold independently (R13, C12). Not of the value that a case is pinned to: a place is one of
 * the year of the start.
 */
export const limits: Partial<Readonly<Record<string, { readonly perTerm: number; readonly perYear: number }>>> = {
  refocus: { perTerm: 25, perYear: 75 },
};

/** @returns how many places an academic year has of each programme that has a limit: in each term, and in the year (R13) */
export function placesOfYear(
  academicYear: string,
): { programme: ProgrammeCode; academicYear: string; term: Term | 'year'; places: number }[] {
  return programmeCodes.flatMap((programme) => {
    const limit = limits[programme];
    if (!limit) return [];
    const ofTerms = terms.map((term) => ({ programme, academicYear, term, places: limit.perTerm }));
    return [...ofTerms, { programme, academicYear, term: 'year' as const, places: limit.perYear }];
  });
}
