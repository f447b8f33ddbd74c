// What CAP may enter into its calendar, change and take out. What is past stays as it was, for dates were counted by it; what an open case
// depends on stays too. Each rule takes the facts and returns what is wrong, field by field; nothing wrong is an empty list.
import type { Problem } from '../problem';
import { meetingsOf, type Cycle, type CycleItem, type Meeting } from './cycles';
import { isIsoDate, weekday } from './isoDates';
import { formatDay } from './london';
import { panelCodes, panelTitle, type PanelCode } from './panels';
import { academicYearOf } from './schoolWeeks';
import { programmeInWords } from './table';
import type { Calendar, HalfTerm, IsoDate } from './types';
import { addWorkingDays, isWorkingDay } from './workingDays';

/** What a cycle considers, and until when. */
export interface CycleTerms {
  readonly deadline: IsoDate;
  readonly items: readonly CycleItem[];
}

export interface NewCycle extends CycleTerms {
  /** The academic year that it is numbered in; that of its deadline when left out. */
  readonly academicYear?: string;
  /** null where a panel does not meet: it then decides outside a meeting (C18). */
  readonly meetings: Readonly<Record<PanelCode, IsoDate | null>>;
}

/** The programmes that a cycle may list, each with the panels of its own route in order; null where its route is not known here. */
export type KnownProgrammes = ReadonlyMap<string, readonly PanelCode[] | null>;

/** An open case as far as a cycle or a meeting that it has landed on is concerned. */
export interface LandedCase {
  readonly reference: string;
  readonly programme: string;
  readonly cohort: IsoDate | null;
}

interface Today {
  /** The present day in London. */
  readonly today: IsoDate;
}

interface Decided {
  /** How many cases were decided at a meeting: then it stays in the calendar as its minutes have it (A7). */
  readonly decided: number;
}

/** What a day that is to become that of a meeting is held against. */
interface Days extends Today {
  readonly calendar: Calendar;
}

/** What a cycle that is to be entered or changed is held against. */
interface Known extends Days {
  readonly programmes: KnownProgrammes;
  /** Those that are there. */
  readonly cycles: readonly Cycle[];
}

/** @returns what is wrong with a cycle that is to be entered (R93, R73, C5, C10) */
export function newCycleProblems(
  { academicYear, deadline, items, meetings }: NewCycle,
  { programmes, cycles, ...days }: Known,
): Problem[] {
  const { today } = days;
  return [
    ...deadlineProblems(deadline, today),
    ...copyProblems({ deadline, meetings }, cycles),
    ...yearProblems(deadline, academicYear),
    ...itemProblems(items, deadline, programmes),
    ...panelCodes.flatMap((panel) => {
      const day = meetings[panel];
      return day === null ? [] : dayProblems(`meetings.${panel}`, day, { deadline, ...days });
    }),
    ...orderProblems('meetings.multi-agency', meetings),
  ];
}

/** @returns the same of one that people enter themselves: their deadline is on a working day, that of CAP's table as it is printed (C15) */
export function cycleByHandProblems(given: NewCycle, known: Known): Problem[] {
  return [...workingDeadlineProblems(given.deadline, known), ...newCycleProblems(given, known)];
}

/** @returns what is wrong with changing a cycle, whose deadline may stay as it is, whatever its day. A case keeps the programme, start and panels with which it landed, so its item stays. */
export function cycleChangeProblems(
  cycle: Cycle,
  { deadline, items }: CycleTerms,
  { today, programmes, calendar, cycles, landed }: Known & { readonly landed: readonly LandedCase[] },
): Problem[] {
  const past = pastCycle(cycle, today);
  if (past) return [past];
  return [
    ...deadlineProblems(deadline, today),
    ...(deadline === cycle.deadline
      ? []
      : [
          ...workingDeadlineProblems(deadline, { today, calendar }),
          ...copyProblems(
            { deadline, meetings: cycle.meetings },
            cycles.filter(({ id }) => id !== cycle.id),
          ),
        ]),
    ...itemProblems(items, deadline, programmes),
    ...meetingsOf(cycle).flatMap(({ panel, day }) =>
      day < deadline
        ? [
            problem(
              'deadline',
              'R93',
              `The ${panelTitle(panel)} of this cycle meets on ${formatDay(day)}: move that meeting first.`,
            ),
          ]
        : [],
    ),
    ...cycle.items.flatMap((item) => {
      const cases = landed.filter(({ programme, cohort }) => programme === item.programme && cohort === item.cohortStart);
      const stays = items.some((other) => sameItem(item, other));
      return stays || cases.length === 0
        ? []
        : [problem('items', 'R93', `${nameItem(item)} stays as it is: ${landedHere(cases)}`)];
    }),
  ];
}

