// Every command there is, in one table: its fields, its texts, what people call it. The Updates and Signals of a case and of a panel meeting,
// the doors of the API, their schemas and their documentation are all made from it.
import {
  misfitsOf,
  neededTextsOf,
  oneOf,
  optionalText,
  readBody,
  text,
  textWhen,
  when,
  type BodyOfRow,
  type CommandRow,
} from './commandRows';
import type { Problem } from './problem';
import { refuse } from './refusal';
import { agreementCodes, destinations, meetingsAbout, type Refusal } from './state';

export { mostNamed } from './commandRows';
export type { Problem } from './problem';

/** What people give: each has a door, an Update and a Signal of its name. */
export const personCommands = {
  submit: { title: 'Submit the application', fields: {}, texts: {} },
  checkPack: {
    title: 'Record the check of the pack',
    fields: { result: oneOf('complete', 'returned') },
    texts: { reasons: textWhen('What is missing or wrong', 'result', 'returned') },
  },
  resubmitPack: {
    title: 'Send the corrected pack again',
    fields: {},
    texts: { note: optionalText('What was changed') },
  },
  panelDecision: {
    title: "Record the panel's decision",
    fields: {
      outcome: oneOf('approve', 'approve-with-conditions', 'refuse', 'defer'),
      outsideMeeting: { type: 'flag', optional: true },
      conditionsBy: { type: 'day', ...when('outcome', 'approve-with-conditions') },
    },
    texts: {
      reasons: text('Reasons'),
      conditions: textWhen('Conditions', 'outcome', 'approve-with-conditions'),
      alternatives: textWhen('Alternatives', 'outcome', 'refuse'),
      information: textWhen('The information asked for', 'outcome', 'defer'),
    },
  },
  giveReasons: {
    title: 'Give the reasons that are owed',
    fields: { conditionsBy: { type: 'day', optional: true } },
    texts: {
      reasons: text('Reasons'),
      conditions: optionalText('Conditions, where they are owed'),
      alternatives: optionalText('Alternatives, where they are owed'),
      information: optionalText('The information asked for, where that is owed'),
    },
  },
  giveInformation: {
    title: 'Give the information that the panel asked for',
    fields: {},
    texts: { information: text('The information') },
  },
  allocateSchool: {
    title: 'Allocate a receiving school',
    fields: {
      result: oneOf('allocated', 'postponed'),
      school: { type: 'code', ...when('result', 'allocated') },
      outsideMeeting: { type: 'flag', optional: true },
    },
    texts: { reasons: text('Reasons') },
  },
  sendPack: {
    title: 'Send the pack to a training provider',
    fields: { provider: { type: 'code' }, course: { type: 'code', optional: true } },
    texts: { why: optionalText('Why the provider that has just declined is asked again') },
  },
  bookInterview: {
    title: 'Book or move the interview',
    fields: { at: { type: 'instant' } },
    texts: { place: optionalText('Where, without a name: it stands in e-mails') },
  },
  recordInterview: {
    title: 'Record the interview',
    fields: { result: oneOf('held', 'missed') },
    texts: { note: optionalText('Note') },
  },
  providerResponse: {
    title: "Record the provider's response",
    fields: {
      result: oneOf('accept', 'decline'),
      ground: { ...oneOf('need', 'risk', 'capacity'), ...when('result', 'decline') },
    },
    texts: { note: optionalText('Note') },
  },
  recordOnboarding: {
    title: 'Record the onboarding',
    fields: { result: oneOf('completed', 'refused') },
    texts: { reasons: textWhen('Why it is refused', 'result', 'refused') },
  },
  confirmStart: {
    title: 'Confirm the start date',
    fields: {
      start: { type: 'day' },
      shortened: { type: 'flag', optional: true },
      weekdays: { type: 'weekdays', optional: true },
    },
    texts: {
      objectives: optionalText('Plan: what the placement is to achieve'),
      measures: optionalText('Plan: how its success is measured'),
      reintegration: optionalText('Plan: the way back to the home school, or on'),
      note: optionalText('Note'),
    },
  },
  correctStart: {
    title: 'Correct the start date',
    fields: { start: { type: 'day' }, shortened: { type: 'flag', optional: true } },
    texts: { reason: optionalText('Reason, once the start has come') },
  },
  holdReview: {
    title: 'Record a review meeting',
    fields: { on: { type: 'day' }, review: oneOf('review', 'pathway-review') },
    texts: { summary: text('What was agreed') },
  },
  recordAssessment: {
    title: 'Record a well-being assessment',
    fields: { on: { type: 'day' }, assessment: oneOf('before', 'after') },
    texts: { summary: text('What it found, in short') },
  },
  recordExit: {
    title: 'Record the exit',
    fields: { destination: oneOf(...destinations, 'ended-early') },
    texts: { summary: text('Final report, in short') },
  },
  recordTask: {
    title: 'Record that a task of the placement is done',
    fields: { task: { type: 'code' }, on: { type: 'day' } },
    texts: { note: text('What was done, in short') },
  },
  recordNotice: {
    title: 'Record the notice to the parents',
    fields: { sentOn: { type: 'day' }, laCopied: { type: 'day', optional: true } },
    texts: { notice: text('Address and contact, number of days, reasons, objectives, session times') },
  },
  callMeeting: {
    title: 'Call a meeting about the placement, or move it',
    fields: { about: oneOf(...meetingsAbout), at: { type: 'instant' } },
    texts: { place: optionalText('Where, without a name: it stands in e-mails') },
  },
  recordMeeting: {
    title: 'Record a meeting that was called',
    fields: { about: oneOf(...meetingsAbout), result: oneOf('held', 'not-held') },
    texts: { summary: optionalText('What was agreed, or why it was not held; nothing of a safeguarding concern') },
  },
  askReview: {
    title: 'Record that a review is asked for in writing',
    fields: { by: oneOf('parents', 'local-authority'), receivedOn: { type: 'day' } },
    texts: { note: optionalText('Note') },
  },
  askReconsideration: {
    title: 'Ask the panel to reconsider',
    fields: {},
    texts: { evidence: text('The new evidence') },
  },
  askWithdrawal: {
    title: 'Ask for a withdrawal from the placement',
    fields: {
      from: oneOf('placement', 'days'),
      last: { type: 'day' },
      discussedOn: { type: 'day', optional: true },
    },
    texts: {
      reason: text('Reason'),
      impact: text("What it means for the student's achievement, health and well-being"),
      which: textWhen('From which days of the week', 'from', 'days'),
    },
  },
  processWithdrawal: {
    title: 'Process the withdrawal',
    fields: {
      result: oneOf('processed', 'not-withdrawn'),
      enteredOn: { type: 'day', ...when('result', 'processed') },
    },
    texts: { why: textWhen('Why the student stays', 'result', 'not-withdrawn') },
  },
  askChangeOfDay: {
    title: 'Ask for a change of day',
    fields: {
      from: { type: 'day' },
      until: { type: 'day', optional: true },
      weekdays: { type: 'weekdays' },
      hostAgreed: { type: 'day' },
    },
    texts: { impact: text('What it means for the student') },
  },
  confirmChangeOfDay: {
    title: 'Confirm the change of day',
    fields: {
      result: oneOf('confirmed', 'not-changed'),
      enteredOn: { type: 'day', ...when('result', 'confirmed') },
    },
    texts: { why: textWhen('Why the days stay', 'result', 'not-changed') },
  },
  askExtension: {
    title: 'Ask for an extension of the placement',
    fields: { end: { type: 'day' }, otherAgreed: { type: 'day' } },
    texts: { reason: text('Why it should go on, and what that means for the student') },
  },
  decideExtension: {
    title: 'Decide on the extension',
    fields: { result: oneOf('extended', 'not-extended') },
    texts: { reasons: text('Reasons') },
  },
  noteCpoms: {
    title: 'Note that a concern is recorded on CPOMS',
    fields: { on: { type: 'day' } },
    texts: {},
  },
  nameCaseWorker: {
    title: 'Name the case-worker',
    fields: { caseWorker: { type: 'code' } },
    texts: {},
  },
  nameMonitoringOfficer: {
    title: 'Name the monitoring officer',
    fields: { officer: { type: 'code' } },
    texts: {},
  },
  recordAgreement: {
    title: 'Record an agreement',
    fields: { agreement: oneOf(...agreementCodes), on: { type: 'day' } },
    texts: {
      who: text('Who agreed, and who they are to the student'),
      how: text('How they agreed: in person, in writing, by telephone'),
      evidence: text('Where the evidence is kept'),
      scope: optionalText('If they agreed to a part alone, or for a time: to which'),
    },
  },
  withdrawAgreement: {
    title: 'Record that an agreement was withdrawn',
    fields: { agreement: oneOf(...agreementCodes), on: { type: 'day' } },
    texts: { why: text('Who withdrew it, and how; or what was recorded in error') },
  },
  settleAgreement: {
    title: 'Record what followed from an agreement that was withdrawn',
    fields: { agreement: oneOf(...agreementCodes) },
    texts: { done: text('What was done') },
  },
  makeComplaint: {
    title: 'Make a formal complaint',
    fields: {},
    texts: { complaint: text('What the complaint is about, and what would put it right') },
  },
  answerComplaint: {
    title: 'Answer the complaint',
    fields: { outcome: oneOf('upheld', 'upheld-in-part', 'not-upheld') },
    texts: { answer: text('The answer') },
  },
  settleEmail: {
    title: 'Record how the reader of an undelivered e-mail was told',
    fields: { email: { type: 'code' } },
    texts: { how: text('How they were told') },
  },
  withdraw: {
    title: 'Withdraw the application',
    fields: {},
    texts: { reason: text('Reason') },
  },
  closeCase: {
    title: 'Close the case',
    fields: {},
    texts: { offered: text('What was offered instead') },
  },
} as const satisfies Record<string, CommandRow>;

