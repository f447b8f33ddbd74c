// The words of e-mails, made when they are sent. They carry the reference, a link, and the days, times and place of what they announce;
// never a name or a detail of a child (A16).
import { formatDay, formatLondon, isMeetingId, lastDayOfAgenda, londonDay, type Instant } from '../domain/calendar';
import { emailTitles, readerTitles, type Appointment, type Notice, type PanelDates } from '../domain/emails';
import { weekdaysInWords } from '../domain/timetable';
import { seatInWords } from '../domain/meetings/seats';
import { waitTitles } from '../domain/waits';
import { panelTitles, roleOf, roleTitles } from '../domain/words';
import type { Email } from '../records/types';

export interface Links {
  /** Where people reach the service, without a slash at the end. */
  readonly publicUrl: string;
  /** The right side of a Message-ID. */
  readonly domain: string;
}

/** @returns subject and text of an e-mail, with its link */
export function write(
  { reference, about: { notices, awaited }, place }: Pick<Email, 'reference' | 'about' | 'place'>,
  { publicUrl }: Links,
): { readonly subject: string; readonly text: string } {
  const [{ template }] = notices;
  const [page = ''] = notices.flatMap((notice) => (notice.template === 'outcome' ? [`/outcomes/${notice.command}`] : []));
  const link =
    template === 'seat-held'
      ? `${publicUrl}/panels`
      : `${publicUrl}/${template === 'file-harmful' ? 'files' : roomOf(reference)}/${reference}${page}`;
  return {
    subject: `${reference}: ${withSmallInitial(emailTitles[template])}`,
    text: [
      ...notices.flatMap((notice) => linesOf(notice, place)),
      ...awaited.map(({ what, due }) => `The case waits for you: ${waitTitles[what]}, by ${byDay(due)}.`),
      `Reference: ${reference}`,
      link,
      'Coventry Alternative Provision',
    ].join('\n\n'),
  };
}

/** Where what an e-mail is about is found. */
function roomOf(reference: string): string {
  if (isMeetingId(reference)) return 'meetings';
  if (reference.startsWith('ACC-')) return 'account-requests';
  if (reference.startsWith('NIGHT-')) return 'nights';
  return reference.startsWith('REG-') ? 'registers' : 'cases';
}

