// Which cycle a case lands on, and where it goes when a panel defers it (R93, C16).
import { endOfLondonDay, landsOn, londonDay, nextMeetingOf, type Cycle, type Instant, type IsoDate } from './calendar';
import { panelsOf } from './route';
import { programmeAt } from './programmes';
import type { Landing } from './state';
import type { MeetingRef, PanelCode, ProgrammeKey } from './words';

/**
 * The first cycle that lists the programme and whose referral deadline is met: late is the next cycle, never refused (C16).
 * @param received when the application was received
 * @returns null when the route has no panel, or no cycle is planned yet: the case then waits for one
 */
export function landing(programme: ProgrammeKey, received: Instant, cycles: readonly Cycle[]): Landing | null {
  const { code, route } = programmeAt(programme);
  const panels = panelsOf(route);
  const found = panels.length > 0 ? landsOn(code, received, cycles) : null;
  if (!found) return null;
  return {
    cycle: found.cycle.id,
    agendaCloses: found.cycle.deadline,
    cohort: found.item.cohortStart,
    meetings: Object.fromEntries(panels.map((panel) => [panel, meetingRef(found.cycle.meetings[panel])])),
  };
}

/**
 * The next meeting of a panel whatever its cycle lists (A8), with the meetings of the panels that come after it, and the next
 * cohort if the present one will have begun.
 * @param after the day of the meeting that deferred it, or of the decision if that is later
 * @returns null when no later meeting is planned: the case waits for one
 */
export function deferral(
  programme: ProgrammeKey,
  current: Landing | null,
  panel: PanelCode,
  after: IsoDate,
  cycles: readonly Cycle[],
): Landing | null {
  const { code, route } = programmeAt(programme);
  const next = nextMeetingOf(panel, after, cycles);
  if (!next) return null;
  const panels = panelsOf(route);
  const meetings: Partial<Record<PanelCode, MeetingRef | null>> = { ...current?.meetings, [panel]: meetingRef(next.meeting) };
  for (const later of panels.slice(panels.indexOf(panel) + 1)) {
    const own = next.cycle.meetings[later];
    const follows = own && own.day >= next.meeting.day ? own : (nextMeetingOf(later, next.meeting.day, cycles)?.meeting ?? null);
    meetings[later] = meetingRef(follows);
  }
  return {
    cycle: next.cycle.id,
    agendaCloses: next.cycle.deadline,
    cohort: cohortAfter(code, current?.cohort ?? null, next.meeting.day, cycles),
    meetings,
  };
}

/** A case keeps its cohort unless that will have begun by the meeting's day; then it takes the first that has not. */
function cohortAfter(code: string, current: IsoDate | null, meetingDay: IsoDate, cycles: readonly Cycle[]): IsoDate | null {
  if (current === null || current > meetingDay) return current;
  const starts = cycles.flatMap((cycle) =>
    cycle.items.flatMap((item) =>
      item.programme === code && item.cohortStart !== null && item.cohortStart > meetingDay ? [item.cohortStart] : [],
    ),
  );
  return starts.sort()[0] ?? null;
}

/** @returns whether a cycle's agenda is closed at that time: after the end of its referral deadline in London. */
export function agendaIsClosed(deadline: IsoDate, now: Instant): boolean {
  return now > endOfLondonDay(deadline);
}

/** @returns the later of two days. */
export function laterDay(one: IsoDate, other: IsoDate): IsoDate {
  return one > other ? one : other;
}

/** @returns the London day of a decision, or of the meeting when that is later: from then on the next meeting is sought. */
export function dayOfDecision(now: Instant, meeting: MeetingRef | null): IsoDate {
  return meeting ? laterDay(londonDay(now), meeting.day) : londonDay(now);
}

function meetingRef(meeting: MeetingRef | null | undefined): MeetingRef | null {
  return meeting ? { id: meeting.id, day: meeting.day } : null;
}
