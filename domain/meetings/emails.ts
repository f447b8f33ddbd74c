// Who is told what of a panel meeting. A panel whose seats nobody holds here hears of its cases alone, as its chair always does.
import { gathered, nudgeNotice, type EmailFacts, type EmailToWrite, type Telling } from '../emails';
import type { PanelCode, Party } from '../words';
import { leads } from './seats';
import { isSeated } from './sitting';
import type { MeetingEvent, MeetingState } from './state';

/** Who usually sits in a seat of a panel, and who stands in. */
interface Held {
  readonly holder: string | null;
  readonly deputy: string | null;
}

/**
 * Who usually sits in a seat, or stands in for its holder, is told when they are given it.
 * @param before null where nobody held it
 * @param by who gave it, and needs no word of it
 */
export function seatHeldEmails(panel: PanelCode, seat: string, before: Held | null, after: Held, by: string): EmailToWrite[] {
  return (['holder', 'deputy'] as const).flatMap((as): EmailToWrite[] => {
    const person = after[as];
    if (person === null || person === before?.[as] || person === by) return [];
    return [{ to: `person:${person}`, notices: [{ template: 'seat-held', panel, seat, as }], awaited: [] }];
  });
}

export function meetingEmails(
  before: MeetingState | null,
  events: readonly MeetingEvent[],
  after: MeetingState,
  facts: EmailFacts,
): EmailToWrite[] {
  return gathered(events, (event) => tellingsOf(event, before, after, facts), facts);
}

function tellingsOf(event: MeetingEvent, before: MeetingState | null, after: MeetingState, { waits }: EmailFacts): Telling[] {
  const { panel, day } = after;
  const sits = after.seats.some(({ seat, person }) => person !== null && !leads(seat));
  const members: Party[] = sits ? [`member:${panel}`] : [];
  const everybody: Party[] = isSeated(after) ? [`panel:${panel}`, ...members] : [];
  const announce = (template: 'meeting-planned' | 'meeting-moved' | 'meeting-cancelled' | 'agenda-closed') =>
    everybody.map((party): Telling => [party, { template, panel, day }]);
  switch (event.kind) {
    case 'convened':
      return announce('meeting-planned');
    case 'rescheduled':
      // Another deadline alone moves nothing that stands in a calendar: its agenda is told when it closes.
      return before?.day === day ? [] : announce('meeting-moved');
    case 'agendaClosed':
      return [...announce('agenda-closed'), ...seatsChanged(before, after)];
    case 'cancelled':
      return announce('meeting-cancelled');
    case 'reminded':
    case 'escalated':
      return [nudgeNotice(event, waits)];
    case 'seatFilled':
      return seatsChanged(before, after);
    case 'interestDeclared':
    case 'interestTakenBack':
    case 'attendanceRecorded':
    case 'minutesSigned':
    case 'passed':
    case 'emailUndelivered':
    case 'emailSettled':
      return [];
  }
}

/**
 * Who sits in a seat in which somebody else sat before, or for its holder once the agenda is closed, is told so themselves: a panel has one mailbox, and
 * those who stand in are not always looked for there. Who sat there, and now sits nowhere, is told too.
 */
function seatsChanged(before: MeetingState | null, after: MeetingState): Telling[] {
  const { panel, day } = after;
  return after.seats.flatMap(({ seat, person, byHand, standsIn }): Telling[] => {
    const had = before?.seats.find((each) => each.seat === seat)?.person ?? null;
    const closes = before?.stage !== after.stage;
    const given = person !== null && (person !== had || (closes && standsIn === true && !byHand));
    const sits = after.seats.some((each) => each.person === had);
    return [
      ...(given ? [[`person:${person}`, { template: 'seat-given', panel, day, seat }] as const] : []),
      ...(had !== null && !sits ? [[`person:${had}`, { template: 'seat-ended', panel, day, seat }] as const] : []),
    ];
  });
}
