// The messages of a case: one Update and one Signal for each command that people give, made from domain's table. Each bears the command's
// own name, so that the timeline in the Web UI reads as the pathway.
import type { MeetingPersonCommandKind, PersonCommandKind } from '../domain/commands';
import type { Refusal } from '../domain/state';

/** What a door sends to a case: which command row to take, and which step the person had read. No words, no codes of the case. */
export interface CommandMessage {
  readonly command: string;
  readonly step: number;
}

/** What a case answers: whether the command stands in the record, and at which step the case is now. */
export interface Reply {
  readonly result: 'recorded' | 'refused';
  readonly refusal: Refusal | null;
  readonly step: number;
}

/** Names of the other signals and queries. */
export const messages = {
  /** To a case: take over what the record says, for it may be ahead. */
  refresh: 'refresh',
  /** To a case: the calendar or its meeting changed. */
  recalculate: 'recalculate',
  /** To a meeting: read your row again. */
  moved: 'moved',
  /** Query of a case: where it stands, as the workflow sees it. */
  standing: 'standing',
} as const;

/** The type of the failure with which a validator rejects an update; its first detail is the refusal. */
export const refusedFailure = 'Refused';

/** Postgres keeps neither a NUL nor half of a character, and no index a text without end. */
const unkeepable = /\0|\p{Surrogate}/u;

/** Whether an id or a name that was sent by hand can be kept: a step that cannot be written is tried without end, and holds up its case. */
export function isKeepable(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 200 && !unkeepable.test(text);
}

/** In the Web UI, beside the form in which ops type a signal. */
export const signalHelp: Readonly<Record<PersonCommandKind, string>> = {
  submit: 'Not by signal: an application is submitted through the service.',
  checkPack: '{"person": "…", "result": "complete" | "returned"}',
  resubmitPack: '{"person": "…"}',
  panelDecision:
    '{"person": "…", "outcome": "approve" | "approve-with-conditions" | "refuse" | "defer" | "wait-for-place"}. The reasons are then owed on the page of the case.',
  takeBackCheck: 'Not by signal: why the pack is checked again is words, and words are written in the service.',
  takeBackDecision: 'Not by signal: why it is taken back is words, and words are written in the service.',
  giveReasons: 'Not by signal: reasons are words, and words are written in the service.',
  giveInformation: 'Not by signal: the information is words, and words are written in the service.',
  allocateSchool:
    '{"person": "…", "result": "allocated", "school": "<code>"} or {"person": "…", "result": "postponed"}. The reasons are then owed on the page of the case.',
  sendPack: '{"person": "…", "provider": "<code>"}',
  bookInterview: '{"person": "…", "at": "2025-01-13T09:30:00.000Z"}',
  recordInterview: '{"person": "…", "result": "held" | "missed"}',
  providerResponse:
    '{"person": "…", "result": "accept"} or {"person": "…", "result": "decline", "ground": "need" | "risk" | "capacity"}',
  recordOnboarding: '{"person": "…", "result": "completed" | "refused"}',
  confirmStart:
    '{"person": "…", "start": "2025-01-13"}. Where the start needs a plan, not by signal: it is written in the service.',
  correctStart: '{"person": "…", "start": "2025-01-13"}',
  holdReview: '{"person": "…", "on": "2025-02-14", "review": "review" | "pathway-review"}',
  recordAssessment: '{"person": "…", "on": "2025-02-14", "assessment": "before" | "after"}',
  recordExit:
    '{"person": "…", "destination": "home-school" | "next-application" | "post-16" | "ended-early" | "permanent-transfer"}',
  recordTask: 'Not by signal: what was done is words, and words are written in the service.',
  recordNotice: 'Not by signal: a notice is words, and words are written in the service.',
  callMeeting: '{"person": "…", "about": "attendance", "at": "2025-02-14T10:00:00.000Z"}',
  recordMeeting: 'Not by signal: what was agreed is words, and words are written in the service.',
  askReview: '{"person": "…", "by": "parents" | "local-authority", "receivedOn": "2025-02-14"}',
  askReconsideration: 'Not by signal: new evidence is words, and words are written in the service.',
  askWithdrawal: 'Not by signal: a withdrawal needs words, and words are written in the service.',
  processWithdrawal: '{"person": "…", "result": "processed", "enteredOn": "2025-02-14"}',
  askChangeOfDay: 'Not by signal: a change of day needs words, and words are written in the service.',
  confirmChangeOfDay: '{"person": "…", "result": "confirmed", "enteredOn": "2025-02-14"}',
  askExtension: 'Not by signal: an extension needs words, and words are written in the service.',
  decideExtension: 'Not by signal: a decision on it needs words, and words are written in the service.',
  noteCpoms: '{"person": "…", "on": "2025-02-14"}',
  nameCaseWorker: '{"person": "…", "caseWorker": "<person>"}',
  nameMonitoringOfficer: '{"person": "…", "officer": "<person>"}',
  recordAgreement: 'Not by signal: who agreed and how is words, and words are written in the service.',
  withdrawAgreement: 'Not by signal: who withdrew it is words, and words are written in the service.',
  settleAgreement: 'Not by signal: what was done is words, and words are written in the service.',
  makeComplaint: 'Not by signal: a complaint is words, and words are written in the service.',
  answerComplaint: 'Not by signal: an answer is words, and words are written in the service.',
  settleEmail: 'Not by signal: how the reader was told is words, and words are written in the service.',
  withdraw: '{"person": "…"}',
  closeCase: '{"person": "…"}',
};

/** The same for a panel meeting. */
export const meetingSignalHelp: Readonly<Record<MeetingPersonCommandKind, string>> = {
  fillSeat: '{"person": "…", "seat": "chair"}: the seat is then nobody\'s. Who sits in it is said in the service.',
  declareInterest: 'Not by signal: what the interest is, is words, and words are written in the service.',
  takeBackInterest: 'Not by signal: why it is none is words, and words are written in the service.',
  recordAttendance: '{"person": "…", "present": "chair,cap,attendance"}',
  signMinutes: '{"person": "…"}',
  settleEmail: 'Not by signal: how the reader was told is words, and words are written in the service.',
};