function linesOf(notice: Notice, place: string | null): string[] {
  switch (notice.template) {
    case 'application-to-check':
      return ['A new application has come in. Please check its pack.'];
    case 'pack-resubmitted':
      return ['The school has sent the corrected pack. Please check it.'];
    case 'pack-returned':
      return ['CAP has returned the pack. Please read the note, correct the pack and send it again.'];
    case 'deadline-moved':
      return [
        `The referral deadline has moved. Please send the corrected pack by the end of ${formatDay(notice.agendaCloses)}, so that the application keeps its panel meeting.`,
      ];
    case 'absences':
      return [
        `${notice.students === 1 ? 'A student' : `${String(notice.students)} students`} of your school ${notice.students === 1 ? 'was' : 'were'} absent from a placement. Please see who, and when, in the service today.`,
      ];
    case 'register-to-mark':
      return [
        `Your register of ${formatDay(notice.day)} is not marked yet. Please mark it this morning, so that schools know where their students are.`,
      ];
    case 'registers-unmarked':
      return [
        `The register of ${formatDay(notice.day)} is still unmarked at ${notice.hosts === 1 ? 'one host' : `${String(notice.hosts)} hosts`}, who were reminded. Please ask them.`,
      ];
    case 'checks-lapsing':
      return [
        `${notice.providers === 1 ? 'A provider' : `${String(notice.providers)} providers`} with running placements ${notice.providers === 1 ? 'has' : 'have'} a check that has lapsed, or lapses within four weeks. No new placement goes there once it has.`,
      ];
    case 'timelines-broken':
      return [
        `The check of the night found ${notice.alarms === 1 ? 'one timeline or signed night that is' : `${String(notice.alarms)} timelines or signed nights that are`} not as written. Please read which in the service. Change nothing, and keep the backups, until it is known why.`,
      ];
    case 'draft-to-be-deleted':
      return [
        `This application was begun and is not submitted. Nobody has changed it for a while: it is deleted on ${formatDay(notice.day)}.`,
        'If it is still needed, please submit it, or save it again.',
      ];
    case 'file-harmful':
      return [
        'A document that was taken in earlier was found harmful, or could not be looked into. Nobody can open it, and it is deleted. Another must take its place; the page says which it is.',
        'If it came from a computer of yours, please tell whoever looks after that computer.',
      ];
    case 'account-asked':
      return [
        notice.kind === 'give'
          ? 'An account is asked for, for a colleague of a school or provider. Please accept or decline it; a second person gives the grant.'
          : 'A school or provider asks that the account of a colleague end. Please accept or decline it: until then they can still sign in.',
      ];
    case 'account-accepted':
      return [
        'One of CAP has accepted it. The grant waits for a second person: somebody else than who asked for it. Please give it, or turn it down: until then the colleague cannot act for their organisation.',
      ];
    case 'account-settled':
      return [accountLine(notice)];
    case 'meeting-planned':
      return [
        `The ${panelTitles[notice.panel]} meets on ${formatDay(notice.day)}. Its agenda and packs follow when the agenda closes.`,
      ];
    case 'meeting-moved':
      return [`The meeting of the ${panelTitles[notice.panel]} has been moved to ${formatDay(notice.day)}.`];
    case 'meeting-cancelled':
      return [
        `The ${panelTitles[notice.panel]} does not meet on ${formatDay(notice.day)}: the meeting is taken out of the calendar.`,
      ];
    case 'seat-given':
      return [
        `You sit at the meeting of the ${panelTitles[notice.panel]} on ${formatDay(notice.day)}: ${seatInWords(notice.panel, notice.seat)}. Please see its agenda in the service, read the packs once it is closed, and declare any interest that you have in a case.`,
      ];
    case 'seat-ended':
      return [
        `You no longer sit at the meeting of the ${panelTitles[notice.panel]} on ${formatDay(notice.day)}, where you were to sit as: ${seatInWords(notice.panel, notice.seat)}.`,
      ];
    case 'seat-held':
      return [seatLine(notice)];
    case 'agenda-closed':
      return [
        `The agenda of the ${panelTitles[notice.panel]} on ${formatDay(notice.day)} is closed. Please read the packs before the meeting, and declare any interest that you have in a case.`,
      ];
    case 'pack-complete':
      return ['CAP has received your application and found its pack complete.', ...meetingLines(notice), ...outcomeLines(notice)];
    case 'panel-date':
      return [...meetingLines(notice), ...outcomeLines(notice)];
    case 'went-on':
      return [
        'The first panel has considered this application and passed it on to the panel that decides.',
        ...(notice.conditions
          ? ['It set conditions. Please read them, and by when they are to be met, on the page of the case.']
          : []),
        ...meetingLines(notice),
        ...outcomeLines(notice),
      ];
    case 'new-item':
      return ['An application has joined your agenda.', ...meetingLines(notice), ...deadlineLines(notice)];
    case 'outcome':
      return ['The panel has considered this application. The outcome document is ready for you.'];
    case 'check-taken-back':
      return [
        'CAP checks the pack of this application again: it was found complete by mistake. There is nothing for you to do until CAP has checked it.',
      ];
    case 'decision-taken-back':
      return [
        'A decision of the panel about this application was recorded wrongly and is taken back. What you were told of it holds no more: please do nothing on it.',
        ...meetingLines(notice),
        ...outcomeLines(notice),
      ];
    case 'reasons-owed':
      return ['A decision of your panel was recorded without its reasons. The outcome document waits until they are written.'];
    case 'reasons-given':
      return ['The reasons of a decision about this application have been written. Please read them on the page of the case.'];
    case 'send-the-pack':
      return ['The panel has approved this application. Please choose the training provider and send it the pack.'];
    case 'pack-for-provider':
      return ['CAP has sent you an application pack. Please read it.'];
    case 'arrange-the-interview':
      return [
        'CAP has received your application, found its pack complete and sent it to the training provider.',
        'Please arrange the interview with the provider.',
      ];
    case 'sent-elsewhere':
      return [
        'CAP has sent the pack of this application for another course, or to another provider: the page of the case says which. What was agreed with the provider before holds no more.',
      ];
    case 'meeting-called':
      return [
        `A meeting about this placement is called for ${formatLondon(notice.on)}. The page of the case says what it is about.`,
        placeLine(place),
      ];
    case 'meeting-called-anew':
      return [
        `The meeting about this placement has been moved to ${formatLondon(notice.on)}. It was to be on ${formatLondon(notice.from)}.`,
        placeLine(place),
      ];
    case 'people-named':
      return [
        'It was said who looks after the student: the case-worker of the school, or the monitoring officer of CAP. Please see in the service.',
      ];
    case 'agreement-withdrawn':
      return ['An agreement of this case was withdrawn. Please read which in the service, and do nothing that rests on it.'];
    case 'agreement-recorded':
      return ['An agreement was recorded in this case.'];
    case 'information-given':
      return ['The school has given the information that your panel asked for. Please read it before the meeting.'];
    case 'allocated':
      return ['A receiving school is allocated. Please agree the start with it, then confirm the start date.'];
    case 'no-longer-allocated':
      return [
        'The school that was allocated for this Supported Transfer no longer is. There is nothing more to do for a start there.',
      ];
    case 'not-allocated-yet':
      return [
        'The Headteacher Placement Meeting has put off the allocation of a receiving school. The page of the case says why.',
      ];
    case 'student-allocated':
      return [
        'A student is allocated to your school for a Supported Transfer. Please read the pack and agree the start with the home school.',
        'If your school cannot take the student after all, please tell CAP: another school is then allocated.',
      ];
    case 'interview-booked':
      return [`An interview is booked for ${formatLondon(notice.on)}.`, placeLine(place)];
    case 'interview-moved':
      return [
        `The interview has been moved to ${formatLondon(notice.on)}. It was to be on ${formatLondon(notice.from)}.`,
        placeLine(place),
      ];
    case 'interview-missed':
      return ['The interview did not take place. It has to be booked again.'];
    case 'interview-held':
      return ['The interview is recorded as held. Please give your response to the application.'];
    case 'onboard':
      return ['The panel has approved this application. Please start the onboarding.'];
    case 'confirm-start':
      return [
        'The place is offered. Please confirm the start date.',
        ...(notice.expected === null ? [] : [`The start that was planned is ${formatDay(notice.expected)}.`]),
      ];
    case 'place-free':
      return [
        'A place on the course has become free, and the student of this application has it. The school confirms the start date.',
      ];
    case 'course-full':
      return [
        'The application is accepted, and the course has no place left just now. It stands in line for one; you are told when it has it. CAP can look for another course meanwhile.',
      ];
    case 'no-longer-accepted':
      return [
        'This application had been accepted, and the student cannot be taken after all. Please confirm no start: CAP will explore alternatives with you.',
      ];
    case 'start-given-up':
      return [
        `The placement that was to begin on ${formatDay(notice.start)} does not begin: the student cannot be taken there after all. Whoever was told of that start has to hear it now, the student and the parents among them.`,
        'The page of the case says what comes next.',
        ...calledOffLines(notice),
      ];
    case 'not-accepted':
      return ['This application was not accepted. CAP will explore alternatives with you.'];
    case 'explore-alternatives':
      return ['This application was not accepted. Please explore alternatives with the school.'];
    case 'start-confirmed':
    case 'start-corrected':
      return [
        `The start is ${notice.template === 'start-confirmed' ? 'confirmed' : 'corrected'}: the placement begins on ${formatDay(notice.start)} and ends on ${formatDay(notice.end)}.`,
        ...shortenedLines(notice),
      ];
    case 'pack-for-another':
      return ['CAP has sent this pack to another provider. There is nothing more for you to do.'];
    case 'review-asked':
      return ['Parents or the local authority have asked for a review of the placement. Please hold it with the other side.'];
    case 'reconsideration-asked':
      return [
        'The school asks the panel to reconsider its refusal, with new evidence. The panel decides anew at its next meeting.',
      ];
    case 'extension-asked':
      return ['An extension of the placement is asked for. Please decide on it.'];
    case 'extended':
      return [`The placement goes on: it now ends on ${formatDay(notice.end)}.`];
    case 'not-extended':
      return ['The placement is not extended. The page of the case says why.'];
    case 'complaint-made':
      return ['The school has made a formal complaint. Please answer it by the complaints policy.'];
    case 'complaint-answered':
      return ['CAP has answered your complaint. The answer stands on the page of the case.'];
    case 'withdrawal-asked':
      return ['A withdrawal from the placement is asked for. Please read the form, enter it in CLM and Capita, then process it.'];
    case 'withdrawal-processed':
      return [
        notice.from === 'placement'
          ? `CAP has processed the withdrawal from the placement. The last day is ${formatDay(notice.last)}.`
          : `CAP has processed the withdrawal from some days of the week. The last of them is ${formatDay(notice.last)}${notice.weekdays === undefined ? '; the page of the case says which' : `. After it the student is there on ${weekdaysInWords(notice.weekdays)}`}.`,
      ];
    case 'withdrawal-not-made':
      return ['The withdrawal that was asked for is not made: the student stays. The page of the case says why.'];
    case 'change-of-day-asked':
      return ['A change of day is asked for. Please enter it in CLM and Capita, then confirm it.'];
    case 'change-of-day-confirmed':
      return [
        `CAP has confirmed the change of day. From ${notice.from === null ? 'the start' : formatDay(notice.from)} the student is there on ${weekdaysInWords(notice.weekdays)}.`,
        ...(notice.until === null ? [] : [`After ${formatDay(notice.until)} the days are as before.`]),
      ];
    case 'change-of-day-not-made':
      return ['The change of day that was asked for is not made: the days stay. The page of the case says why.'];
    case 'exited':
      return ['The placement has ended. The page of the case says how.', ...calledOffLines(notice)];
    case 'meeting-called-off':
      return ['A meeting about the placement is called off.', ...calledOffLines(notice)];
    case 'withdrawn':
      return ['This application has been withdrawn.', ...calledOffLines(notice)];
    case 'closed':
      return ['CAP has closed this case. The page of the case says what was offered.', ...calledOffLines(notice)];
    case 'reminder':
      return [`The case waits for you: ${waitTitles[notice.what]}${wasDue(notice.due)}. Please see to it now.`];
    case 'email-undelivered':
      return [
        `An e-mail of this case could not be delivered: “${emailTitles[notice.email]}”, to ${readerTitles[notice.reader]}.`,
        `Please tell its reader in another way${notice.due === null ? '' : ` by ${byDay(notice.due)}`}, then record in the service how they were told.`,
      ];
    case 'escalation':
      return [
        `The case still waits for ${roleTitles[roleOf(notice.of)]}, who has been reminded: ${waitTitles[notice.what]}${wasDue(notice.due)}.`,
        'Please see that it goes on.',
      ];
  }
}

