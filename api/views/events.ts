// What happened to a case, as people read it on its timeline.
import type { MeetingEventKind } from '../../domain/meetings/state';
import type { Event, EventKind } from '../../domain/state';
import { titleOfWait, waitTitles } from '../../domain/waits';
import type { ProgrammeKey } from '../../domain/words';

const eventTitles: Readonly<Record<EventKind, string>> = {
  submitted: 'Application submitted',
  packComplete: 'Pack checked: complete',
  checkTakenBack: 'Pack checked again: found complete by mistake',
  packReturned: 'Pack returned for correction',
  packResubmitted: 'Corrected pack sent again',
  landed: 'Joined a panel cycle',
  approved: 'Approved by the panel',
  wentOn: 'Passed on to the next panel',
  refused: 'Refused by the panel',
  decisionTakenBack: 'Decision taken back by the panel',
  deferred: 'Deferred to the next meeting',
  allocated: 'Receiving school allocated',
  placeTaken: 'Place taken',
  coursePlaceTaken: 'Place on the course taken',
  coursePlaceAwaited: 'In line for a place on the course',
  reasonsOwed: 'Reasons still to be written',
  reasonsGiven: 'Reasons written',
  informationGiven: 'Information for the panel given',
  outcomeIssued: 'Outcome document issued',
  packSent: 'Pack sent to the provider',
  interviewBooked: 'Interview booked',
  interviewHeld: 'Interview held',
  interviewMissed: 'Interview missed',
  providerAccepted: 'Accepted by the provider',
  providerDeclined: 'Declined by the provider',
  onboarded: 'Onboarding completed',
  onboardingRefused: 'Onboarding refused',
  startConfirmed: 'Start date confirmed',
  startCorrected: 'Start date corrected',
  reviewHeld: 'Review meeting held',
  assessed: 'Well-being assessed',
  taskDone: 'Task of the placement done',
  noticeSent: 'Notice sent to the parents',
  reviewAsked: 'Review asked for',
  reconsiderationAsked: 'Reconsideration asked for',
  extensionAsked: 'Extension asked for',
  extensionDecided: 'Extension decided',
  cpomsNoted: 'A concern is recorded on CPOMS',
  meetingCalled: 'Meeting called',
  meetingRecorded: 'Meeting recorded',
  caseWorkerNamed: 'Case-worker named',
  monitoringOfficerNamed: 'Monitoring officer named',
  agreementRecorded: 'Agreement recorded',
  agreementWithdrawn: 'Agreement withdrawn',
  agreementSettled: 'What follows from a withdrawn agreement is done',
  complaintMade: 'Complaint made',
  complaintAnswered: 'Complaint answered',
  withdrawalAsked: 'Withdrawal asked for',
  withdrawalProcessed: 'Withdrawal processed',
  changeOfDayAsked: 'Change of day asked for',
  changeOfDayProcessed: 'Change of day processed',
  exited: 'Placement ended',
  withdrawn: 'Withdrawn by the school',
  closedByCap: 'Closed by CAP',
  reminded: 'Reminder sent',
  escalated: 'CAP told of the delay',
  meetingMoved: 'Panel meeting moved',
  deadlineMoved: 'Referral deadline moved',
  recalculated: 'Dates counted anew',
  emailUndelivered: 'E-mail could not be delivered',
  emailSettled: 'Reader of an undelivered e-mail told',
  erased: 'What was written is erased',
};

/**
 * @param programme of its case: the tasks of its placement have their titles there
 * @returns an event as people read it: of an approval, and of support for the next panel, whether it has conditions (A8), of a task which it was, of a
 *   clock that ran out what is waited for
 */
export function titleOfEvent(
  { kind, event }: { readonly kind: EventKind; readonly event: object },
  programme: ProgrammeKey,
): string {
  const said = { ...event, kind } as Event;
  switch (said.kind) {
    case 'approved':
    case 'wentOn':
      return said.conditions ? `${eventTitles[kind]}, with conditions` : eventTitles[kind];
    case 'reminded':
    case 'escalated':
      return `${eventTitles[kind]}: ${titleOfWait(said, programme)}`;
    case 'taskDone': {
      const task = titleOfWait({ what: 'task', subject: said.task }, programme);
      return task === waitTitles.task ? eventTitles[kind] : `Done: ${task}`;
    }
    default:
      return eventTitles[kind];
  }
}

/** What happened to a panel meeting. */
export const meetingEventTitles: Readonly<Record<MeetingEventKind, string>> = {
  convened: 'Meeting in the calendar',
  rescheduled: 'Meeting moved, or its deadline',
  agendaClosed: 'Agenda closed',
  seatFilled: 'Seat filled for this meeting',
  interestDeclared: 'Interest declared',
  interestTakenBack: 'Interest taken back',
  attendanceRecorded: 'Attendance recorded',
  minutesSigned: 'Minutes signed',
  passed: 'Day over, nothing kept of it',
  cancelled: 'Meeting taken out of the calendar',
  reminded: 'Reminder sent',
  escalated: 'Escalated to CAP',
  emailUndelivered: 'An e-mail could not be delivered',
  emailSettled: 'Reader of an undelivered e-mail told',
};
