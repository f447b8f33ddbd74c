// Who is told what by e-mail when something happens (docs/decisions/0006-emails.md has it as a table). E-mails go to who must act and to
// who is affected, not to who just acted; a step sends each reader one at most. The words are elsewhere: here are only codes, days and
// times, and never a child (A16).
import { applicantOf } from './applicant';
import type { Instant, IsoDate } from './calendar';
import { hostOf } from './host';
import { beforePanel } from './landing';
import { isCalled, reviewWithSend } from './called';
import { placementOf } from './route';
import type { At, CaseState, Event, EventOf, MatterOf, Wait, WaitCode, WaitKey } from './state';
import { weeksOf, type AgreedDays } from './timetable';
import { roleOf, roleTitles, type PanelCode, type Party, type Role } from './words';

/** What each e-mail is about, as people read it. In order of weight: one that says several things has the title of the first of them. */
export const emailTitles = {
  'timelines-broken': 'Timelines that do not hold',
  'email-undelivered': 'An e-mail could not be delivered',
  escalation: 'Escalation',
  reminder: 'Reminder',
  outcome: 'Panel outcome',
  'went-on': 'First panel: goes on to the next panel',
  'decision-taken-back': 'Decision taken back',
  'check-taken-back': 'Pack checked again',
  'reasons-owed': 'Reasons are owed',
  'reasons-given': 'Reasons of a decision',
  'application-to-check': 'Application to check',
  'pack-resubmitted': 'Corrected pack to check',
  'pack-returned': 'Pack returned for correction',
  'deadline-moved': 'Referral deadline moved',
  absences: 'Absences recorded',
  'register-to-mark': 'Register to mark',
  'registers-unmarked': 'Registers still unmarked',
  'checks-lapsing': 'Checks of providers to renew',
  'file-harmful': 'A document must be replaced',
  'draft-to-be-deleted': 'Draft to be deleted',
  'account-asked': 'Account of a colleague: asked for',
  'account-accepted': 'Account of a colleague: waits for a second person',
  'account-settled': 'Account of a colleague: what became of it',
  'meeting-cancelled': 'Panel meeting cancelled',
  'meeting-moved': 'Panel meeting moved',
  'meeting-planned': 'Panel meeting planned',
  'seat-given': 'Your seat at a panel meeting',
  'seat-ended': 'You no longer sit at a panel meeting',
  'seat-held': 'Your seat on a panel',
  'agenda-closed': 'Agenda closed: the packs of your meeting',
  'pack-complete': 'Pack complete',
  'no-longer-allocated': 'Receiving school no longer allocated',
  'not-allocated-yet': 'No receiving school allocated yet',
  'panel-date': 'Panel date',
  'reconsideration-asked': 'Reconsideration asked for',
  'new-item': 'New item on your agenda',
  'information-given': 'Information for your meeting',
  'send-the-pack': 'Approved: send the pack to a provider',
  'pack-for-provider': 'Application pack for you',
  allocated: 'Receiving school allocated',
  'student-allocated': 'A student is allocated to your school',
  'arrange-the-interview': 'Pack complete: arrange the interview',
  'sent-elsewhere': 'Pack sent for another course, or to another provider',
  'interview-booked': 'Interview booked',
  'interview-moved': 'Interview moved',
  'interview-missed': 'Interview missed',
  'interview-held': 'Interview held: give your response',
  onboard: 'Approved: start the onboarding',
  'confirm-start': 'Accepted: confirm the start date',
  'place-free': 'A place on the course has become free',
  'course-full': 'Accepted: in line for a place on the course',
  'not-accepted': 'Not accepted',
  'no-longer-accepted': 'No longer accepted',
  'explore-alternatives': 'Explore alternatives',
  'start-given-up': 'The confirmed start does not come',
  'start-confirmed': 'Start date confirmed',
  'start-corrected': 'Start date corrected',
  'pack-for-another': 'Pack sent to another provider',
  'review-asked': 'A review is asked for',
  'extension-asked': 'Extension asked for',
  extended: 'Placement extended',
  'not-extended': 'Placement not extended',
  'meeting-called': 'Meeting called',
  'meeting-called-anew': 'Meeting moved to another time',
  'meeting-called-off': 'Meeting called off',
  'people-named': 'Who looks after the student',
  'agreement-withdrawn': 'An agreement was withdrawn',
  'agreement-recorded': 'Agreement recorded',
  'complaint-made': 'Complaint made',
  'complaint-answered': 'Complaint answered',
  'withdrawal-asked': 'Withdrawal asked for',
  'withdrawal-processed': 'Withdrawal processed',
  'withdrawal-not-made': 'The student stays: no withdrawal',
  'change-of-day-asked': 'Change of day asked for',
  'change-of-day-confirmed': 'Change of day confirmed',
  'change-of-day-not-made': 'The days stay: no change of day',
  exited: 'Placement ended',
  withdrawn: 'Application withdrawn',
  closed: 'Case closed',
} as const;

