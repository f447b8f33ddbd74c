// What CAP checks of a training provider, and until when each check holds (R103-R105). A lapsed check stops a new placement; those that run go on,
// and CAP is told.
import { academicYearOf, addDays, daysOfAcademicYear, formatDay, lastDayOfTerm, type Calendar, type IsoDate } from './calendar';
import type { Problem } from './problem';
import { refuse } from './refusal';
import type { Refusal } from './state';

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
 * @param calendar the terms: a compliance review is due in each of them
 * @param today the day on which it is recorded
 * @returns why a check cannot be recorded so: it is passed by then, and holds from the day on which it was passed; a compliance review to the end
 *   of the next term, so that there is one each term (R104); what is confirmed each academic year to the end of one (R105). That of the coming
 *   year is confirmed from July on
 */
export function checkProblem(
  { kind, passed, expires }: Check,
  { calendar, today }: { readonly calendar: Calendar; readonly today: IsoDate },
): Problem | null {
  const wrong = (rule: string, message: string): Problem => ({ field: 'expires', rule, message });
  if (passed > today) return { ...wrong('R104', 'A check is recorded once it is passed: that day lies ahead.'), field: 'passed' };
  if (expires < passed) return wrong('R104', 'A check holds from the day on which it was passed.');
  switch (kind) {
    case 'procurement':
      return null;
    case 'compliance-review': {
      const next = endOfNextTerm(passed, calendar);
      const until = next ?? calendar.halfTerms.at(-1)?.lastDay ?? '';
      if (expires <= until) return null;
      return next === null
        ? wrong('R104', 'It holds to the end of the next term, and not all terms until then are entered yet: enter them first.')
        : wrong('R104', `It is passed each term: passed on ${formatDay(passed)}, it holds until ${formatDay(until)} at most.`);
    }
    case 'safeguarding-training': {
      const { until } = daysOfAcademicYear(academicYearOf(addDays(passed, daysAhead)));
      if (expires <= until) return null;
      const message = `It is confirmed for one academic year: passed on ${formatDay(passed)}, it holds until ${formatDay(until)} at most.`;
      return wrong('R105', message);
    }
  }
}

/** Of the first term that begins after a day; null while it is not entered. */
function endOfNextTerm(day: IsoDate, calendar: Calendar): IsoDate | null {
  const next = calendar.halfTerms.find(({ half, firstDay }) => half === 1 && firstDay > day);
  return next === undefined ? null : lastDayOfTerm(next.firstDay, calendar);
}

/**
 * By when the compliance review of this term is due (R104).
 * @returns the last school day of the term; null once one was passed in it, between two terms, and where the terms are not known
 */
export function reviewDue(checks: readonly Check[], today: IsoDate, calendar: Calendar): IsoDate | null {
  const begun = calendar.halfTerms.findLast(({ half, firstDay }) => half === 1 && firstDay <= today);
  const ends = begun ? lastDayOfTerm(begun.firstDay, calendar) : null;
  if (begun === undefined || ends === null || today > ends) return null;
  const passed = checks.some((check) => check.kind === 'compliance-review' && check.passed >= begun.firstDay);
  return passed ? null : ends;
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
 * @param checks those of the host: which one it is the field says, or the case, for the rules know codes and no names
 * @param otherwise what is done where there is no new check
 * @returns why no new placement goes to the host on a day; null when nothing of it has lapsed by then
 */
export function lapsedCheck(
  checks: readonly Check[],
  day: IsoDate,
  field: string,
  otherwise = 'finds another host',
): Refusal | null {
  const [lapsed] = lapsedOn(checks, day);
  if (!lapsed) return null;
  const message = `That provider: ${checkTitles[lapsed.kind]} holds until ${formatDay(lapsed.expires)} only. CAP records the new check first, or ${otherwise}.`;
  return refuse('wrong-value', 'R104', message, field);
}
