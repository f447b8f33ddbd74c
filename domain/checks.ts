// What CAP checks of a training provider, and until when each check holds (R103-R105). A lapsed check stops a new placement; those that run go on,
// and CAP is told.
import { academicYearOf, addDays, daysOfAcademicYear, formatDay, type IsoDate } from './calendar';
import type { Problem } from './problem';
import { refuse } from './refusal';
import type { Refusal } from './state';
import type { Host } from './words';

export const checkKinds = ['procurement', 'compliance-review', 'safeguarding-training'] as const;
export type CheckKind = (typeof checkKinds)[number];

export const checkTitles: Readonly<Record<CheckKind, string>> = {
  procurement: 'Procurement by the local authority (R103)',
  'compliance-review': 'Compliance review of the term (R104)',
  'safeguarding-training': 'Safeguarding training of the staff, this academic year (R105)',
};

/** The newest of a kind. */
export interface Check {
  readonly kind: CheckKind;
  readonly passed: IsoDate;
  /** The last day on which it holds. */
  readonly expires: IsoDate;
}

/**
 * @returns why a check cannot be recorded so: it holds from the day on which it was passed, and what is confirmed each academic year holds to the
 *   end of one (R105). That of the coming year is confirmed from July on
 */
export function checkProblem({ kind, passed, expires }: Check): Problem | null {
  if (expires < passed) {
    return { field: 'expires', rule: 'R104', message: 'A check holds from the day on which it was passed.' };
  }
  const year = academicYearOf(addDays(passed, daysAhead));
  const { until } = daysOfAcademicYear(year);
  if (kind !== 'safeguarding-training' || expires <= until) return null;
  const message = `It is confirmed for one academic year: passed on ${formatDay(passed)}, it holds until ${formatDay(until)} at most.`;
  return { field: 'expires', rule: 'R105', message };
}

/** Days from the first of July to the first of September. */
const daysAhead = 62;

/**
 * @param checks the newest of each kind; a kind of which nothing is kept here does not lapse
 * @returns those that do not hold on a day any more
 */
export function lapsedOn(checks: readonly Check[], day: IsoDate): Check[] {
  return checks.filter(({ expires }) => expires < day);
}

/**
 * @param otherwise what is done where there is no new check
 * @returns why no new placement goes to a host on a day; null when nothing of it has lapsed by then
 */
export function lapsedCheck(
  host: Host,
  checks: readonly Check[],
  day: IsoDate,
  field: string,
  otherwise = 'finds another host',
): Refusal | null {
  const [lapsed] = lapsedOn(checks, day);
  if (!lapsed) return null;
  const message = `${host}: ${checkTitles[lapsed.kind]} holds until ${formatDay(lapsed.expires)} only. CAP records the new check first, or ${otherwise}.`;
  return refuse('wrong-value', 'R104', message, field);
}
