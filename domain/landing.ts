// Which cycle a case lands on, and where it goes when a panel defers it (R93, C16).
import {
  academicYearOf,
  endOfLondonDay,
  landsOn,
  londonDay,
  nextMeetingOf,
  yearToStartIn,
  type Calendar,
  type Cycle,
  type Instant,
  type IsoDate,
} from './calendar';
import { panelsAwaited, panelsOf, routeOf } from './route';
import { programmeAt } from './programmes';
import type { At, CaseState, Landing, Position } from './state';
import type { MeetingRef, PanelCode, ProgrammeKey } from './words';

/** A case as far as its landing concerns it: what it is pinned to, and where it has landed. */
type Landed = Pick<CaseState, 'programme' | 'panels' | 'landing'>;

/**
 * The first cycle that lists the programme and whose referral deadline is met: late is the next cycle, never refused (C16).
 * @param received when the application was received
 * @returns null when the route has no panel, or no cycle is planned yet: the case then waits for one
 */
export function landing(programme: ProgrammeKey, received: Instant, cycles: readonly Cycle[]): Landing | null {
  const { code, route } = programmeAt(programme);
  const found = panelsOf(route).length > 0 ? landsOn(code, received, cycles) : null;
  if (!found) return null;
  const { cycle, item } = found;
  const panels = panelsOf(routeOf({ programme, panels: item.panels }));
  return {
    cycle: cycle.id,
    agendaCloses: cycle.deadline,
    cohort: item.cohortStart,
    panels: item.panels,
    meetings: Object.fromEntries(panels.map((panel) => [panel, meetingRef(cycle.meetings[panel])])),
  };
}

/** @returns the academic year of the placement of a case: that of its start, else of the start that it could still have (C6) */
export function placementYear({ position, landing: landed }: CaseState, today: IsoDate, calendar: Calendar): string {
  const start = 'start' in position ? position.start : null;
  return start === null ? yearToStartIn(landed?.cohort ?? null, today, calendar) : academicYearOf(start);
}

/**
 * What a corrected pack says anew of the panels of its case (R20, A22).
 * @param withoutPanels whether its answers take them out of the route; absent where no answer does
 * @returns what changes: a case that comes before panels after all has landed nowhere yet
 */
export function panelsAsCorrected(
  { panels, landing: landed }: Pick<CaseState, 'panels' | 'landing'>,
  withoutPanels: boolean | undefined,
): Partial<Pick<CaseState, 'panels' | 'landing'>> {
  const comesToNone = landed === null && panels?.length === 0;
  if (withoutPanels === undefined || withoutPanels === comesToNone) return {};
  return { panels: withoutPanels ? [] : null, landing: null };
}

/** @returns where a case is before a panel, one that decides or the one that allocates; null where it is before none */
export function beforePanel(position: Position): At<'panel' | 'allocation'> | null {
  return position.stage === 'panel' || position.stage === 'allocation' ? position : null;
}

/** @returns the meetings that a case has yet to come to, in the order of its route; of a panel without a meeting there is none. */
export function meetingsAhead(state: CaseState): MeetingRef[] {
  const { position, landing: landed } = state;
  return panelsAwaited(state).flatMap((panel) => {
    const here = beforePanel(position);
    return (here?.panel === panel ? here.meeting : landed?.meetings[panel]) ?? [];
  });
}

/** @returns whether a case waits for a meeting, or on its way to one for a cycle, that is not planned yet. */
export function lacksMeeting(state: CaseState): boolean {
  const here = beforePanel(state.position);
  return panelsAwaited(state).length > 0 && (here ? here.meeting : state.landing) === null;
}

/**
 * Where a case before a panel without a meeting goes, now that the calendar was edited: to its first cycle; to the meeting that its own
 * cycle was given (C18); or, deferred when no later meeting was planned, to the next meeting of that panel.
 * @returns null when it still waits
 */
export function landingAtLast(state: Landed, panel: PanelCode, now: Instant, cycles: readonly Cycle[]): Landing | null {
  const current = state.landing;
  if (current === null) return landing(state.programme, now, cycles);
  const own = cycles.find(({ id }) => id === current.cycle);
  if (own && own.meetings[panel] === null) return null;
  const next = deferral(state, panel, londonDay(now), cycles);
  return next?.meetings[panel] ? next : null;
}

