// What a case is at one moment, and what can happen to it. Codes, dates and references only: a state may be kept anywhere.
import type { IsoDate, Instant } from './calendar';
import type { AgreedDays, Weekdays } from './timetable';
import {
  codesOf,
  type Host,
  type MeetingRef,
  type PanelCode,
  type Party,
  type PlaceTerm,
  type ProgrammeKey,
  type Role,
} from './words';

/** Where a case stands. A case that awaits a panel has a panel; a placement has its dates; nothing is optional that is always there. */
export type Position =
  | { readonly stage: 'pack-check' }
  | { readonly stage: 'correction' }
  | { readonly stage: 'panel'; readonly panel: PanelCode; readonly meeting: MeetingRef | null }
  | { readonly stage: 'allocation'; readonly panel: PanelCode; readonly meeting: MeetingRef | null }
  | { readonly stage: 'send-pack' }
  | { readonly stage: 'interview'; readonly host: Host; readonly booked: Instant | null; readonly held: Instant | null }
  | { readonly stage: 'onboarding'; readonly host: Host }
  | { readonly stage: 'start-date'; readonly host: Host }
  | {
      readonly stage: 'placement';
      readonly host: Host;
      readonly start: IsoDate;
      readonly end: IsoDate;
      /** How many it has: fewer than its programme's where the end of the term shortens it (C8). */
      readonly schoolWeeks: number;
      readonly lastReview: IsoDate | null;
      readonly pathwayReviewed: boolean;
      /** A withdrawal moved its end forward: what comes before an exit is not waited for any more (R114). Absent when none did. */
      readonly withdrawn?: true;
      /** The end to which CAP extended it, which a corrected start keeps; absent when it did not. */
      readonly extendedTo?: IsoDate;
      /** The days of the week with the host, as they were agreed, one change after the other; absent while none were. */
      readonly days?: readonly AgreedDays[];
    }
  | {
      readonly stage: 'alternatives';
      readonly because: 'refused' | 'declined' | 'onboarding-refused';
      /** Who declined, or refused the onboarding; null when a panel refused. */
      readonly declinedBy: Host | null;
    }
  | {
      readonly stage: 'closed';
      readonly because: Closing;
      /** Who had the student, or the pack, when it ended. */
      readonly host: Host | null;
      /** The start that was confirmed; null when it never came to one. */
      readonly start: IsoDate | null;
      /** The last day that was planned, and the days that were agreed, of a placement that began: for the lists that others ask for (A15). */
      readonly end?: IsoDate;
      readonly days?: readonly AgreedDays[];
      /** What was written of it, and who it is of, is erased (A14). */
      readonly erased?: true;
    };

/** @returns whether what was written of a case, and who it is of, is erased: what is not there of it any more was not left out (A14) */
export const isErased = ({
  position,
}: {
  readonly position: { readonly stage: string; readonly erased?: true | undefined };
}): boolean => position.erased === true;

export type StageName = Position['stage'];
export type At<S extends StageName> = Extract<Position, { stage: S }>;

/** A course of the directory, as a case keeps it: by whom it is given and for how many school weeks. */
export interface Course {
  readonly code: string;
  readonly provider: string;
  readonly schoolWeeks: number;
}

/** Where a placement that was not ended early leads: back, on to a next application, to the receiving school for good (R77), beyond Year 11 (R40). */
export const destinationTitles = {
  'home-school': 'Back to the home school',
  'next-application': 'On to a next application',
  'permanent-transfer': 'A permanent transfer',
  'post-16': 'A destination after Year 11',
} as const;
export type Destination = keyof typeof destinationTitles;
export const destinations = codesOf(destinationTitles);

/** How a case ended: with its placement, withdrawn by the school, or closed by CAP with what was offered instead. */
export const closingTitles = {
  ...destinationTitles,
  'ended-early': 'The placement ended early',
  withdrawn: 'Withdrawn by the home school',
  'closed-by-cap': 'Closed by CAP with what was offered instead',
} as const;
export const closings = codesOf(closingTitles);
export type Closing = keyof typeof closingTitles;