export type EmailTemplate = keyof typeof emailTitles;

/** A case before a panel. */
export interface PanelDates {
  readonly panel: PanelCode;
  /** The day of its meeting; null while none is planned. */
  readonly meeting: IsoDate | null;
  /** The referral deadline: the agenda is open until the end of that day. */
  readonly agendaCloses: IsoDate | null;
  /** Until when the school hears of the outcome (R71); null while no meeting is planned. */
  readonly outcomeBy: Instant | null;
}

/** An hour that stands in people's calendars. */
export interface Appointment {
  /** Names it there: `interview`, or the id of a meeting that was called. */
  readonly entry: string;
  readonly on: Instant;
}

/** What an e-mail announces with days and times. */
type Announcement =
  | (PanelDates & { readonly template: 'pack-complete' | 'panel-date' | 'new-item' | 'decision-taken-back' })
  /** The panel that comes next; whether the first one supports it with conditions. */
  | (PanelDates & { readonly template: 'went-on'; readonly conditions?: true })
  /** Of a morning: how many students of a school were absent; the day of a register; how many hosts have not marked theirs. */
  | { readonly template: 'absences'; readonly students: number }
  | { readonly template: 'register-to-mark'; readonly day: IsoDate }
  | { readonly template: 'checks-lapsing'; readonly providers: number }
  /** Of a night: how many timelines and signed nights are not as they were written. */
  | { readonly template: 'timelines-broken'; readonly alarms: number }
  /** The day on which it is deleted, if nobody changes it (A14). */
  | { readonly template: 'draft-to-be-deleted'; readonly day: IsoDate }
  /** What a school or provider asks for about a colleague, and what became of it (A21). */
  | { readonly template: 'account-asked'; readonly kind: 'give' | 'end' }
  | { readonly template: 'account-settled'; readonly kind: 'give' | 'end'; readonly came: 'done' | 'declined' }
  | { readonly template: 'registers-unmarked'; readonly day: IsoDate; readonly hosts: number }
  /** Of a panel meeting, to those who lead the panel and sit on it. */
  | {
      readonly template: 'meeting-planned' | 'meeting-moved' | 'meeting-cancelled' | 'agenda-closed';
      readonly panel: PanelCode;
      readonly day: IsoDate;
    }
  /** Of a seat at one panel meeting, to who now sits in it, and to who sat in it until then (A7, A19). */
  | {
      readonly template: 'seat-given' | 'seat-ended';
      readonly panel: PanelCode;
      readonly day: IsoDate;
      readonly seat: string;
    }
  /** Of who usually sits in a seat of a panel, and who stands in. */
  | { readonly template: 'seat-held'; readonly panel: PanelCode; readonly seat: string; readonly as: 'holder' | 'deputy' }
  /** `command` names the document among those of its case. */
  | { readonly template: 'outcome'; readonly command: string }
  | { readonly template: 'interview-booked'; readonly on: Instant }
  | { readonly template: 'interview-moved'; readonly on: Instant; readonly from: Instant }
  /** `entry` names it in people's calendars: what it is about is not told (A16). */
  | { readonly template: 'meeting-called'; readonly on: Instant; readonly entry: string }
  | { readonly template: 'meeting-called-anew'; readonly on: Instant; readonly from: Instant; readonly entry: string }
  /** The day on which the placement was to begin. */
  | { readonly template: 'start-given-up'; readonly start: IsoDate; readonly calledOff?: readonly Appointment[] }
  /** With what is called off by it; absent: nothing is. */
  | { readonly template: 'withdrawn' | 'closed' | 'exited' | 'meeting-called-off'; readonly calledOff?: readonly Appointment[] }
  /** The day at whose end the agenda closes. */
  | { readonly template: 'deadline-moved'; readonly agendaCloses: IsoDate }
  /** `expected` is the start of the cohort; null for a programme without cohorts. */
  | { readonly template: 'confirm-start'; readonly expected: IsoDate | null }
  | {
      readonly template: 'start-confirmed' | 'start-corrected';
      readonly start: IsoDate;
      readonly end: IsoDate;
      /** There where the end of the term shortens the placement (C8): how many school weeks it has, of how many. */
      readonly shortened?: { readonly weeks: number; readonly of: number };
    }
  /** `from` all of the placement, or from some days of the week. */
  | ({ readonly template: 'withdrawal-processed' } & Pick<MatterOf<'withdrawal'>, 'from' | 'last' | 'weekdays'>)
  | ({ readonly template: 'change-of-day-confirmed' } & AgreedDays)
  /** The new last day. */
  | { readonly template: 'extended'; readonly end: IsoDate }
  | { readonly template: 'reminder'; readonly what: WaitCode; readonly due: Instant | null }
  /** `of` is whom the case waits for. */
  | { readonly template: 'escalation'; readonly what: WaitCode; readonly due: Instant | null; readonly of: Party }
  /** What the e-mail was about, and for whom it was. */
  | {
      readonly template: 'email-undelivered';
      readonly email: EmailTemplate;
      readonly reader: ReaderKind;
      readonly due: Instant | null;
    };