function seatLine({ panel, seat, as }: Extract<Notice, { template: 'seat-held' }>): string {
  const of = `the ${panelTitles[panel]}: ${seatInWords(panel, seat)}`;
  return as === 'holder'
    ? `You now hold a seat of ${of}. You sit in it at each meeting whose agenda is still open. Where you cannot come, please enter in the service that you are out of office.`
    : `You now stand in for a seat of ${of}. You sit in it at meetings on which its holder is out of office; you are told of each.`;
}

function accountLine({ kind, came }: Extract<Notice, { template: 'account-settled' }>): string {
  if (came === 'declined') return 'CAP has declined what you asked for about the account of a colleague. The page says why.';
  return kind === 'give'
    ? 'Your colleague may now act for you in this service, as you asked. If they have not signed in here before, CAP still sets up with them how they do.'
    : 'Your colleague no longer acts for you in this service, as you asked.';
}

function calledOffLines({ calledOff = [] }: { readonly calledOff?: readonly Appointment[] }): string[] {
  return calledOff.map(({ on }) => `What was to be on ${formatLondon(on)} does not take place.`);
}

function shortenedLines({ shortened }: Extract<Notice, { template: 'start-confirmed' | 'start-corrected' }>): string[] {
  if (shortened === undefined) return [];
  const { weeks, of } = shortened;
  return [`The end of the term shortens it: it has ${String(weeks)} of its ${String(of)} school weeks.`];
}