/** The first cycle that an application meets, with the meetings of its panels (R93); null where none is planned yet. */
export interface Landing {
  readonly cycle: string;
  /** The referral deadline: the agenda closes at the end of this London day. */
  readonly agendaCloses: IsoDate;
  readonly cohort: IsoDate | null;
  /** The panels that decide in this cycle, in order, where it takes one out of the programme's route (C5); null: the route as it is. */
  readonly panels: readonly PanelCode[] | null;
  readonly meetings: Readonly<Partial<Record<PanelCode, MeetingRef | null>>>;
}

/**
 * What runs beside the stage, each with its own clock (`domain/matters/`). Of one kind and subject, one is open at most.
 * The subject is an id of ours: of a command, of an e-mail; or which of several it is.
 */
export type Matter =
  /** Words that a decision still lacks because it came through Temporal, where no words travel. The subject is the decision. */
  | {
      readonly kind: 'reasons';
      readonly subject: string;
      readonly party: Party;
      /** The names of the texts. */
      readonly owes: readonly string[];
      readonly due: Instant;
      /** The outcome document that waits for them. */
      readonly outcome: Outcome | null;
    }
  /** What a deferral asks the school for. The subject is the command in which it is written. */
  | { readonly kind: 'information'; readonly subject: string; readonly since: Instant }
  /** A well-being assessment to come (R61): `before` the programme, then `after` it. */
  | {
      readonly kind: 'assessment';
      readonly subject: Assessment;
      /** When the one before was held; null before it was. */
      readonly first: IsoDate | null;
    }
  /** The notice of an off-site direction that the parents are to get before the start (A3). The subject is that start. */
  | { readonly kind: 'notice'; readonly subject: IsoDate }
  /** Something that the placement asks for (`tasks` of its programme). The subject is its code. */
  | {
      readonly kind: 'task';
      readonly subject: string;
      /** Until when, where it comes again each term; null: as the programme says. */
      readonly due: IsoDate | null;
    }
  /** A place of its course, for which it stands in line (A9). The subject is the course. */
  | { readonly kind: 'course-place'; readonly subject: string; readonly since: Instant }
  /**
   * A review that parents or the local authority asked for in writing (A4). The subject is the command that records it; `received` is the day on which it
   * came, absent in records from before it was kept.
   */
  | { readonly kind: 'asked-review'; readonly subject: string; readonly since: Instant; readonly received?: IsoDate }
  /** A formal complaint of the school about the service (R121). The subject is the command in which it is written. */
  | { readonly kind: 'complaint'; readonly subject: string; readonly since: Instant }
  /** A withdrawal from the running placement, asked for by school or host (R109). The subject is the command in which they wrote why. */
  | {
      readonly kind: 'withdrawal';
      readonly subject: string;
      readonly by: Party;
      /** From all of it, or from some days of the week alone (R114). */
      readonly from: 'placement' | 'days';
      /** The last day on which the student attends, or attends on the days that are given up. */
      readonly last: IsoDate;
      /** The days of the week that stay, where it is from some alone; absent also in records from before they were asked for. */
      readonly weekdays?: Weekdays;
      readonly since: Instant;
    }
  /** Other days of the week, agreed by school and host (R117). The subject is the command that asks. */
  | {
      readonly kind: 'change-of-day';
      readonly subject: string;
      readonly days: AgreedDays & { readonly from: IsoDate };
      readonly since: Instant;
    }
  /** A later end, agreed by school and host. The subject is the command that asks. */
  | { readonly kind: 'extension'; readonly subject: string; readonly end: IsoDate; readonly since: Instant }
  /** A meeting about the placement, called for that time (R98). The subject is the command that called it first. */
  | {
      readonly kind: 'called-meeting';
      readonly subject: string;
      readonly about: MeetingAbout;
      /** Who called it, and sees that it is recorded. */
      readonly by: Party;
      readonly at: Instant;
      /** When it was called, or moved last: a review that took place before is another one. What an earlier release called has none. */
      readonly since?: Instant;
      /** The local authority's SEND team is invited: it is a review of a student with an EHCP (A12). */
      readonly send?: true;
    }
  /** An agreement that was withdrawn (A13): CAP sees to what follows. The subject is the agreement. */
  | { readonly kind: 'withdrawn-agreement'; readonly subject: AgreementCode; readonly since: Instant }
  /** An e-mail that could not be delivered: CAP tells its reader in another way. The subject is the e-mail. */
  | { readonly kind: 'undelivered-email'; readonly subject: string; readonly since: Instant };

