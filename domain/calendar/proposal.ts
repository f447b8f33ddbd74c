// The cycles of a coming year, proposed from its terms by the habits of CAP's table of 2024-25 (R93-R95, C5, C9-C18). A proposal is where
// somebody begins: it is shown as the table that CAP prints, edited, and entered by its import.
import { bankHolidaysOf } from './academicYears';
import type { Cycle, CycleItem } from './cycles';
import { isSchoolDay } from './halfTerms';
import { addDays, daysBetween, mondayOf } from './isoDates';
import { formatDay } from './london';
import type { PanelCode } from './panels';
import { academicYearOf, firstDaysOfWeeks } from './schoolWeeks';
import { meetingOn, programmeInWords } from './table';
import { terms, type Calendar, type HalfTerm, type IsoDate } from './types';
import { addWorkingDays, workingDayFrom } from './workingDays';

/** The first deadline of a year is in its third school week, and its panel meets in the week after. */
const firstWeek = 3;
const firstDeadlineToPanel = 6;

/** Later ones are three school weeks apart at least, not in the first week of a half-term, with the panel on the second Tuesday after. */
const weeksBetween = 3;
const deadlineToPanel = 13;

/** Days from a panel to a start that it decides, where there are as many. */
const panelToStart = 13;

/** School weeks with which the cohorts end their term (C8, C9). */
const refocusWeeks = 10;
const flourishWeeks = 12;

/** Working days in which an outcome reaches the school (R71): so many are left after the last deadline. */
const outcomeWorkingDays = 3;

export interface Proposal {
  readonly cycles: readonly Cycle[];
  /** What somebody should look at, one sentence each. */
  readonly warnings: readonly string[];
}

/** A school week. */
interface Week {
  readonly half: HalfTerm;
  /** Its place in the half-term, from 1. */
  readonly place: number;
  /** Its place in the year, from 1. */
  readonly number: number;
  readonly first: IsoDate;
  readonly wednesday: IsoDate;
}

/** A deadline, and the Tuesday of its panel; null where none meets. */
interface Round {
  readonly deadline: IsoDate;
  readonly panel: IsoDate | null;
}

/**
 * Proposes the cycles of an academic year. Of 2024-25 it gives what CAP printed.
 *
 * Deadlines are Wednesdays, three school weeks apart or more; the Multi-Agency Panel meets on the Tuesday 13 days later, after 6 in the first
 * cycle; where that is a holiday, the deadline is a week later, and where that does not help, the panel meets after the holiday (27 days over
 * Easter). The Headteacher Placement Meeting is on the Thursday, the Review & Authorisation Panel on the working day before (C14). The last
 * cycle decides on the starts of September without a meeting (R95, C18).
 * @returns null when a half-term of that year is not known
 * @throws RangeError when the text is not an academic year, or is one before 2020-21
 */
export function proposedCycles(academicYear: string, known: Calendar): Proposal | null {
  const calendar = { ...known, closures: new Set([...known.closures, ...bankHolidaysOf(academicYear)]) };
  const halves = known.halfTerms.filter((half) => half.academicYear === academicYear);
  if (halves.length !== 2 * terms.length) return null;
  const rounds = roundsOf(weeksOf(halves, calendar), calendar);
  const { items, warnings } = cohortItems(halves, rounds, calendar);
  const lastHalf = halves.at(-1);
  const cycles = rounds.map(({ deadline, panel }, index): Cycle => {
    const year11 = lastHalf !== undefined && deadline < lastHalf.firstDay;
    return {
      ...{ id: `${academicYear}-${String(index + 1)}`, academicYear, number: index + 1, deadline },
      meetings: meetingsOf(panel, calendar),
      items: [
        ...(items.get(deadline) ?? []),
        // Year 11 has left school by the last half-term.
        ...(panel !== null && year11 ? [itemOf('year-11-bespoke')] : []),
        ...(panel === null ? [] : [{ ...itemOf('supported-transfer'), panels: index === 0 ? ([] as PanelCode[]) : null }]),
        ...(panel === null ? septemberItems(academicYear, calendar) : []),
      ],
    };
  });
  return { cycles, warnings };
}

function weeksOf(halves: readonly HalfTerm[], calendar: Calendar): Week[] {
  return halves
    .flatMap((half) => firstDaysOfWeeks([half], calendar).map((first, index) => ({ half, place: index + 1, first })))
    .map((week, index) => ({ ...week, number: index + 1, wednesday: addDays(mondayOf(week.first), 2) }));
}

function roundsOf(weeks: readonly Week[], calendar: Calendar): Round[] {
  const rounds: Round[] = [];
  let last: Week | undefined;
  for (;;) {
    const [next, panel] = last ? nextRound(last, weeks, calendar) : firstRound(weeks, calendar);
    if (!next) break;
    rounds.push({ deadline: next.wednesday, panel });
    last = next;
  }
  // The last cycle decides without a meeting.
  return rounds.map((round, index) => (index === rounds.length - 1 ? { ...round, panel: null } : round));
}

type Next = readonly [Week | undefined, IsoDate | null];
const noMore: Next = [undefined, null];

function firstRound(weeks: readonly Week[], calendar: Calendar): Next {
  const week = weeks.find(({ number, wednesday }) => number >= firstWeek && isSchoolDay(wednesday, calendar));
  return week ? [week, tuesdayFrom(addDays(week.wednesday, firstDeadlineToPanel), calendar)] : noMore;
}

