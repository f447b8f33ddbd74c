// Who is told what of a panel meeting. A panel whose seats nobody holds here hears of its cases alone, as its chair always does.
import { gathered, nudgeNotice, type EmailFacts, type EmailToWrite, type Telling } from '../emails';
import type { Party } from '../words';
import { leads } from './seats';
import { isSeated } from './sitting';
import type { MeetingEvent, MeetingState } from './state';

export function meetingEmails(
  _before: MeetingState | null,
  events: readonly MeetingEvent[],
  after: MeetingState,
  facts: EmailFacts,
): EmailToWrite[] {
  return gathered(events, (event) => tellingsOf(event, after, facts), facts);
}

function tellingsOf(event: MeetingEvent, after: MeetingState, { waits }: EmailFacts): Telling[] {
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
      return announce('meeting-moved');
    case 'agendaClosed':
      return announce('agenda-closed');
    case 'cancelled':
      return announce('meeting-cancelled');
    case 'reminded':
    case 'escalated':
      return [nudgeNotice(event, waits)];
    case 'seatFilled':
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