/** One thing that an e-mail says, in codes, days and times. */
export type Notice = Announcement | { readonly template: Exclude<EmailTemplate, Announcement['template']> };

/** What the case waits for from the reader beside what it says already, and until when. */
export type AwaitedOfReader = Pick<Wait, 'what' | 'due'>;

/** What an e-mail says of who reads it: their role, or that it is one person. It names nobody (A16). */
export type ReaderKind = Role | 'person';

export const readerTitles: Readonly<Record<ReaderKind, string>> = { ...roleTitles, person: 'the person whose seat it is' };

/** @returns of which kind the reader of an e-mail is */
export function readerKindOf(to: Party): ReaderKind {
  return to.startsWith('person:') ? 'person' : roleOf(to);
}

/** One e-mail to write. */
export interface EmailToWrite {
  readonly to: Party;
  /** At least one, what weighs most in front. */
  readonly notices: readonly [Notice, ...Notice[]];
  readonly awaited: readonly AwaitedOfReader[];
}

/** What e-mails need to know beside the case: who acted, and what the case waits for now. */
export interface EmailFacts {
  /** The parties as which whoever gave the command acted, and they themselves. */
  readonly by: readonly Party[];
  readonly waits: readonly Wait[];
}

/**
 * Who is told of the events of one command: each reader once.
 * @param before the case before them, null at submission
 * @param after the case after them
 */
export function emailsAfter(
  before: CaseState | null,
  events: readonly Event[],
  after: CaseState,
  facts: EmailFacts,
): EmailToWrite[] {
  const tellingsOf = (event: Event) => [...noticesOf(before, event, after, facts), ...startGivenUp(before, event)];
  return gathered(events, tellingsOf, facts);
}