function nextRound(last: Week, weeks: readonly Week[], calendar: Calendar): Next {
  const open = weeks.filter(
    ({ number, place, wednesday }) => number >= last.number + weeksBetween && place > 1 && isSchoolDay(wednesday, calendar),
  );
  const [earliest] = open;
  if (!earliest) return noMore;
  const inTime = open.find(
    (week) => week.half === earliest.half && panelsMeet(addDays(week.wednesday, deadlineToPanel), calendar),
  );
  if (inTime) return [inTime, addDays(inTime.wednesday, deadlineToPanel)];
  const after = tuesdayFrom(addDays(earliest.wednesday, deadlineToPanel), calendar);
  const lastDay = weeks.at(-1)?.half.lastDay ?? earliest.wednesday;
  const canTell = addWorkingDays(earliest.wednesday, outcomeWorkingDays, calendar) <= lastDay;
  return after !== null || canTell ? [earliest, after] : noMore;
}

/** Schools are open on a Tuesday, and on the Thursday of the heads' meeting. */
function panelsMeet(tuesday: IsoDate, calendar: Calendar): boolean {
  return isSchoolDay(tuesday, calendar) && isSchoolDay(addDays(tuesday, 2), calendar);
}

/** The first Tuesday from one on when the panels can meet, before the terms that are known end; null when there is none. */
function tuesdayFrom(tuesday: IsoDate, calendar: Calendar): IsoDate | null {
  const year = academicYearOf(tuesday);
  for (let day = tuesday; academicYearOf(day) === year; day = addDays(day, 7)) {
    if (panelsMeet(day, calendar)) return day;
  }
  return null;
}

function meetingsOf(tuesday: IsoDate | null, calendar: Calendar): Cycle['meetings'] {
  if (tuesday === null) return { 'review-and-authorisation': null, 'multi-agency': null, 'headteacher-placement': null };
  return {
    'review-and-authorisation': meetingOn('review-and-authorisation', addWorkingDays(tuesday, -1, calendar)),
    'multi-agency': meetingOn('multi-agency', tuesday),
    'headteacher-placement': meetingOn('headteacher-placement', addDays(tuesday, 2)),
  };
}

function itemOf(programme: string, cohortStart: IsoDate | null = null): CycleItem {
  return { programme, cohortStart, panels: null };
}

/** The cohorts of the year, each with the last cycle whose panel meets a fortnight before its start or, where there is none, before it at all. */
function cohortItems(halves: readonly HalfTerm[], rounds: readonly Round[], calendar: Calendar) {
  const items = new Map<IsoDate, CycleItem[]>();
  const warnings: string[] = [];
  for (const { programme, start } of startsOf(halves, calendar)) {
    const before = rounds.flatMap(({ deadline, panel }) => (panel !== null && panel < start ? [{ deadline, panel }] : []));
    const decided = before.findLast(({ panel }) => daysBetween(panel, start) >= panelToStart) ?? before.at(-1);
    if (!decided) {
      warnings.push(`${programmeInWords(programme)} of ${formatDay(start)} begins before the year's first panel: left out.`);
      continue;
    }
    const days = daysBetween(decided.panel, start);
    if (days < panelToStart)
      warnings.push(`${programmeInWords(programme)} of ${formatDay(start)} begins ${String(days)} days after its panel.`);
    items.set(decided.deadline, [...(items.get(decided.deadline) ?? []), itemOf(programme, start)]);
  }
  return { items, warnings };
}

/**
 * When cohorts begin, Flourish first: Flourish of spring and summer with its twelve weeks to the end of the term, Refocus with ten to the last
 * Friday of each term, and once more with the second half of autumn, whose seven weeks at the Academy end with the term (C8-C11). Flourish of
 * September is decided in the year before (C17).
 */
function startsOf(halves: readonly HalfTerm[], calendar: Calendar) {
  return terms.flatMap((term) => {
    const ofTerm = halves.filter((half) => half.term === term);
    const weeks = firstDaysOfWeeks(ofTerm, calendar);
    const toAFriday = weeks.filter((first) => isSchoolDay(addDays(mondayOf(first), 4), calendar));
    const second = ofTerm.find(({ half }) => half === 2);
    const starts = [
      ...(term === 'autumn' ? [] : [{ programme: 'flourish', start: weeks.at(-flourishWeeks) ?? weeks[0] }]),
      { programme: 'refocus', start: toAFriday.at(-refocusWeeks) ?? toAFriday[0] },
      ...(term === 'autumn' && second ? [{ programme: 'refocus', start: firstDaysOfWeeks([second], calendar)[0] }] : []),
    ];
    return starts.flatMap(({ programme, start }) => (start === undefined ? [] : [{ programme, start }]));
  });
}

/** What the last cycle decides on: the cohorts of September, whose day is not set yet; the month's first working day stands for it (C18). */
function septemberItems(academicYear: string, calendar: Calendar): CycleItem[] {
  const first = `${String(Number(academicYear.slice(0, 4)) + 1)}-09-01`;
  const start = workingDayFrom(first, calendar);
  return [itemOf('flourish', start), itemOf('refocus', start)];
}