export type Assessment = 'before' | 'after';

/** What a meeting beside the panels may be about (R98); a review is one as well. */
export const meetingsAboutTitles = {
  review: 'A review',
  attendance: 'Attendance',
  attainment: 'Attainment',
  behaviour: 'Behaviour',
  placement: 'The placement',
  safeguarding: 'Safeguarding',
} as const;
export type MeetingAbout = keyof typeof meetingsAboutTitles;
export const meetingsAbout = codesOf(meetingsAboutTitles);

export type MatterKind = Matter['kind'];
export type MatterOf<K extends MatterKind> = Extract<Matter, { kind: K }>;

export interface Outcome {
  readonly panel: PanelCode;
  readonly decision: 'approved' | 'approved-with-conditions' | 'refused' | 'deferred';
  /** The command row in which the reasons stand. */
  readonly command: string;
  /** When the promise of R71 runs out: three working days after the meeting, or after a decision outside it. */
  readonly due: Instant;
  /** Of a deferral: no place is left (R13), and nothing is asked of the school. */
  readonly forPlace?: true;
}

/** What somebody may have agreed to (A13). */
export const agreementTitles = {
  'parental-consent': 'The parents agree to the application to the Multi-Agency Panel',
  'early-help': 'The family agrees to Early Help, recorded on EHM',
  'transfer-parents': 'The parents agree to the permanent transfer',
  'transfer-home-school': 'The home school agrees to the permanent transfer',
  'transfer-receiving-school': 'The receiving school agrees to the permanent transfer',
} as const;
export type AgreementCode = keyof typeof agreementTitles;
export const agreementCodes = codesOf(agreementTitles);

/** An agreement with its day, and the day on which it was withdrawn; null while it stands. */
export interface Agreement {
  readonly agreement: AgreementCode;
  readonly on: IsoDate;
  readonly withdrawn: IsoDate | null;
}

/** A place on a course, or in the line for one: lower priorities come first, then whoever waits longer. */
export interface CoursePlace {
  readonly course: string;
  readonly waiting: boolean;
  readonly priority: number;
  readonly since: Instant;
}

/** A decision of a panel on whether the application goes on, which nothing has followed: taken back, the case is before that meeting again. */
export interface LastDecision {
  readonly panel: PanelCode;
  readonly command: string;
  readonly step: number;
  /** Until when it can be: the end of the outcome's clock (R71). */
  readonly until: Instant;
  /** The meeting that the case was before; null: none was planned. */
  readonly meeting: MeetingRef | null;
}

