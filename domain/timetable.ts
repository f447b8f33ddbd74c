// When a student is where during a placement, as data: phases one after the other, each with its week. Starts, ends, load, registers and
// notices all read it.
import { addDays, schoolDayFrom, schoolWeekEnd, weekday as weekdayOf, type Calendar, type IsoDate } from './calendar';

/** 1 is Monday, 5 is Friday. */
export type Weekday = 1 | 2 | 3 | 4 | 5;

/** Half a school day, and where it is spent. */
export interface Session {
  readonly weekday: Weekday;
  readonly half: 'am' | 'pm';
  readonly at: 'host' | 'home-school';
}

export interface Phase {
  readonly title: string;
  /** How long it lasts; `course`: as long as the course that was applied for. */
  readonly schoolWeeks: number | 'course';
  /** Whole days a week with the host; null: as the course has it. */
  readonly hostDays: number | null;
  /** The week, where the programme fixes it; null: its days are agreed for each placement (A2). */
  readonly week: readonly Session[] | null;
}

/** A phase with its own days. */
export interface DatedPhase extends Pick<Phase, 'title' | 'hostDays' | 'week'> {
  readonly first: IsoDate;
  readonly last: IsoDate;
}

/** Both halves of some days, spent in one place. */
export function wholeDays(at: Session['at'], ...weekdays: readonly Weekday[]): Session[] {
  return weekdays.flatMap((weekday) => (['am', 'pm'] as const).map((half): Session => ({ weekday, half, at })));
}

/** @returns the school weeks of all phases together. @param course the weeks of the course, for a phase that is as long as that */
export function weeksOf(phases: readonly Phase[], course: number | null): number {
  return phases.reduce((sum, phase) => sum + weeksOfPhase(phase, course), 0);
}

/**
 * The phases of a placement with their days, in school weeks (R80, R81). One that would begin after the end is left out; the last ends with
 * the placement.
 * @param placement its first and last day
 */
export function datedPhases(
  phases: readonly Phase[],
  course: number | null,
  { start, end }: { readonly start: IsoDate; readonly end: IsoDate },
  calendar: Calendar,
): DatedPhase[] {
  let weeks = 0;
  let first = start;
  return phases.flatMap((phase, index) => {
    if (first > end) return [];
    const begins = first;
    weeks += weeksOfPhase(phase, course);
    const reckoned = index === phases.length - 1 ? end : (schoolWeekEnd(start, weeks, calendar) ?? end);
    const last = reckoned > end ? end : reckoned;
    first = addDays(last, 1);
    const { title, hostDays, week } = phase;
    return [{ title, hostDays, week, first: begins, last }];
  });
}

/**
 * The day of the first session with the host: the start, unless the week of the first phase has the student elsewhere on that weekday (R80).
 * @param start a school day
 */
export function firstHostDay([first]: readonly Phase[], start: IsoDate, calendar: Calendar): IsoDate {
  const weekdays = first?.week?.flatMap(({ at, weekday }) => (at === 'host' ? [weekday] : [])) ?? null;
  if (weekdays === null) return start;
  for (let day = schoolDayFrom(start, calendar); day !== null; day = schoolDayFrom(addDays(day, 1), calendar)) {
    const on = weekdayOf(day);
    if (weekdays.some((weekday) => weekday === on)) return day;
  }
  return start;
}

function weeksOfPhase({ title, schoolWeeks }: Phase, course: number | null): number {
  if (schoolWeeks !== 'course') return schoolWeeks;
  if (course === null) throw new Error(`The phase "${title}" is as long as a course, and there is none`);
  return course;
}