function meetingLines({ panel, meeting }: PanelDates): string[] {
  const title = panelTitles[panel];
  return [
    meeting === null
      ? `The ${title} considers it. No meeting is planned for it yet; you will be told when one is.`
      : `The ${title} considers it at its meeting on ${formatDay(meeting)}.`,
  ];
}

function deadlineLines({ agendaCloses, meeting }: PanelDates): string[] {
  if (agendaCloses === null) return [];
  const last = meeting === null ? agendaCloses : lastDayOfAgenda(agendaCloses, meeting);
  return [`The agenda closes at the end of ${formatDay(last)}.`];
}

function outcomeLines({ outcomeBy }: PanelDates): string[] {
  return outcomeBy === null ? [] : [`You will be told the outcome by e-mail by ${byDay(outcomeBy)}.`];
}

function placeLine(place: string | null): string {
  return place === null || place.trim() === ''
    ? 'The place stands on the page of the case, where it is known.'
    : `Place: ${place.trim()}`;
}

function wasDue(due: Instant | null): string {
  return due === null ? '' : `, due ${byDay(due)}`;
}

/** What is due at the end of a day is due on that day. */
function byDay(due: Instant): string {
  return formatDay(londonDay(due));
}

/** A title goes on after the colon of a subject. */
function withSmallInitial(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