/** What one event tells one reader. */
export type Telling = readonly [to: Party, notice: Notice];

/** What the events of a command tell each reader, as one e-mail. Who gave the command is told only that reasons are owed. */
export function gathered<E extends { readonly kind: string }>(
  events: readonly E[],
  tellingsOf: (event: E) => readonly Telling[],
  { by, waits }: EmailFacts,
): EmailToWrite[] {
  const byReader = new Map<Party, Notice[]>();
  for (const [to, notice] of events.flatMap(tellingsOf)) {
    if (by.includes(to) && notice.template !== 'reasons-owed') continue;
    byReader.set(to, [...(byReader.get(to) ?? []), notice]);
  }
  return [...byReader].flatMap(([to, notices]) => {
    const [first, ...others] = [...notices].sort((a, b) => weight(a) - weight(b));
    const awaited = waits.filter((wait) => wait.party === to && !events.some((event) => speaksOf(event, wait)));
    return first ? [{ to, notices: [first, ...others], awaited: awaited.map(({ what, due }) => ({ what, due })) }] : [];
  });
}

/** Whoever is due is reminded, or CAP is told: of an e-mail that nobody got, with what it was about. */
export function nudgeNotice(
  event: { readonly kind: 'reminded' | 'escalated'; readonly party: Party } & WaitKey,
  waits: EmailFacts['waits'],
): Telling {
  const { kind, party, what } = event;
  const lost = undelivered(event, waits);
  const due = dueOf(event, waits);
  return kind === 'reminded'
    ? [party, lost ?? { template: 'reminder', what, due }]
    : ['cap', lost ?? { template: 'escalation', what, due, of: party }];
}

/** The id of an e-mail, which is also the stem of its Message-ID: one for each case, step and reader. */
export function emailId(reference: string, step: number, { to, notices: [first] }: Pick<EmailToWrite, 'to' | 'notices'>): string {
  return `${reference}.${String(step)}.${first.template}.${to.replace(':', '-')}`;
}

/** @returns the reader of an e-mail by its id, with a dash for the colon: `school-SCH-A` */
export function readerOf(id: string): string {
  return partsOf(id)[1] ?? '';
}

/** @returns what an e-mail is about, by its id; '' for what is none */
export function templateOf(id: string): string {
  return partsOf(id)[0] ?? '';
}

/** @returns the step of the case that led to an e-mail, by its id */
export function stepOf(id: string): number {
  return Number(id.split('.')[1] ?? 0);
}

/** What an e-mail is about and its reader, by its id. A party's code may have dots in it, what stands before it has none. */
function partsOf(id: string): string[] {
  const [, , template = '', ...reader] = id.split('.');
  return [template, reader.join('.')];
}

const templates = Object.keys(emailTitles);
const weight = ({ template }: Notice) => templates.indexOf(template);