/** @returns why a cycle cannot be taken out: it is past, or open cases have landed on it or on one of its meetings (R93) */
export function cycleRemovalProblems(
  cycle: Cycle,
  { today, landed }: Today & { readonly landed: readonly LandedCase[] },
): Problem[] {
  const past = pastCycle(cycle, today);
  if (past) return [past];
  return landed.length === 0 ? [] : [problem('cycle', 'R93', landedHere(landed))];
}

/** @returns what is wrong with moving a meeting to another day. On its own day it may still be moved, until a case is decided at it. */
export function meetingMoveProblems(
  meeting: Meeting,
  day: IsoDate,
  { cycle, decided, ...days }: Days & Decided & { readonly cycle: Cycle },
): Problem[] {
  const stays = pastMeeting(meeting, days.today) ?? (day === meeting.day ? null : heldMeeting(meeting, decided));
  return stays ? [stays] : meetingProblems(cycle, meeting.panel, day, days);
}

/** @returns what is wrong with a meeting that is to be planned in a cycle that has none of that panel (C18) */
export function meetingPlanProblems(cycle: Cycle, panel: PanelCode, day: IsoDate, days: Days): Problem[] {
  if (cycle.meetings[panel] !== null) {
    return [problem('panel', 'R93', 'This panel meets in this cycle already: move its meeting.')];
  }
  return meetingProblems(cycle, panel, day, days);
}

/**
 * Why a meeting cannot be taken out: it is past, cases were decided at it, or open ones have landed on it. A meeting with open cases is moved
 * instead, so that each of them keeps a day on which it is decided (R71).
 */
export function meetingRemovalProblems(
  meeting: Meeting,
  { today, landed, decided }: Today & Decided & { readonly landed: readonly LandedCase[] },
): Problem[] {
  const stays = pastMeeting(meeting, today) ?? heldMeeting(meeting, decided);
  if (stays) return [stays];
  return landed.length === 0 ? [] : [problem('meeting', 'R93', `${landedHere(landed)} Move the meeting to another day instead.`)];
}

/**
 * @param cycles whose deadline is on no closure, and whose panels do not meet on one; none where the day is to be one no longer
 * @returns what is wrong with a day that is to become a closure, or to be one no longer (R71, R93)
 */
export function closureProblems(day: IsoDate, { today, cycles }: Today & { readonly cycles: readonly Cycle[] }): Problem[] {
  if (!isIsoDate(day)) return [problem('day', 'R71', `"${day}" is not a day: write one such as 2025-05-05.`)];
  if (day < today) return [problem('day', 'R71', `${formatDay(day)} is past, and dates were counted by it: it stays as it was.`)];
  const deadlines = cycles
    .filter(({ deadline }) => deadline === day && day > today)
    .map(({ number, academicYear }) => `referral deadline of cycle ${String(number)} of ${academicYear} is`);
  const meetings = cycles
    .flatMap(meetingsOf)
    .filter((meeting) => meeting.day === day)
    .map(({ panel }) => `meeting of the ${panelTitle(panel)} is`);
  return [...deadlines, ...meetings].map((what) => problem('day', 'R93', `The ${what} on ${formatDay(day)}: move it first.`));
}

/** @returns what is wrong with a half-term that is to be entered, or to get other days (C8) */
export function halfTermProblems(given: HalfTerm, { today, known }: Today & { readonly known: readonly HalfTerm[] }): Problem[] {
  const { academicYear, firstDay, lastDay } = given;
  if (!isIsoDate(firstDay) || !isIsoDate(lastDay) || firstDay > lastDay) {
    return [problem('lastDay', 'C8', 'A half-term has a first day, and a last day on or after it.')];
  }
  if (academicYearOf(firstDay) !== academicYear || academicYearOf(lastDay) !== academicYear) {
    return [problem('academicYear', 'C8', `These days are not in the academic year ${academicYear}.`)];
  }
  const before = known.find((other) => sameHalf(other, given));
  if (lastDay < today || (before && before.lastDay < today)) return [problem('lastDay', 'C8', pastHalfTerm)];
  if (before && before.firstDay <= today && before.firstDay !== firstDay) {
    return [problem('firstDay', 'C8', `It began on ${formatDay(before.firstDay)}: that stays as it was.`)];
  }
  const other = known.find((each) => !sameHalf(each, given) && each.firstDay <= lastDay && firstDay <= each.lastDay);
  return other
    ? [problem('firstDay', 'C8', `It overlaps half ${String(other.half)} of the ${other.term} term of ${other.academicYear}.`)]
    : [];
}