/** What the workflow of whatever machine gives itself. */
const systemCommandsOfAll = {
  clock: { title: 'The clock ran out', fields: {}, texts: {} },
  recalculate: { title: 'The calendar changed', fields: {}, texts: {} },
  emailUndelivered: { title: 'An e-mail could not be delivered', fields: { email: { type: 'code' } }, texts: {} },
} as const satisfies Record<string, CommandRow>;

/** What a case is given by no person: `erase`, once it is closed, by the nightly retention (A14). They have no door. */
export const systemCommands = {
  ...systemCommandsOfAll,
  erase: { title: 'What was written is erased', fields: {}, texts: {} },
} as const satisfies Record<string, CommandRow>;

/** What people give to a panel meeting: seats, interests, attendance, minutes (A7). */
export const meetingCommands = {
  fillSeat: {
    title: 'Say who sits in a seat at this meeting',
    fields: { seat: { type: 'code' }, person: { type: 'code', optional: true } },
    texts: {},
  },
  declareInterest: {
    title: 'Declare an interest in a case',
    fields: { case: { type: 'code' }, person: { type: 'code', optional: true } },
    texts: { interest: text('What the interest is, without the name of a child') },
  },
  takeBackInterest: {
    title: 'Take an interest back that was declared in error',
    fields: { case: { type: 'code' }, person: { type: 'code' } },
    texts: { reason: text('Why it is none') },
  },
  recordAttendance: {
    title: 'Record who is present',
    fields: { present: { type: 'codes' } },
    texts: { note: optionalText('Who else attends, and why') },
  },
  signMinutes: {
    title: 'Sign the minutes',
    fields: {},
    texts: { note: optionalText('Matters beside the cases, without the name of a child') },
  },
  settleEmail: personCommands.settleEmail,
} as const satisfies Record<string, CommandRow>;