function noticesOf(before: CaseState | null, event: Event, after: CaseState, { waits }: EmailFacts): Telling[] {
  const school = applicantOf(after);
  /** The school of a student whom the local authority places hears what comes of it. */
  const alsoHome: Party[] = school === 'cap' ? [`school:${after.school}`] : [];
  const had = before && hostOf(before);
  const its = hostOf(after) ?? had;
  const host: Party[] = its === null ? [] : [its];
  const tell = (readers: readonly Party[], notice: Notice): Telling[] => readers.map((reader) => [reader, notice]);
  switch (event.kind) {
    case 'submitted':
      return tell(['cap'], { template: 'application-to-check' });
    case 'packReturned':
      return tell([school], { template: 'pack-returned' });
    case 'checkTakenBack':
      return tell([school, ...host, ...agendaOf(before)], { template: 'check-taken-back' });
    case 'reasonsGiven':
      return announcedBefore(before, event) ? tell([school, 'cap'], { template: 'reasons-given' }) : [];
    case 'packResubmitted':
      return tell(['cap'], { template: 'pack-resubmitted' });
    case 'packComplete':
      return comesBefore(before, after, 'pack-complete', waits);
    case 'wentOn':
      return comesBefore(before, after, 'went-on', waits).map(([to, notice]) => [
        to,
        notice.template === 'went-on' && event.conditions ? { ...notice, conditions: true } : notice,
      ]);
    case 'landed':
      return panelOf(before) ? comesBefore(before, after, 'panel-date', waits) : [];
    case 'meetingMoved':
      return panelOf(before)?.panel === event.panel ? comesBefore(before, after, 'panel-date', waits) : [];
    case 'outcomeIssued':
      return tell([school, ...alsoHome], { template: 'outcome', command: event.outcome.command });
    case 'decisionTakenBack':
      // Everybody who had heard of it: those who were to go on with it too.
      return [
        ...tellTakenBack([school, ...alsoHome], after, waits),
        ...tellTakenBack(['cap', ...host, ...agendaOf(before)], after, null),
      ];
    case 'reasonsOwed':
      return tell([event.matter.party], { template: 'reasons-owed' });
    case 'approved':
      return afterApproval(before, after, waits);
    case 'allocated':
      return [
        ...tell(had ? [school] : [], { template: 'no-longer-allocated' }),
        ...tell([school], { template: 'allocated' }),
        ...tell(host, { template: 'student-allocated' }),
        ...tell(had ? [had, `panel:${event.panel}`] : [], { template: 'no-longer-allocated' }),
      ];
    case 'refused':
      return tell(['cap'], { template: 'explore-alternatives' });
    case 'packSent':
      return [
        ...tell(host, { template: 'pack-for-provider' }),
        ...tell(had && had !== its ? [had] : [], { template: 'pack-for-another' }),
        ...toldOfThePack(before, after, school, waits),
      ];
    case 'informationGiven':
      return tell(agendaOf(after), { template: 'information-given' });
    case 'interviewBooked':
      return tell([school, ...host], booked(before, event.on));
    case 'interviewMissed':
      return tell([school, ...host], { template: 'interview-missed' });
    case 'interviewHeld':
      return tell(host, { template: 'interview-held' });
    case 'providerAccepted':
    case 'onboarded':
      return after.coursePlace?.waiting ? [] : tell([school], confirmStart(after));
    case 'coursePlaceAwaited':
      return tell([school, 'cap'], { template: 'course-full' });
    case 'coursePlaceTaken':
      return before?.coursePlace?.waiting
        ? [...tell([school], confirmStart(after)), ...tell(host, { template: 'place-free' })]
        : [];
    case 'providerDeclined':
    case 'onboardingRefused':
      return [
        ...(before?.position.stage === 'placement'
          ? []
          : tell([school], { template: before?.position.stage === 'start-date' ? 'no-longer-accepted' : 'not-accepted' })),
        ...tell(['cap'], { template: 'explore-alternatives' }),
      ];
    case 'startConfirmed':
      return tell([school, ...alsoHome, ...host], { template: 'start-confirmed', ...datesOf(event, after) });
    case 'startCorrected':
      return tell([school, ...alsoHome, ...host], { template: 'start-corrected', ...datesOf(event, after) });
    case 'exited':
      return [
        ...tell([school, ...alsoHome, ...host], { template: 'exited', ...calledOff(before, event.at) }),
        ...sendCalledOff(before, event.at, { template: 'exited' }),
      ];
    case 'reviewAsked':
      return tell([school, ...host], { template: 'review-asked' });
    case 'reconsiderationAsked':
      return [
        ...comesBefore(before, after, 'panel-date', waits),
        ...tell(['cap', `panel:${event.panel}`], { template: 'reconsideration-asked' }),
      ];
    case 'extensionAsked':
      return tell(['cap'], { template: 'extension-asked' });
    case 'extensionDecided':
      return tell(
        [school, ...alsoHome, ...host],
        event.end === null ? { template: 'not-extended' } : { template: 'extended', end: event.end },
      );
    case 'meetingCalled': {
      const { subject: entry, at: on } = event.matter;
      const called =
        event.from === null
          ? ({ template: 'meeting-called', on, entry } as const)
          : ({ template: 'meeting-called-anew', on, from: event.from, entry } as const);
      return tell([school, ...host, 'cap', ...(event.matter.send ? (['send'] as const) : [])], called);
    }
    case 'caseWorkerNamed':
      return tell(['cap', ...host], { template: 'people-named' });
    case 'monitoringOfficerNamed':
      return tell([school, ...host], { template: 'people-named' });
    case 'agreementRecorded':
      return tell(['cap', ...agendaOf(after)], { template: 'agreement-recorded' });
    case 'agreementWithdrawn':
      return tell(['cap', school, ...host, ...agendaOf(after)], { template: 'agreement-withdrawn' });
    case 'complaintMade':
      return tell(['cap'], { template: 'complaint-made' });
    case 'complaintAnswered':
      return tell([school], { template: 'complaint-answered' });
    case 'withdrawalAsked':
      return tell(['cap'], { template: 'withdrawal-asked' });
    case 'withdrawalProcessed': {
      const { from, last, weekdays } = event.matter;
      const stays = weekdays === undefined ? {} : { weekdays };
      return tell(
        [school, ...alsoHome, ...host],
        event.result === 'processed'
          ? { template: 'withdrawal-processed', from, last, ...stays }
          : { template: 'withdrawal-not-made' },
      );
    }
    case 'changeOfDayAsked':
      return tell(['cap'], { template: 'change-of-day-asked' });
    case 'changeOfDayProcessed':
      return tell(
        [school, ...alsoHome, ...host],
        event.result === 'confirmed'
          ? { template: 'change-of-day-confirmed', ...event.matter.days }
          : { template: 'change-of-day-not-made' },
      );
    case 'withdrawn':
      return [
        ...tell(['cap', ...alsoHome, ...host, ...agendaOf(before)], { template: 'withdrawn', ...calledOff(before, event.at) }),
        ...sendCalledOff(before, event.at, { template: 'withdrawn' }),
      ];
    case 'closedByCap':
      return [
        ...tell([school, ...alsoHome, ...host, ...agendaOf(before)], { template: 'closed', ...calledOff(before, event.at) }),
        ...sendCalledOff(before, event.at, { template: 'closed' }),
      ];
    case 'reminded':
    case 'escalated':
      return [nudgeNotice(event, waits)];
    case 'deadlineMoved':
      // Whoever has the pack to correct keeps the cycle only in time; for everybody else nothing is changed by it.
      return after.position.stage === 'correction'
        ? tell([school], { template: 'deadline-moved', agendaCloses: event.agendaCloses })
        : [];
    case 'deferred':
      // What a deciding panel deferred is told with its outcome document.
      return after.position.stage === 'allocation'
        ? [
            ...tell([school], { template: had ? 'no-longer-allocated' : 'not-allocated-yet' }),
            ...comesBefore(before, after, 'panel-date', waits),
            ...tell(had ? [had, `panel:${event.panel}`] : [], { template: 'no-longer-allocated' }),
          ]
        : [];
    case 'meetingRecorded':
    case 'reviewHeld':
      return meetingCalledOff(before, after, event.at, [school, ...host, 'cap']);
    case 'placeTaken':
    case 'cpomsNoted':
    case 'agreementSettled':
    case 'erased':
    case 'assessed':
    case 'taskDone':
    case 'noticeSent':
    case 'recalculated':
    case 'emailUndelivered':
    case 'emailSettled':
      return [];
  }
}

