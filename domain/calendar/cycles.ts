// Panel cycles: which programmes are considered, by when an application must be in, and on which days the panels meet (R93).
import { londonDay } from './london';
import { panelCodes, type PanelCode } from './panels';
import type { Calendar, Instant, IsoDate } from './types';

/** One panel's meeting. */
export interface Meeting {
  /** Safe in a workflow id and an address: `MAP-2024-12-17`. */
  readonly id: string;
  readonly panel: PanelCode;
  readonly day: IsoDate;
}

/** A programme that a cycle considers. */
export interface CycleItem {
  /** The programme's code without its year: `refocus`. */
  readonly programme: string;
  /** The cohort that applications join; null for a programme without cohorts. */
  readonly cohortStart: IsoDate | null;
  /** The panels that decide in this cycle only, in order; none at all is an empty list; null is the programme's own route (C5). */
  readonly panels: readonly PanelCode[] | null;
}

/** A round of applications with one deadline, and the meetings that decide them. */
export interface Cycle {
  /** `2024-25-4` */
  readonly id: string;
  /** `2024-25` */
  readonly academicYear: string;
  /** Its place in the year's calendar, from 1. */
  readonly number: number;
  /** An application is in time until the end of this London day. */
  readonly deadline: IsoDate;
  readonly items: readonly CycleItem[];
  /** null where the panel does not meet: it then decides outside a meeting (C18). */
  readonly meetings: Readonly<Record<PanelCode, Meeting | null>>;
}

/** @returns the meetings of a cycle, in the order of the panels; none of a panel that does not meet */
export function meetingsOf({ meetings }: Pick<Cycle, 'meetings'>): Meeting[] {
  return panelCodes.flatMap((panel) => meetings[panel] ?? []);
}

/** What CAP has planned: terms and closed days, and the cycles. */
export interface Planned {
  readonly calendar: Calendar;
  /** In any order. */
  readonly cycles: readonly Cycle[];
}

/** A group that begins a programme on one day (C10). */
export interface Cohort {
  /** The programme's code without its year: `refocus`. */
  readonly programme: string;
  /** The academic year of its start, `2024-25`. */
  readonly academicYear: string;
  readonly start: IsoDate;
  /** The cycle whose panels fill it; null when that was a cycle of the academic year before (C17) whose calendar is not here. */
  readonly cycleId: string | null;
}

/** A cycle that an application meets, and the item in it that is its programme's. */
export interface CycleMatch {
  readonly cycle: Cycle;
  readonly item: CycleItem;
}

/** The one with the earliest day; of two on the same day, the one that comes first. */
function earliest<T>(all: readonly T[], day: (one: T) => IsoDate): T | null {
  return all.reduce<T | null>((best, one) => (best === null || day(one) < day(best) ? one : best), null);
}

function firstCycle(programme: string, cycles: readonly Cycle[], inTime: (deadline: IsoDate) => boolean): CycleMatch | null {
  const listed = cycles.flatMap((cycle) =>
    inTime(cycle.deadline) ? cycle.items.filter((item) => item.programme === programme).map((item) => ({ cycle, item })) : [],
  );
  return earliest(listed, ({ cycle }) => cycle.deadline);
}

/**
 * The cycle that an application lands on: the first, by deadline, that lists its programme and whose deadline, the end of that London
 * day, the receipt meets. Late is the next cycle, never a refusal (C16).
 * @param programme the programme's code without its year
 * @param received when the application came in
 * @param cycles in any order
 * @returns null when there is no such cycle yet: the application waits for one
 * @throws RangeError when `received` is not an instant
 */
export function landsOn(programme: string, received: Instant, cycles: readonly Cycle[]): CycleMatch | null {
  const day = londonDay(received);
  return firstCycle(programme, cycles, (deadline) => day <= deadline);
}

/**
 * The first cycle with a deadline after a day that lists the programme: where a deferred application finds its next cohort.
 * @param programme the programme's code without its year
 * @param after the deadline of the cycle it was in; that day itself does not count
 * @returns null when there is no such cycle yet
 */
export function nextCycleAfter(programme: string, after: IsoDate, cycles: readonly Cycle[]): CycleMatch | null {
  return firstCycle(programme, cycles, (deadline) => deadline > after);
}

/**
 * A panel's first meeting after a day, whatever its cycle lists: where a deferred application is discussed again (A8).
 * @param after the day of the meeting that deferred it; that day itself does not count
 * @returns null when no such meeting is planned yet
 */
export function nextMeetingOf(
  panel: PanelCode,
  after: IsoDate,
  cycles: readonly Cycle[],
): { meeting: Meeting; cycle: Cycle } | null {
  const planned = cycles.flatMap((cycle) => {
    const meeting = cycle.meetings[panel];
    return meeting !== null && meeting.day > after ? [{ meeting, cycle }] : [];
  });
  return earliest(planned, ({ meeting }) => meeting.day);
}
