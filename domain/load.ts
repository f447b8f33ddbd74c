// Rules over all of a student's cases: in one place at a time, on few days in Year 11, once for a programme (A11, R87).
import { academicYearOf, addDays, formatDay, isSchoolDay, londonDay, mondayOf, type Calendar, type IsoDate } from './calendar';
import type { Problem } from './commands';
import type { Facts, OtherCase } from './facts';
import { hostOf } from './host';
import { programmeAt } from './programmes';
import { refuse } from './refusal';
import { placementOf } from './route';
import type { CaseAt, CaseState, Refusal } from './state';
import { yearGroupOf } from './student';
import { datedPhases, firstClash, firstHostDay, halvesWithHost, type DatedPhase, type Timetable } from './timetable';
import type { Host, ProgrammeCode } from './words';

/** The first and the last day of a placement. */
type Span = Pick<Timetable, 'start' | 'end'>;

/** @returns when the student is with the host of this case, from that start to that end, with the days that were agreed so far */
export function timetableOf(state: CaseState, { start, end }: Span): Timetable {
  const days = 'days' in state.position ? (state.position.days ?? []) : [];
  return { start, end, phases: placementOf(state).phases, courseWeeks: state.course?.schoolWeeks ?? null, days };
}

/** @returns the first and the last day of a placement, which is planned or was; null of a case that came to none, or ended before its start */
export function placedFrom({ position, since }: CaseState): Span | null {
  if (position.stage === 'placement') return position;
  if (position.stage !== 'closed' || position.start === null || position.end === undefined) return null;
  const end = lastDay(position.end, londonDay(since));
  return end < position.start ? null : { start: position.start, end };
}

/** @returns the last day of a placement that was to end on one day, and was closed on another: closed later, it ended as it was planned */
export const lastDay = (planned: IsoDate, closed: IsoDate): IsoDate => (closed < planned ? closed : planned);

/** @returns the phases of a case's placement with their days, from that start to that end */
export function phasesOf(state: CaseState, { start, end }: Span, calendar: Calendar): DatedPhase[] {
  return datedPhases(placementOf(state).phases, state.course?.schoolWeeks ?? null, { start, end }, calendar);
}

/** @returns the phase of a placement in which a day is; undefined outside it */
export function phaseOn(state: CaseAt<'placement'>, day: IsoDate, calendar: Calendar): DatedPhase | undefined {
  return phasesOf(state, state.position, calendar).find(({ first, last }) => first <= day && day <= last);
}

/**
 * @param calendar null: as if every day from Monday to Friday were a school day
 * @returns the day of the first session of a placement with its host
 */
export function firstSession(state: CaseAt<'placement'>, calendar: Calendar | null): IsoDate {
  return firstHostDay(timetableOf(state, state.position), calendar);
}

/** Half a day that a student is to spend with a host. */
export interface HostedHalf {
  readonly day: IsoDate;
  readonly half: 'am' | 'pm';
  readonly host: Host | null;
  /** The reference of the case. */
  readonly case: string;
}

/**
 * The week of a student over all of their placements (R88, A11).
 * @param monday the first of the seven days
 */
export function weekOf(cases: readonly OtherCase[], monday: IsoDate, calendar: Calendar): HostedHalf[] {
  return schoolDaysOf(monday, calendar).flatMap((day) =>
    cases.flatMap(({ reference, host, placement }) => {
      if (placement === null || day < placement.start || day > placement.end) return [];
      return halvesWithHost(placement, calendar)(day).map((half) => ({ day, half, host, case: reference }));
    }),
  );
}

/** The school days of the week that begins on that Monday. */
function schoolDaysOf(monday: IsoDate, calendar: Calendar): IsoDate[] {
  return Array.from({ length: 7 }, (_, after) => addDays(monday, after)).filter((day) => isSchoolDay(day, calendar));
}

/**
 * A student has one open application a programme (ours): a second one waits for the end of the first.
 * @param others the student's other open cases
 */
