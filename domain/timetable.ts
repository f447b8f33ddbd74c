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

/** A third day a week, for so many school weeks of the placement at most (R87). */
export interface ExtraDay {
  readonly schoolWeeks: number;
}

/** Days of the week in their order, the halves of a day where it is half a day: `tue,thu` or `mon,fri-am`. */
export type Weekdays = string;

/** Days of the week that are spent with the host (R117). */
export interface AgreedDays {
  /** From that day on; null: from the start. */
  readonly from: IsoDate | null;
  /** To that day, and then as before; null: as long as nothing else is agreed. */
  readonly until: IsoDate | null;
  readonly weekdays: Weekdays;
}

export interface Phase {
  readonly title: string;
  /** How long it lasts; `course`: as long as the course that was applied for. */
  readonly schoolWeeks: number | 'course';
  /** Whole days a week with the host; null: as the course has it. */
  readonly hostDays: number | null;
  /** The week, where the programme fixes it; null: its days are agreed for each placement (A2). */
  readonly week: readonly Session[] | null;
  /** Absent: never more days than `hostDays`. */
  readonly extraDay?: ExtraDay;
}

/** A phase with its own days. */
export interface DatedPhase extends Pick<Phase, 'title' | 'hostDays' | 'week' | 'extraDay'> {
  readonly first: IsoDate;
  readonly last: IsoDate;
}

const weekdayTitles = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday' } as const;
const weekdayCodes = Object.keys(weekdayTitles);

/** @returns whether a text says days of the week as they are kept: each once, in their order */
export function isWeekdays(text: string): text is Weekdays {
  const places = text.split(',').map((each) => {
    const [, code = ''] = /^([a-z]{3})(-am|-pm)?$/.exec(each) ?? [];
    return weekdayCodes.indexOf(code);
  });
  return places.every((place, index) => place > (places[index - 1] ?? -1));
}

/** @returns how many days those are, in halves: `mon,fri-am` is 1.5 */
export function countDays(weekdays: Weekdays): number {
  return weekdays.split(',').reduce((sum, each) => sum + (each.includes('-') ? 0.5 : 1), 0);
}

/** @returns whether some days of the week are all among others, half by half: `tue,fri-am` is of `tue,fri` */
export function areAmong(weekdays: Weekdays, others: Weekdays): boolean {
  const all = halvesOf(others);
  return halvesOf(weekdays).every((half) => all.includes(half));
}

function halvesOf(weekdays: Weekdays): string[] {
  return weekdays.split(',').flatMap((each) => (each.includes('-') ? [each] : [`${each}-am`, `${each}-pm`]));
}

/** @returns days of the week for people: `Tuesday, Friday morning` */
export function weekdaysInWords(weekdays: Weekdays): string {
  return weekdays
    .split(',')
    .map((each) => {
      const [code = '', half] = each.split('-');
      const day = (weekdayTitles as Readonly<Record<string, string>>)[code] ?? code;
      return half === undefined ? day : `${day} ${half === 'am' ? 'morning' : 'afternoon'}`;
    })
    .join(', ');
}

/** @returns the days of the week with the host that are agreed for a day; null while none were */
export function weekdaysOn(days: readonly AgreedDays[], day: IsoDate): Weekdays | null {
  return days.findLast(({ from, until }) => (from ?? '') <= day && day <= (until ?? '9999'))?.weekdays ?? null;
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
    const { title, hostDays, week, extraDay } = phase;
    return [{ title, hostDays, week, ...(extraDay ? { extraDay } : {}), first: begins, last }];
  });
}

/**
 * The day of the first session with the host: the start, unless the week of the first phase (R80), or the days that were agreed, have the student
 * elsewhere on that weekday.
 * @param calendar null: as if every day from Monday to Friday were a school day
 */
export function firstHostDay({ start, phases: [first], days }: Timetable, calendar: Calendar | null): IsoDate {
  const fixed = first?.week?.flatMap(({ at, weekday }) => (at === 'host' ? [weekday] : []));
  const agreed = weekdaysOn(days, start)?.split(',');
  const weekdays: readonly number[] = fixed ?? agreed?.map((each) => weekdayCodes.indexOf(each.slice(0, 3)) + 1) ?? [];
  const next = (day: IsoDate) => (calendar === null ? day : schoolDayFrom(day, calendar));
  if (weekdays.length === 0) return start;
  for (let day = next(start); day !== null; day = next(addDays(day, 1))) {
    if (weekdays.includes(weekdayOf(day))) return day;
  }
  return start;
}

function weeksOfPhase({ title, schoolWeeks }: Phase, course: number | null): number {
  if (schoolWeeks !== 'course') return schoolWeeks;
  if (course === null) throw new Error(`The phase "${title}" is as long as a course, and there is none`);
  return course;
}

/** All that says when a student is with a host: the days of the placement, its phases, and the days of the week that were agreed. */
export interface Timetable {
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly phases: readonly Phase[];
  /** The school weeks of the course, for a phase that is as long as that. */
  readonly courseWeeks: number | null;
  readonly days: readonly AgreedDays[];
}

/**
 * The first half of a day on which two placements want the student at once (A11).
 * @returns the day and its half; null when there is none, as far as days of the week are agreed
 */
export function firstClash(
  one: Timetable,
  other: Timetable,
  calendar: Calendar,
): { readonly day: IsoDate; readonly half: 'am' | 'pm' } | null {
  const last = one.end < other.end ? one.end : other.end;
  const [halves, others] = [halvesWithHost(one, calendar), halvesWithHost(other, calendar)];
  const from = one.start > other.start ? one.start : other.start;
  for (let day = schoolDayFrom(from, calendar); day !== null && day <= last; day = schoolDayFrom(addDays(day, 1), calendar)) {
    const taken = others(day);
    const half = halves(day).find((each) => taken.includes(each));
    if (half) return { day, half };
  }
  return null;
}

/** @returns for a school day the halves that are spent with the host */
export function halvesWithHost({ start, end, phases, courseWeeks, days }: Timetable, calendar: Calendar) {
  const dated = datedPhases(phases, courseWeeks, { start, end }, calendar);
  return (day: IsoDate): ('am' | 'pm')[] => {
    const phase = dated.find(({ first, last }) => first <= day && day <= last);
    const weekday = weekdayOf(day);
    if (!phase) return [];
    if (phase.week)
      return phase.week.flatMap((session) => (session.at === 'host' && session.weekday === weekday ? [session.half] : []));
    const agreed = weekdaysOn(days, day)?.split(',') ?? [];
    const code = weekdayCodes[weekday - 1] ?? '';
    return agreed.flatMap((each): ('am' | 'pm')[] => {
      const [named, half] = each.split('-');
      if (named !== code) return [];
      return half === undefined ? ['am', 'pm'] : [half === 'am' ? 'am' : 'pm'];
    });
  };
}