/** The school that goes on with the provider hears where the pack is: that it was found complete, or that it has gone elsewhere (A25). */
function toldOfThePack(before: CaseState | null, after: CaseState, school: Party, waits: EmailFacts['waits']): Telling[] {
  const arranges = waits.some(({ party, what }) => party === school && what === 'interview-booking');
  const wasSentBefore = before !== null && (hostOf(before) !== null || before.position.stage === 'alternatives');
  if (wasSentBefore) return arranges || after.position.stage === 'start-date' ? [[school, { template: 'sent-elsewhere' }]] : [];
  return arranges ? [[school, { template: 'arrange-the-interview' }]] : [];
}

function confirmStart({ landing }: CaseState): Notice {
  return { template: 'confirm-start', expected: landing?.cohort ?? null };
}

/** Who goes on with what a panel approved. */
function afterApproval(before: CaseState | null, after: CaseState, waits: EmailFacts['waits']): Telling[] {
  const { position } = after;
  switch (position.stage) {
    case 'onboarding':
      return [[position.host, { template: 'onboard' }]];
    case 'allocation':
      return comesBefore(before, after, 'panel-date', waits);
    case 'start-date':
      return after.coursePlace?.waiting ? [] : [[applicantOf(after), confirmStart(after)]];
    default:
      return [['cap', { template: 'send-the-pack' }]];
  }
}