/** @returns why a half-term cannot be taken out: it has begun (C8) */
export function halfTermRemovalProblems({ firstDay }: HalfTerm, { today }: Today): Problem[] {
  return firstDay > today
    ? []
    : [problem('halfTerm', 'C8', `It began on ${formatDay(firstDay)}, and dates were counted by it: it stays.`)];
}

/** @returns whether both are the same half of the same term, whatever their days. */
export function sameHalf(one: Omit<HalfTerm, 'firstDay' | 'lastDay'>, other: Omit<HalfTerm, 'firstDay' | 'lastDay'>): boolean {
  return one.academicYear === other.academicYear && one.term === other.term && one.half === other.half;
}

const pastHalfTerm = 'This half-term is past, and dates were counted by it: it stays as it was.';

function problem(field: string, rule: string, message: string): Problem {
  return { field, rule, message };
}

function pastCycle({ deadline }: Cycle, today: IsoDate): Problem | null {
  return deadline < today
    ? problem('cycle', 'R93', `The referral deadline of this cycle, ${formatDay(deadline)}, is past: the cycle stays as it was.`)
    : null;
}

function pastMeeting({ day }: Meeting, today: IsoDate): Problem | null {
  return day < today ? problem('meeting', 'R93', `This meeting was on ${formatDay(day)}: what is past stays as it was.`) : null;
}

/** @returns why a meeting at which cases were decided stays on its day (A7); null when none was */
export function heldMeeting({ day }: Pick<Meeting, 'day'>, decided: number): Problem | null {
  if (decided === 0) return null;
  const cases = decided === 1 ? '1 case was' : `${String(decided)} cases were`;
  const message = `${cases} decided at this meeting on ${formatDay(day)}: it stays on that day. Whatever is left is deferred to the next one.`;
  return problem('meeting', 'A7', message);
}

function deadlineProblems(deadline: IsoDate, today: IsoDate): Problem[] {
  if (!isIsoDate(deadline)) return [problem('deadline', 'R93', 'The deadline must be a day such as 2025-01-13.')];
  return deadline < today
    ? [problem('deadline', 'R93', 'The referral deadline is past, and no application could meet it: write one to come.')]
    : [];
}

/** Who closes the referrals of this very day knows that they do. */
function workingDeadlineProblems(deadline: IsoDate, { today, calendar }: Days): Problem[] {
  if (!isIsoDate(deadline) || deadline <= today || isWorkingDay(deadline, calendar)) return [];
  const next = formatDay(addWorkingDays(deadline, 1, calendar));
  const message = `${formatDay(deadline)} is no working day, and a referral deadline is on one: the next is ${next}.`;
  return [problem('deadline', 'R93', message)];
}

/** Of two cycles with one deadline and the same panels one would get every case (R93). */
function copyProblems(
  { deadline, meetings }: { readonly deadline: IsoDate; readonly meetings: Readonly<Record<PanelCode, unknown>> },
  cycles: readonly Cycle[],
): Problem[] {
  const same = cycles.find(
    (other) =>
      other.deadline === deadline && panelCodes.every((panel) => (other.meetings[panel] === null) === (meetings[panel] === null)),
  );
  if (!same) return [];
  const message = `Cycle ${String(same.number)} of ${same.academicYear} has this deadline, ${formatDay(deadline)}, and the same panels already: change that cycle instead.`;
  return [problem('deadline', 'R93', message)];
}

/** @param academicYear in which the cycle is numbered; undefined where that is the year of its deadline */
function yearProblems(deadline: IsoDate, academicYear: string | undefined): Problem[] {
  if (academicYear === undefined || !isIsoDate(deadline)) return [];
  const year = academicYearOf(deadline);
  if (year === academicYear) return [];
  const message = `${formatDay(deadline)} is not in the academic year ${academicYear}: it is in ${year}.`;
  return [problem('deadline', 'R93', message)];
}

function itemProblems(items: readonly CycleItem[], deadline: IsoDate, programmes: KnownProgrammes): Problem[] {
  if (items.length === 0) return [problem('items', 'R93', 'A cycle considers at least one programme: list it.')];
  return items.flatMap((item, index) => {
    const { programme, cohortStart } = item;
    const field = `items.${String(index)}`;
    if (!programmes.has(programme)) {
      return [problem(`${field}.programme`, 'R93', `There is no programme ${programme}: take one of the programmes of CAP.`)];
    }
    const first = items.findIndex((other) => other.programme === programme && other.cohortStart === cohortStart);
    return [
      ...(first < index ? [problem(field, 'R93', `${programmeInWords(programme)} is listed twice for the same start.`)] : []),
      ...cohortProblems(`${field}.cohortStart`, cohortStart, deadline),
      ...panelsProblems(`${field}.panels`, item, programmes.get(programme) ?? null),
    ];
  });
}

