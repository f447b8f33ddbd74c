// A made-up calendar for any academic year, so that the embedded stack always has a present and a next one. Nothing here is CAP's: the
// terms follow the habits of English schools by rule, the cycles and cohorts follow the pattern of 2024-25.
import {
  bankHolidaysOf,
  firstYearOf,
  meetingOn,
  addDays,
  addWorkingDays,
  academicYearOf,
  easterSunday,
  firstDaysOfWeeks,
  isSchoolDay,
  isWorkingDay,
  terms,
  weekday,
  type Calendar,
  type Cohort,
  type Cycle,
  type CycleItem,
  type HalfTerm,
  type IsoDate,
  type Term,
} from '../../domain/calendar';
import type { AcademicYear } from './academicYear';

const TUESDAY = 2;
const WEDNESDAY = 3;
const FRIDAY = 5;

/** Days from a deadline to the Multi-Agency Panel, and from there to a cohort's start, at least: as in 2024-25. */
const DEADLINE_TO_PANEL = 13;
const PANEL_TO_START = 13;

/** School weeks of Refocus, whose cohorts of 2024-25 end with the term (C9). */
const REFOCUS_WEEKS = 10;

/** A cycle's days before it is known what it lists; no panel meets in July (C18). */
type CycleDays = Omit<Cycle, 'items'>;

/**
 * Terms, closures, monthly cycles and termly cohorts of Flourish and Refocus, all made up, the same at every call.
 * @param academicYear `2026-27`, from 2020-21
 * @throws RangeError when the text is not such an academic year
 */
export function fictitiousYear(academicYear: string): AcademicYear {
  const first = firstYearOf(academicYear);
  const nextYear = academicYearOf(`${String(first + 1)}-09-01`);
  const { calendar, days } = yearDays(academicYear);
  const next = yearDays(nextYear);

  const cohorts = [...cohortsOf(academicYear, calendar), ...cohortsOf(nextYear, next.calendar)].flatMap((cohort): Cohort[] => {
    const cycle = [...days, ...next.days].findLast((one) => addDays(decidedBy(one), PANEL_TO_START) <= cohort.start);
    return cycle?.academicYear === academicYear ? [{ ...cohort, cycleId: cycle.id }] : [];
  });
  const cycles = days.map((cycle): Cycle => {
    const meets = cycle.meetings['multi-agency'] !== null;
    return {
      ...cycle,
      items: [
        ...cohorts.filter(({ cycleId }) => cycleId === cycle.id).map(({ programme, start }) => itemOf(programme, start)),
        ...(meets ? [itemOf('year-11-bespoke', null), itemOf('supported-transfer', null)] : []),
      ],
    };
  });
  return {
    academicYear,
    fictitious: true,
    halfTerms: calendar.halfTerms,
    closures: bankHolidaysOf(academicYear),
    cycles,
    cohorts,
    warnings: [],
  };
}

function itemOf(programme: string, cohortStart: IsoDate | null): CycleItem {
  return { programme, cohortStart, panels: null };
}

function yearDays(academicYear: string): { calendar: Calendar; days: CycleDays[] } {
  const closures = new Set(bankHolidaysOf(academicYear));
  const calendar = { closures, halfTerms: halfTermsOf(academicYear, closures) };
  return { calendar, days: cyclesOf(academicYear, calendar) };
}

/** The first such weekday on or after a day. */
function firstFrom(wanted: number, date: IsoDate): IsoDate {
  return addDays(date, (wanted - weekday(date) + 7) % 7);
}

/** The last Friday on or before a day. */
function fridayUpTo(date: IsoDate): IsoDate {
  return firstFrom(FRIDAY, addDays(date, -6));
}

/**
 * Autumn from the first Monday of September; a week off at the last Monday of October, the third of February and the last of May;
 * two weeks at Christmas and from the Monday before Easter; summer until the last Friday before 23 July.
 */
function halfTermsOf(academicYear: string, closures: ReadonlySet<IsoDate>): HalfTerm[] {
  const first = firstYearOf(academicYear);
  const inAutumn = (monthAndDay: string): IsoDate => `${String(first)}-${monthAndDay}`;
  const later = (monthAndDay: string): IsoDate => `${String(first + 1)}-${monthAndDay}`;
  const easter = easterSunday(first + 1);
  const october = firstFrom(1, inAutumn('10-25'));
  const february = firstFrom(1, later('02-15'));
  const may = firstFrom(1, later('05-25'));
  const christmas = fridayUpTo(inAutumn('12-23'));

  const half = (term: Term, number: 1 | 2, monday: IsoDate, lastDay: IsoDate): HalfTerm => ({
    academicYear,
    term,
    half: number,
    firstDay: isWorkingDay(monday, { closures, halfTerms: [] }) ? monday : addDays(monday, 1),
    lastDay,
  });
  return [
    half('autumn', 1, firstFrom(1, inAutumn('09-01')), addDays(october, -3)),
    half('autumn', 2, addDays(october, 7), christmas),
    half('spring', 1, addDays(christmas, 17), addDays(february, -3)),
    half('spring', 2, addDays(february, 7), addDays(easter, -9)),
    half('summer', 1, addDays(easter, 8), addDays(may, -3)),
    half('summer', 2, addDays(may, 7), fridayUpTo(later('07-22'))),
  ];
}

/** A cycle a month, September to July: the deadline on its first Wednesday with school, the panels about a fortnight later. */
function cyclesOf(academicYear: string, calendar: Calendar): CycleDays[] {
  const first = firstYearOf(academicYear);
  const firstSchoolDay = (wanted: number, from: IsoDate): IsoDate => {
    const day = firstFrom(wanted, from);
    return isSchoolDay(day, calendar) ? day : firstSchoolDay(wanted, addDays(day, 1));
  };
  return Array.from({ length: 11 }, (_, index) => {
    const month = ((index + 8) % 12) + 1;
    const from = `${String(month >= 9 ? first : first + 1)}-${String(month).padStart(2, '0')}-01`;
    const deadline = firstSchoolDay(WEDNESDAY, from);
    const cycle = { id: `${academicYear}-${String(index + 1)}`, academicYear, number: index + 1, deadline };
    if (month === 7) {
      return { ...cycle, meetings: { 'review-and-authorisation': null, 'multi-agency': null, 'headteacher-placement': null } };
    }
    const panelDay = firstSchoolDay(TUESDAY, addDays(deadline, DEADLINE_TO_PANEL));
    return {
      ...cycle,
      meetings: {
        'review-and-authorisation': meetingOn('review-and-authorisation', addWorkingDays(panelDay, -1, calendar)),
        'multi-agency': meetingOn('multi-agency', panelDay),
        'headteacher-placement': meetingOn('headteacher-placement', addDays(panelDay, 2)),
      },
    };
  });
}

function decidedBy({ meetings, deadline }: CycleDays): IsoDate {
  return meetings['multi-agency']?.day ?? deadline;
}

/** Flourish begins in the second week of each term; Refocus so that its ten weeks end with the term, or in the first if it is shorter. */
function cohortsOf(academicYear: string, calendar: Calendar): Omit<Cohort, 'cycleId'>[] {
  return terms.flatMap((term) => {
    const weeks = firstDaysOfWeeks(
      calendar.halfTerms.filter((half) => half.term === term),
      calendar,
    );
    const starts = { flourish: weeks[1], refocus: weeks.at(-REFOCUS_WEEKS) ?? weeks[0] };
    return Object.entries(starts).flatMap(([programme, start]) =>
      start === undefined ? [] : [{ programme, academicYear, start }],
    );
  });
}