/** The first and the last day of a placement, and by how much the end of the term shortens it. */
function datesOf({ start, end, schoolWeeks }: EventOf<'startConfirmed' | 'startCorrected'>, after: CaseState) {
  const of = weeksOf(placementOf(after).phases, after.course?.schoolWeeks ?? null);
  return { start, end, ...(schoolWeeks < of ? { shortened: { weeks: schoolWeeks, of } } : {}) };
}

/** The case comes before a panel, or its meeting is set or moved: the school is told, and the panel whose agenda it joins. */
function comesBefore(
  before: CaseState | null,
  after: CaseState,
  template: 'pack-complete' | 'panel-date' | 'went-on',
  waits: EmailFacts['waits'],
): Telling[] {
  const here = panelOf(after);
  if (!here) return [];
  const { panel, meeting } = here;
  const dates = datesOfPanel(here, after, waits);
  const there = panelOf(before);
  const joins = meeting !== null && !(there?.panel === panel && there.meeting !== null);
  return [
    [applicantOf(after), { template, ...dates }],
    ...(joins ? [[`panel:${panel}`, { template: 'new-item', ...dates }] as const] : []),
  ];
}

/** @param waits what the case waits for, for those who are promised its outcome; null for everybody else */
function tellTakenBack(readers: readonly Party[], after: CaseState, waits: EmailFacts['waits'] | null): Telling[] {
  const here = panelOf(after);
  if (!here) return [];
  const notice: Notice = { template: 'decision-taken-back', ...datesOfPanel(here, after, waits ?? []) };
  return readers.map((reader) => [reader, notice]);
}

function datesOfPanel(
  { panel, meeting }: At<'panel' | 'allocation'>,
  { landing }: CaseState,
  waits: EmailFacts['waits'],
): PanelDates {
  return {
    panel,
    meeting: meeting?.day ?? null,
    agendaCloses: landing?.agendaCloses ?? null,
    outcomeBy: waits.find(({ what }) => what === 'panel-decision' || what === 'allocation')?.due ?? null,
  };
}

/** What stands in people's calendars, and will not be. */
function calledOff(before: CaseState | null, at: Instant): { readonly calledOff?: readonly Appointment[] } {
  if (before === null) return {};
  const { position, matters } = before;
  const interview =
    position.stage === 'interview' && position.booked !== null ? [{ entry: 'interview', on: position.booked }] : [];
  const called = matters.flatMap((matter) =>
    matter.kind === 'called-meeting' ? [{ entry: matter.subject, on: matter.at }] : [],
  );
  const ahead = [...interview, ...called].filter(({ on }) => on > at);
  return ahead.length > 0 ? { calledOff: ahead } : {};
}