/** What the workflow of a meeting gives itself. */
const meetingSystemCommands = {
  convene: { title: 'The meeting is in the calendar', fields: {}, texts: {} },
  ...systemCommandsOfAll,
} as const satisfies Record<string, CommandRow>;

/** The commands of a case. */
export const commandTable = { ...personCommands, ...systemCommands };
/** The commands of a panel meeting. */
export const meetingCommandTable = { ...meetingCommands, ...meetingSystemCommands };

const everyCommand = { ...commandTable, ...meetingCommandTable };

type Table = typeof everyCommand;
export type CommandKind = keyof typeof commandTable;
export type PersonCommandKind = keyof typeof personCommands;
export type MeetingCommandKind = keyof typeof meetingCommandTable;
export type MeetingPersonCommandKind = keyof typeof meetingCommands;
/** Of whatever machine. */
export type AnyCommandKind = keyof Table;

/** The codes of one command. Texts are not here: a command knows only which of them were given. */
export type BodyOf<K extends AnyCommandKind> = BodyOfRow<Table[K]>;

export type CommandOf<K extends AnyCommandKind> = K extends AnyCommandKind
  ? { readonly kind: K; readonly body: BodyOf<K> }
  : never;
export type Command = CommandOf<CommandKind>;
export type MeetingCommand = CommandOf<MeetingCommandKind>;

export const personCommandKinds = Object.keys(personCommands) as PersonCommandKind[];
export const meetingCommandKinds = Object.keys(meetingCommands) as MeetingPersonCommandKind[];

/** As `misfitsOf`, by the kind of the command. */
export function misfits(
  kind: AnyCommandKind,
  body: Readonly<Record<string, unknown>>,
  texts: readonly string[] | null,
): Problem[] {
  return misfitsOf(everyCommand[kind], body, texts);
}

/** As `neededTextsOf`, by the kind of the command. */
export function neededTexts(kind: AnyCommandKind, body: Readonly<Record<string, unknown>>): string[] {
  return neededTextsOf(everyCommand[kind], body);
}

/** As `readBody`, by the kind of the command. @returns the command, or what is wrong with it field by field */
export function parseCommand<K extends AnyCommandKind>(
  kind: K,
  given: unknown,
): CommandOf<K> | { readonly problems: readonly Problem[] } {
  const read = readBody(everyCommand[kind], given);
  return 'problems' in read ? read : ({ kind, body: read.body } as unknown as CommandOf<K>);
}

/** Reads a command of a case from anything at all. @returns the command, or the first thing that is wrong with it */
export function readCommand(kind: string, given: unknown): Command | Refusal {
  return readOf(commandTable, kind, given);
}

/** Reads a command of a panel meeting from anything at all, as `readCommand` does. */
export function readMeetingCommand(kind: string, given: unknown): MeetingCommand | Refusal {
  return readOf(meetingCommandTable, kind, given);
}

function readOf<K extends AnyCommandKind>(table: Readonly<Record<K, CommandRow>>, kind: string, given: unknown) {
  const isKind = (some: string): some is K => Object.hasOwn(table, some);
  if (!isKind(kind)) return refuse('unreadable', 'message', `There is no command ${kind}.`);
  const command = parseCommand(kind, given);
  if (!('problems' in command)) return command;
  const [first] = command.problems;
  return refuse('unreadable', first?.rule ?? 'message', first?.message ?? 'The command is not readable.', first?.field);
}
