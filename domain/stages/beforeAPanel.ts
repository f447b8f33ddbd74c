// What the two stages with a meeting have in common: the panel that decides, and the meeting that allocates.
import { addWorkingDays, endOfLondonDay, formatDay, londonDay, outcomeDue, type Calendar } from '../calendar';
import type { Facts } from '../facts';
import { dayOfDecision } from '../landing';
import { isQuorate } from '../meetings/sitting';
import { refuse } from '../refusal';
import type { At, CaseState, EventOf, Landing, Position, Refusal, WaitCode } from '../state';
import { workingDaysAfter, type Awaited } from '../take';
import type { MeetingRef, PanelCode } from '../words';

type Meets = 'panel' | 'allocation';
type CaseBefore = CaseState & { readonly position: At<Meets> };

/** @returns the meeting of a panel on which the case has landed; null while none is planned. */
export function landedMeeting(state: CaseState, panel: PanelCode): MeetingRef | null {
  return state.landing?.meetings[panel] ?? null;
}

/** How the meeting of such a stage is set, moved and put off. */
export const movesOfItsMeeting = {
  deferred: ({ position }: CaseBefore, { landing }: EventOf<'deferred'>): Position => onto(position, landing),
  landed: ({ position }: CaseBefore, { landing }: EventOf<'landed'>): Position => onto(position, landing),
  meetingMoved: ({ position }: CaseBefore, { panel, meeting }: EventOf<'meetingMoved'>): Position =>
    panel === position.panel ? { ...position, meeting } : position,
};

function onto(position: At<Meets>, landing: Landing | null): Position {
  return { ...position, meeting: landing?.meetings[position.panel] ?? null };
}

/** It waits for the meeting, whose outcome is promised in three working days (R71); without one, for CAP to plan a cycle. */
export function waitsForItsMeeting({ position, since }: CaseBefore, what: WaitCode, calendar: Calendar): Awaited {
  if (!position.meeting) return { party: 'cap', what: 'panel-cycle', due: workingDaysAfter(since, 5, calendar) };
  const due = outcomeDue(position.meeting.day, calendar);
  // The promise is to the school (R71): remind a day before it would be broken, tell CAP when it is.
  const remind = endOfLondonDay(addWorkingDays(position.meeting.day, 2, calendar));
  return { party: `panel:${position.panel}`, what, due, remind, escalate: due };
}

/** A panel decides on or after the meeting's day, or earlier outside the meeting with a reason (C18). @returns why it cannot yet; null when it can */
export function tooEarly(position: Pick<At<Meets>, 'meeting'>, outsideMeeting: boolean, facts: Facts): Refusal | null {
  if (outsideMeeting) {
    return facts.texts !== null
      ? null
      : refuse(
          'reason-needed',
          'C18',
          'A decision outside the meeting needs its reason: decide through the service, with reasons.',
          'reasons',
        );
  }
  const meeting = facts.meeting ?? position.meeting;
  if (!meeting) {
    return refuse(
      'no-meeting',
      'C18',
      'No meeting is planned for this case yet: decide outside the meeting, with a reason.',
      'outsideMeeting',
    );
  }
  if (londonDay(facts.now) < meeting.day) {
    return refuse(
      'before-the-meeting',
      'C18',
      `The panel meets on ${formatDay(meeting.day)}: decide on or after that day, or outside the meeting with a reason.`,
      'outsideMeeting',
    );
  }
  return withoutQuorum(facts);
}

/** A panel decides at its meeting when enough of its seats are present for the case, and until its minutes are signed (A7). */
function withoutQuorum({ sitting }: Facts): Refusal | null {
  if (sitting?.isSigned) {
    return refuse(
      'no-meeting',
      'A7',
      'The minutes of this meeting are signed: decide outside it, with a reason.',
      'outsideMeeting',
    );
  }
  if (sitting === null || isQuorate(sitting)) return null;
  const { present, quorum, led } = sitting;
  const lead = led ? '' : ', and neither the chair nor the vice chair among them';
  const there = present === 0 ? 'No seat is' : present === 1 ? '1 seat is' : `${String(present)} seats are`;
  const needed = quorum === 1 ? '1 is needed' : `${String(quorum)} are needed`;
  const message = `${there} present for this case${lead}, and ${needed}: who has an interest in it, or is of its school or host, is not counted. Record who is present, or decide outside the meeting with a reason.`;
  return refuse('no-quorum', 'A7', message, 'outsideMeeting');
}

/** The meeting that the case is before, as its row has it now. */
export function meetingOf({ position }: CaseBefore, facts: Facts): MeetingRef | null {
  return position.meeting && (facts.meeting ?? position.meeting);
}

/** What every decision says beside its outcome. */
export function decidedBy(panel: PanelCode, outsideMeeting: boolean, meeting: MeetingRef | null, facts: Facts) {
  const day = dayOfDecision(facts.now, outsideMeeting ? null : meeting);
  return { panel, command: facts.commandId, outsideMeeting, seenUntil: outcomeDue(day, facts.calendar) };
}