/** Whether people heard of a decision before its reasons were there: no outcome document waited for them. */
function announcedBefore(before: CaseState | null, { of }: EventOf<'reasonsGiven'>): boolean {
  return before?.matters.some((open) => open.kind === 'reasons' && open.subject === of && open.outcome === null) ?? false;
}

/** A host that had its start confirmed does not take the student after all (A10): everybody who was told of the start hears that it does not come. */
function startGivenUp(before: CaseState | null, event: Event): Telling[] {
  if (before?.position.stage !== 'placement' || !givingUp.includes(event.kind)) return [];
  const { start, host } = before.position;
  const notice = { template: 'start-given-up', start } as const;
  const readers: readonly Party[] = [`school:${before.school}`, 'cap', host];
  return [
    ...readers.map((reader): Telling => [reader, { ...notice, ...calledOff(before, event.at) }]),
    ...sendCalledOff(before, event.at, notice),
  ];
}

/** By which of them a case leaves a placement that has not begun. */
const givingUp: readonly Event['kind'][] = ['providerDeclined', 'onboardingRefused', 'allocated', 'deferred', 'packSent'];

/** A meeting that ends before its hour has come, not held or held earlier: everybody who was called takes it out of their calendar. */
function meetingCalledOff(before: CaseState | null, after: CaseState, at: Instant, readers: readonly Party[]): Telling[] {
  const open = after.matters.map(({ subject }) => subject);
  const meeting = before?.matters.filter(isCalled).find(({ subject }) => !open.includes(subject));
  if (!meeting || meeting.at <= at) return [];
  const notice: Notice = { template: 'meeting-called-off', calledOff: [{ entry: meeting.subject, on: meeting.at }] };
  return [...readers, ...(meeting.send ? (['send'] as const) : [])].map((reader) => [reader, notice]);
}

/** The SEND team takes the review out of its calendar: of what else was called it does not hear. */
function sendCalledOff(before: CaseState | null, at: Instant, notice: CallingOff): Telling[] {
  const review = before && reviewWithSend(before);
  return review && review.at > at ? [['send', { ...notice, calledOff: [{ entry: review.subject, on: review.at }] }]] : [];
}

/** What calls a review off. */
type CallingOff =
  { readonly template: 'withdrawn' | 'closed' | 'exited' } | { readonly template: 'start-given-up'; readonly start: IsoDate };

function booked(before: CaseState | null, on: Instant): Notice {
  const from = before?.position.stage === 'interview' ? before.position.booked : null;
  return from === null ? { template: 'interview-booked', on } : { template: 'interview-moved', on, from };
}

function panelOf(state: CaseState | null): At<'panel' | 'allocation'> | null {
  return state && beforePanel(state.position);
}

/** The panel on whose agenda the case is. */
function agendaOf(state: CaseState | null): Party[] {
  const here = panelOf(state);
  return here?.meeting ? [`panel:${here.panel}`] : [];
}

/** CAP is reminded of an e-mail that nobody got with what it was about and for whom it was. */
function undelivered(key: WaitKey, waits: EmailFacts['waits']): Notice | null {
  if (key.what !== 'undelivered-email' || key.subject === null) return null;
  const [template = '', reader = ''] = partsOf(key.subject);
  if (!isTemplate(template)) return null;
  return {
    template: 'email-undelivered',
    email: template,
    reader: readerKindOf(reader.replace('-', ':') as Party),
    due: dueOf(key, waits),
  };
}

/** What a reminder says is not said twice. */
function speaksOf(event: { readonly kind: string }, { what, subject }: WaitKey): boolean {
  if (event.kind !== 'reminded' && event.kind !== 'escalated') return false;
  const of = event as unknown as WaitKey;
  return of.what === what && of.subject === subject;
}

function isTemplate(text: string): text is EmailTemplate {
  return Object.hasOwn(emailTitles, text);
}

function dueOf({ what, subject }: WaitKey, waits: EmailFacts['waits']): Instant | null {
  return waits.find((wait) => wait.what === what && wait.subject === subject)?.due ?? null;
}