export interface CaseState {
  readonly reference: string;
  readonly programme: ProgrammeKey;
  readonly school: string;
  /** The code of the student: who that is stands in their row alone. */
  readonly student: string;
  /** How many commands were recorded; also the version of the row. */
  readonly step: number;
  /** When the last event happened: no later one is dated before it. */
  readonly updated: Instant;
  /** The panels on its own route, where its cycle takes one out (C5); null: the programme's route as it is. */
  readonly panels: readonly PanelCode[] | null;
  /** Index into its route of the stage last entered. */
  readonly at: number;
  readonly position: Position;
  /** Since when it stands there, or began there anew: when a panel deferred it, when an interview was missed. */
  readonly since: Instant;
  readonly landing: Landing | null;
  readonly place: PlaceTerm | null;
  /** Its place on a course with a limit, or its place in the line for one; absent or null: it has none and needs none. */
  readonly coursePlace?: CoursePlace | null;
  /** Of each panel that has decided, until when its members may look back at the case. */
  readonly decided: Readonly<Partial<Record<PanelCode, Instant>>>;
  /** The decision that can be taken back, as long as nothing has followed it; absent or null: there is none. */
  readonly lastDecision?: LastDecision | null;
  /** The course that was applied for, or the one that CAP found in its place; null for a programme without courses. */
  readonly course: Course | null;
  /** The person of the home school who is the student's case-worker (R43); absent: nobody is named. */
  readonly caseWorker?: string;
  /** The person of CAP who looks after the placement (R96); absent: nobody is named. */
  readonly monitoringOfficer?: string;
  /** What was agreed to, each the newest of its kind (A13); absent: nothing. */
  readonly agreements?: readonly Agreement[];
  /** A panel was asked to reconsider its refusal, which it may be once (A8); absent: not yet. */
  readonly reconsidered?: true;
  /** A start was confirmed, and the host did not take the student after all (A10). */
  readonly startGivenUp?: true;
  /** What runs beside the stage. */
  readonly matters: readonly Matter[];
  /** How far the clock of each wait has gone, by the key of the wait: it reminds, then escalates, then rests. */
  readonly nudges: Readonly<Record<string, number>>;
}

/** A case that stands at a stage S. */
export type CaseAt<S extends StageName> = CaseState & { readonly position: At<S> };

/** What every decision of a panel says beside its outcome. */
interface PanelDecision {
  readonly panel: PanelCode;
  /** The command that it came by. */
  readonly command: string;
  readonly outsideMeeting: boolean;
  /** When the outcome's clock ends, of a decision that comes late its own three working days (R71): the panel sees the case until then. */
  readonly seenUntil: Instant;
}

