// A student is in one place at a time: rules over all of their placements (A11).
import { addDays, formatDay, isSchoolDay, type Calendar, type IsoDate } from './calendar';
import type { Facts, OtherCase } from './facts';
import { refuse } from './refusal';
import { placementOf } from './route';
import type { CaseState, Refusal } from './state';
import { datedPhases, firstClash, halvesWithHost, type DatedPhase, type Timetable } from './timetable';
import type { Host } from './words';

/** The first and the last day of a placement. */
type Span = Pick<Timetable, 'start' | 'end'>;

/** @returns when the student is with the host of this case, from that start to that end, with the days that were agreed so far */
export function timetableOf(state: CaseState, { start, end }: Span): Timetable {
  const days = state.position.stage === 'placement' ? (state.position.days ?? []) : [];
  return { start, end, phases: placementOf(state).phases, courseWeeks: state.course?.schoolWeeks ?? null, days };
}

/** @returns the phases of a case's placement with their days, from that start to that end */
export function phasesOf(state: CaseState, { start, end }: Span, calendar: Calendar): DatedPhase[] {
  return datedPhases(placementOf(state).phases, state.course?.schoolWeeks ?? null, { start, end }, calendar);
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
  const days = Array.from({ length: 7 }, (_, after) => addDays(monday, after)).filter((day) => isSchoolDay(day, calendar));
  return days.flatMap((day) =>
    cases.flatMap(({ reference, host, placement }) => {
      if (placement === null || day < placement.start || day > placement.end) return [];
      return halvesWithHost(placement, calendar)(day).map((half) => ({ day, half, host, case: reference }));
    }),
  );
}

/**
 * Two hosts cannot have a student on the same half of a day (A11).
 * @param field the one to change
 * @returns null when none of the student's other placements wants them then
 */
export function clashOf(wanted: Timetable, { otherCases, calendar }: Facts, field: string): Refusal | null {
  for (const { reference, host, placement } of otherCases) {
    const clash = placement && firstClash(wanted, placement, calendar);
    if (!clash) continue;
    const half = clash.half === 'am' ? 'morning' : 'afternoon';
    const message = `On the ${half} of ${formatDay(clash.day)} the student is with ${host ?? 'another host'} already (${reference}): agree other days.`;
    return refuse('wrong-value', 'A11', message, field);
  }
  return null;
}