export function alreadyApplied(programme: ProgrammeCode, others: readonly OtherCase[]): Problem | null {
  const other = others.find((each) => each.programme === programme);
  if (!other) return null;
  const message = `This student has an open application for it: ${other.reference}. Follow that one, or withdraw it first.`;
  return { field: 'student', rule: 'ours', message };
}

/** @returns a case as the rules over all of a student's cases know it. */
export function otherCase(state: CaseState): OtherCase {
  const { reference, position } = state;
  const placement = position.stage === 'placement' ? timetableOf(state, position) : null;
  return { reference, programme: programmeAt(state.programme).code, host: hostOf(state), placement };
}

/**
 * What stands against a placement beside the student's others: two hosts cannot have a student on the same half of a day (A11), and a student of
 * Year 11 is away from school for two days a week, or a third for some weeks (R87).
 * @param field the one to change
 * @returns null when nothing does
 */
export function overload(wanted: Timetable, facts: Facts, field: string): Refusal | null {
  return clashOf(wanted, facts, field) ?? tooManyDays(wanted, facts, field);
}

function clashOf(wanted: Timetable, { otherCases, calendar }: Facts, field: string): Refusal | null {
  for (const { reference, host, placement } of otherCases) {
    const clash = placement && firstClash(wanted, placement, calendar);
    if (!clash) continue;
    const half = clash.half === 'am' ? 'morning' : 'afternoon';
    const message = `On the ${half} of ${formatDay(clash.day)} the student is with ${host ?? 'another host'} already (${reference}): agree other days.`;
    return refuse('wrong-value', 'A11', message, field);
  }
  return null;
}

/** Of a student of Year 11, in days a week: usually, and for so many school weeks of that academic year at most. */
const yearEleven = { usual: 2, most: 3, weeks: 12 };

/**
 * Counted are placements whose days are agreed: where the programme itself says which they are (Refocus), that is another matter. A placement may begin
 * before Year 11, or end after it: its weeks of Year 11 are counted.
 */
function tooManyDays(wanted: Timetable, { otherCases, calendar, student }: Facts, field: string): Refusal | null {
  if (student === null || !daysAreAgreed(wanted)) return null;
  const isInYearEleven = (day: IsoDate) =>
    yearGroupOf(student.dateOfBirth, academicYearOf(day), student.yearsAbove) === 'Year 11';
  if (!isInYearEleven(wanted.start) && !isInYearEleven(wanted.end)) return null;
  const counted = [wanted, ...otherCases.flatMap(({ placement }) => placement ?? []).filter(daysAreAgreed)];
  const weeks = daysOfWeeks(counted, calendar).filter(({ monday }) => isInYearEleven(monday));
  const over = weeks.find(({ days }) => days > yearEleven.most);
  if (over) {
    const message = `In the week of ${formatDay(over.monday)} the student would be away for ${String(over.days)} days, and in Year 11 it is ${String(yearEleven.usual)}, or ${String(yearEleven.most)} for a time: agree fewer.`;
    return refuse('wrong-value', 'R87', message, field);
  }
  const more = weeks.filter(({ days }) => days > yearEleven.usual).length;
  if (more <= yearEleven.weeks) return null;
  const message = `In Year 11 a third day is for ${String(yearEleven.weeks)} school weeks of the year at most, and over all placements this makes ${String(more)}.`;
  return refuse('wrong-value', 'R87', message, field);
}

const daysAreAgreed = ({ phases }: Timetable) => phases.every(({ week }) => week === null);

/** How many days of each week are spent with hosts, from the first placement to the last. */
function daysOfWeeks(placements: readonly Timetable[], calendar: Calendar) {
  const first = placements.map(({ start }) => start).sort()[0] ?? '';
  const last =
    placements
      .map(({ end }) => end)
      .sort()
      .at(-1) ?? '';
  const halves = placements.map((placement) => halvesWithHost(placement, calendar));
  const weeks: { readonly monday: IsoDate; readonly days: number }[] = [];
  for (let monday = mondayOf(first); monday <= last; monday = addDays(monday, 7)) {
    const spent = schoolDaysOf(monday, calendar).flatMap((day) => halves.flatMap((of) => of(day))).length / 2;
    weeks.push({ monday, days: spent });
  }
  return weeks;
}