type Happening =
  | {
      readonly kind: 'submitted';
      readonly reference: string;
      readonly programme: ProgrammeKey;
      readonly school: string;
      readonly student: string;
      readonly course: Course | null;
      readonly landing: Landing | null;
      /** Those that its answers speak of; absent: none. */
      readonly agreements?: readonly Agreement[];
      /** There where its answers take the panels out of its route. */
      readonly withoutPanels?: true;
    }
  | { readonly kind: 'packComplete' }
  | { readonly kind: 'packReturned' }
  /** With the codes of what was corrected; `course` is the one that it now names, where the programme asks for one. */
  | {
      readonly kind: 'packResubmitted';
      readonly changed: readonly string[];
      readonly course: Course | null;
      /** All that its answers now speak of; absent: none is said anew. */
      readonly agreements?: readonly Agreement[];
      /** Whether its answers now take the panels out of the route (R20); absent where no answer does. */
      readonly withoutPanels?: boolean;
    }
  /** On a cycle; on none when the agenda closed before a returned pack came back and no later cycle is planned. */
  | { readonly kind: 'landed'; readonly landing: Landing | null }
  | ({ readonly kind: 'approved'; readonly conditions: boolean } & PanelDecision)
  | ({ readonly kind: 'wentOn'; readonly conditions: boolean } & PanelDecision)
  | ({ readonly kind: 'refused' } & PanelDecision)
  | ({ readonly kind: 'deferred'; readonly landing: Landing | null } & PanelDecision)
  /** That it is complete was recorded by mistake: CAP checks it again. */
  | { readonly kind: 'checkTakenBack' }
  /** It was recorded wrongly: the case is before its panel again, and before the same meeting. `of` is the command that it came by. */
  | {
      readonly kind: 'decisionTakenBack';
      readonly of: string;
      readonly panel: PanelCode;
      readonly meeting: MeetingRef | null;
    }
  /** A receiving school, which is the host from then on (R75). */
  | ({ readonly kind: 'allocated'; readonly host: Host } & PanelDecision)
  | { readonly kind: 'placeTaken'; readonly place: PlaceTerm }
  | { readonly kind: 'coursePlaceTaken'; readonly course: string }
  | {
      readonly kind: 'coursePlaceAwaited';
      readonly course: string;
      readonly priority: number;
      readonly matter: MatterOf<'course-place'>;
    }
  | { readonly kind: 'reasonsOwed'; readonly matter: MatterOf<'reasons'> }
  /** `of` is the decision that they belong to. */
  | { readonly kind: 'reasonsGiven'; readonly of: string }
  /** `of` is the command that asked for it. */
  | { readonly kind: 'informationGiven'; readonly of: string }
  | { readonly kind: 'outcomeIssued'; readonly outcome: Outcome }
  /** With another course, where CAP found an alternative; null leaves the course as it is. */
  | { readonly kind: 'packSent'; readonly host: Host; readonly course: Course | null }
  | { readonly kind: 'interviewBooked'; readonly on: Instant }
  | { readonly kind: 'interviewHeld' }
  | { readonly kind: 'interviewMissed' }
  | { readonly kind: 'providerAccepted' }
  | { readonly kind: 'providerDeclined'; readonly ground: 'need' | 'risk' | 'capacity' }
  | { readonly kind: 'onboarded' }
  | { readonly kind: 'onboardingRefused' }
  | {
      readonly kind: 'startConfirmed';
      readonly start: IsoDate;
      readonly end: IsoDate;
      readonly schoolWeeks: number;
      /** The days of the week with the host, where they are agreed already. */
      readonly weekdays?: Weekdays;
    }
  | { readonly kind: 'startCorrected'; readonly start: IsoDate; readonly end: IsoDate; readonly schoolWeeks: number }
  | { readonly kind: 'reviewHeld'; readonly on: IsoDate; readonly review: 'review' | 'pathway-review' }
  | { readonly kind: 'assessed'; readonly on: IsoDate; readonly assessment: Assessment }
  | { readonly kind: 'exited'; readonly destination: Destination | 'ended-early' }
  /** `again`: until when it is to be done once more; null: it is done for good. */
  | { readonly kind: 'taskDone'; readonly task: string; readonly on: IsoDate; readonly again: IsoDate | null }
  | { readonly kind: 'noticeSent'; readonly on: IsoDate }
  | { readonly kind: 'reviewAsked'; readonly by: 'parents' | 'local-authority'; readonly matter: MatterOf<'asked-review'> }
  /** By the panel that refused it: it comes before its next meeting (A8). */
  | { readonly kind: 'reconsiderationAsked'; readonly panel: PanelCode; readonly landing: Landing | null }
  /** A concern stands on CPOMS since that day: nothing of it stands here (A17). */
  | { readonly kind: 'cpomsNoted'; readonly on: IsoDate }
  /** `from`: for when it was called before; null when it is called for the first time. */
  | { readonly kind: 'meetingCalled'; readonly matter: MatterOf<'called-meeting'>; readonly from: Instant | null }
  | { readonly kind: 'meetingRecorded'; readonly of: string; readonly result: 'held' | 'not-held' }
  | { readonly kind: 'caseWorkerNamed'; readonly person: string }
  | { readonly kind: 'monitoringOfficerNamed'; readonly person: string }
  | { readonly kind: 'agreementRecorded'; readonly agreement: AgreementCode; readonly on: IsoDate }
  | { readonly kind: 'agreementWithdrawn'; readonly agreement: AgreementCode; readonly on: IsoDate }
  /** CAP has seen to what follows from its withdrawal. */
  | { readonly kind: 'agreementSettled'; readonly agreement: AgreementCode }
  | { readonly kind: 'complaintMade'; readonly matter: MatterOf<'complaint'> }
  | {
      readonly kind: 'complaintAnswered';
      readonly of: string;
      readonly outcome: 'upheld' | 'upheld-in-part' | 'not-upheld';
    }
  | { readonly kind: 'withdrawalAsked'; readonly matter: MatterOf<'withdrawal'> }
  /** `result`: what CAP made of it; the placement ends by an event of its own. */
  | {
      readonly kind: 'withdrawalProcessed';
      readonly matter: MatterOf<'withdrawal'>;
      readonly result: 'processed' | 'not-withdrawn';
    }
  | { readonly kind: 'changeOfDayAsked'; readonly matter: MatterOf<'change-of-day'> }
  | {
      readonly kind: 'changeOfDayProcessed';
      readonly matter: MatterOf<'change-of-day'>;
      readonly result: 'confirmed' | 'not-changed';
    }
  | { readonly kind: 'extensionAsked'; readonly matter: MatterOf<'extension'> }
  /** With the new end and its school weeks; null where it is not extended. */
  | {
      readonly kind: 'extensionDecided';
      readonly of: string;
      readonly end: IsoDate | null;
      readonly schoolWeeks: number | null;
    }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'closedByCap' }
  /** What was written of it is no longer kept (A14). */
  | { readonly kind: 'erased' }
  | ({ readonly kind: 'reminded'; readonly party: Party } & WaitKey)
  | ({ readonly kind: 'escalated'; readonly party: Party } & WaitKey)
  | { readonly kind: 'meetingMoved'; readonly panel: PanelCode; readonly meeting: MeetingRef }
  /** The referral deadline of its cycle was moved. */
  | { readonly kind: 'deadlineMoved'; readonly agendaCloses: IsoDate }
  | { readonly kind: 'recalculated' }
  | { readonly kind: 'emailUndelivered'; readonly email: string }
  | { readonly kind: 'emailSettled'; readonly email: string };