/**
 * The meetings of those panels whose day is not what the case has: they moved, or the case's own cycle was given one (C18).
 * @param today a cycle's meeting that has been held is not given to a case that it deferred
 */
export function changedMeetings(
  current: Landing | null,
  panels: readonly PanelCode[],
  today: IsoDate,
  cycles: readonly Cycle[],
): { readonly panel: PanelCode; readonly meeting: MeetingRef }[] {
  if (current === null) return [];
  return panels.flatMap((panel) => {
    const known = current.meetings[panel] ?? null;
    const row = known
      ? cycles.map(({ meetings }) => meetings[panel]).find((meeting) => meeting?.id === known.id)
      : cycles.find(({ id, meetings }) => id === current.cycle && (meetings[panel]?.day ?? '') > today)?.meetings[panel];
    const meeting = meetingRef(row);
    return meeting && meeting.day !== known?.day ? [{ panel, meeting }] : [];
  });
}

/** The referral deadline of the case's cycle, where it is not the one that the case has: it was moved. */
export function changedDeadline(current: Landing | null, cycles: readonly Cycle[]): IsoDate | null {
  const deadline = cycles.find(({ id }) => id === current?.cycle)?.deadline ?? null;
  return deadline === current?.agendaCloses ? null : deadline;
}

/**
 * The next meeting of a panel whatever its cycle lists (A8), with the meetings of the panels that come after it, and the next
 * cohort if the present one will have begun.
 * @param after the day of the meeting that deferred it, or of the decision if that is later
 * @returns without a meeting of that panel when no later one is planned: the case waits for one; null when it never landed either
 */
export function deferral(state: Landed, panel: PanelCode, after: IsoDate, cycles: readonly Cycle[]): Landing | null {
  const current = state.landing;
  const { code } = programmeAt(state.programme);
  const next = nextMeetingOf(panel, after, cycles);
  if (!next) return current && { ...current, meetings: { ...current.meetings, [panel]: null } };
  const panels = panelsOf(routeOf(state));
  const meetings: Partial<Record<PanelCode, MeetingRef | null>> = { ...current?.meetings, [panel]: meetingRef(next.meeting) };
  for (const later of panels.slice(panels.indexOf(panel) + 1)) {
    const own = next.cycle.meetings[later];
    const follows = own && own.day >= next.meeting.day ? own : (nextMeetingOf(later, next.meeting.day, cycles)?.meeting ?? null);
    meetings[later] = meetingRef(follows);
  }
  const decidedOn = panels.reduce((day, each) => laterDay(day, meetings[each]?.day ?? day), next.meeting.day);
  return {
    cycle: next.cycle.id,
    agendaCloses: next.cycle.deadline,
    cohort: cohortAfter(code, current?.cohort ?? null, decidedOn, cycles),
    panels: state.panels,
    meetings,
  };
}

/** A case keeps its cohort unless that will have begun when it is decided; then it takes the first that has not. */
function cohortAfter(code: string, current: IsoDate | null, decidedOn: IsoDate, cycles: readonly Cycle[]): IsoDate | null {
  if (current === null || current > decidedOn) return current;
  const starts = cycles.flatMap((cycle) =>
    cycle.items.flatMap((item) =>
      item.programme === code && item.cohortStart !== null && item.cohortStart > decidedOn ? [item.cohortStart] : [],
    ),
  );
  return starts.sort()[0] ?? null;
}

/** @returns whether a cycle's agenda is closed at that time: after the end of its referral deadline in London. */
export function agendaIsClosed(deadline: IsoDate, now: Instant): boolean {
  return now > endOfLondonDay(deadline);
}

function laterDay(one: IsoDate, other: IsoDate): IsoDate {
  return one > other ? one : other;
}

/** @returns the London day of a decision, or of the meeting when that is later: from then on the next meeting is sought. */
export function dayOfDecision(now: Instant, meeting: MeetingRef | null): IsoDate {
  return meeting ? laterDay(londonDay(now), meeting.day) : londonDay(now);
}

function meetingRef(meeting: MeetingRef | null | undefined): MeetingRef | null {
  return meeting ? { id: meeting.id, day: meeting.day } : null;
}