function cohortProblems(field: string, start: IsoDate | null, deadline: IsoDate): Problem[] {
  if (start === null) return [];
  if (!isIsoDate(start)) return [problem(field, 'C10', 'The start must be a day such as 2025-01-13.')];
  if (start < deadline) return [problem(field, 'C10', 'A cohort does not start before the deadline of its cycle.')];
  // The terms of that day may not be known yet: the holidays are not asked for.
  if (weekday(start) <= 5) return [];
  return [problem(field, 'C10', `${formatDay(start)} is no day of school: a cohort starts on a Monday to Friday.`)];
}

/** A cycle takes panels out of a route; it puts none in and does not turn them round (C5). */
function panelsProblems(field: string, { programme, panels }: CycleItem, ownRoute: readonly PanelCode[] | null): Problem[] {
  const route = ownRoute ?? panelCodes;
  if (panels === null || panels.join() === route.filter((panel) => panels.includes(panel)).join()) return [];
  return [
    problem(
      field,
      'C5',
      route.length === 0
        ? `No panel decides on ${programmeInWords(programme)}: leave the panels out.`
        : `List those panels that decide in this cycle, in the order of the route of ${programmeInWords(programme)}: ${route.map(panelTitle).join(', ')}.`,
    ),
  ];
}

function meetingProblems(cycle: Cycle, panel: PanelCode, day: IsoDate, days: Days): Problem[] {
  const dayOf = (code: PanelCode) => (code === panel ? day : (cycle.meetings[code]?.day ?? null));
  return [
    ...dayProblems('day', day, { deadline: cycle.deadline, ...days }),
    ...orderProblems('day', {
      'review-and-authorisation': dayOf('review-and-authorisation'),
      'multi-agency': dayOf('multi-agency'),
    }),
  ];
}

function dayProblems(
  field: string,
  day: IsoDate,
  { deadline, today, calendar }: Days & { readonly deadline: IsoDate },
): Problem[] {
  if (!isIsoDate(day)) return [problem(field, 'R93', 'The meeting must be on a day such as 2025-01-13.')];
  // A deadline that is no day is told beside its own field.
  if (day < deadline && isIsoDate(deadline)) {
    return [problem(field, 'R93', `The meeting must be on the referral deadline, ${formatDay(deadline)}, or after it.`)];
  }
  if (day < today) return [problem(field, 'R93', `${formatDay(day)} is past: a meeting is on a day to come.`)];
  // Who has a panel meet this very day knows that it does.
  if (day === today || isWorkingDay(day, calendar)) return [];
  const next = formatDay(addWorkingDays(day, 1, calendar));
  return [problem(field, 'R93', `${formatDay(day)} is no working day, and a panel meets on one: the next is ${next}.`)];
}

function orderProblems(
  field: string,
  days: Readonly<Record<'review-and-authorisation' | 'multi-agency', IsoDate | null>>,
): Problem[] {
  const [review, multiAgency] = [days['review-and-authorisation'], days['multi-agency']];
  const message =
    'The Multi-Agency Panel decides on what the Review & Authorisation Panel passed on: it meets on that day or later.';
  return review !== null && multiAgency !== null && multiAgency < review ? [problem(field, 'R73', message)] : [];
}

function sameItem(one: CycleItem, other: CycleItem): boolean {
  const panels = ({ panels: listed }: CycleItem) => listed?.join() ?? null;
  return one.programme === other.programme && one.cohortStart === other.cohortStart && panels(one) === panels(other);
}

function nameItem({ programme, cohortStart }: CycleItem): string {
  const title = programmeInWords(programme);
  return cohortStart === null ? title : `${title} with the start of ${formatDay(cohortStart)}`;
}

const mostReferences = 5;

function landedHere(cases: readonly LandedCase[]): string {
  const names = cases.slice(0, mostReferences).map(({ reference }) => reference);
  const more = cases.length > mostReferences ? ` and ${String(cases.length - mostReferences)} more` : '';
  return `${cases.length === 1 ? '1 open case has' : `${String(cases.length)} open cases have`} landed on it: ${names.join(', ')}${more}.`;
}