export type Event = Happening & { readonly at: Instant };
export type EventKind = Event['kind'];
export type EventOf<K extends EventKind> = Extract<Event, { kind: K }>;

/** What a case or a meeting can wait for, one code each. */
export type WaitCode =
  | 'pack-check'
  | 'corrected-pack'
  | 'panel-cycle'
  | 'panel-decision'
  | 'allocation'
  | 'reasons'
  | 'information'
  | 'pack-to-be-sent'
  | 'interview-booking'
  | 'interview-record'
  | 'provider-response'
  | 'onboarding'
  | 'start-date'
  | 'review'
  | 'pathway-review'
  | 'assessment'
  | 'exit'
  | 'task'
  | 'notice'
  | 'asked-review'
  | 'complaint'
  | 'withdrawal'
  | 'change-of-day'
  | 'extension'
  | 'alternatives'
  | 'course-place'
  | 'called-meeting'
  | 'withdrawn-agreement'
  | 'undelivered-email'
  /** Of a panel meeting: its referral deadline, the end of its day, its minutes. */
  | 'referral-deadline'
  | 'end-of-day'
  | 'minutes';

/** Names a wait of a case: what for, and of which matter; the stage's own wait has no subject. */
export interface WaitKey {
  readonly what: WaitCode;
  readonly subject: string | null;
}

/** One thing that a case waits for: from whom, for what and until when. */
export interface Wait extends WaitKey {
  readonly party: Party;
  readonly role: Role;
  readonly due: Instant;
  /** When the clock acts next, strictly later each time; null when it has reminded and escalated, and rests. */
  readonly next: Instant | null;
}

/** Somebody who may see a case. */
export interface Viewer {
  readonly party: Party;
  /** When they may no longer; null: as long as they are named. */
  readonly until: Instant | null;
  /** From when on they may, for the first time or again; null: `until` says all. */
  readonly opens: Instant | null;
}

/** Why a command was not recorded. Nothing has changed; `message` says what to do. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly rule: string;
  readonly message: string;
  /** The field at fault, where there is one. */
  readonly field?: string;
}

export type RefusalCode =
  | 'not-now'
  | 'not-yours'
  | 'not-due'
  | 'no-place'
  | 'before-the-meeting'
  | 'no-meeting'
  | 'no-quorum'
  | 'reason-needed'
  | 'not-eligible'
  | 'wrong-value'
  | 'already-submitted'
  | 'nothing-changed'
  | 'unreadable'
  /** No such command waits: it was refused or lost, and the same key begins afresh. */
  | 'not-received'
  | 'unknown-case';
