// Every command there is, in one table: its fields, its texts, what people call it. The Updates and Signals of a case and of a panel meeting,
// the doors of the API, their schemas and their documentation are all made from it.
import {
  choice,
  choiceWhen,
  code,
  codeWhen,
  field,
  fieldWhen,
  misfitsOf,
  neededTextsOf,
  optionalCode,
  optionalField,
  optionalText,
  readBody,
  text,
  textWhen,
  type BodyOfRow,
  type CommandRow,
  type PersonCommandRow,
} from './commandRows';
import type { Problem } from './problem';
import { refuse } from './refusal';
import { agreementTitles, destinationTitles, meetingsAboutTitles, type Refusal } from './state';

export { mostNamed } from './commandRows';
export type { Problem } from './problem';

/** What people give: each has a door, an Update and a Signal of its name. */
export const personCommands = {
  submit: { title: 'Submit the application', done: 'The application is submitted', fields: {}, texts: {} },
  checkPack: {
    title: 'Record the check of the pack',
    done: 'The check of the pack is recorded',
    fields: {
      result: choice('What the check found', { complete: 'The pack is complete', returned: 'The pack goes back to the school' }),
    },
    texts: { reasons: textWhen('What is missing or wrong', 'result', 'returned') },
  },
  resubmitPack: {
    title: 'Send the corrected pack again',
    done: 'The corrected pack is sent',
    fields: {},
    texts: { note: optionalText('What was changed') },
  },
  panelDecision: {
    title: "Record the panel's decision",
    done: "The panel's decision is recorded",
    fields: {
      outcome: choice('Decision', {
        approve: 'Approve',
        'approve-with-conditions': 'Approve with conditions',
        refuse: 'Refuse',
        defer: 'Defer for more information',
        'wait-for-place': 'Defer until a place is free',
      }),
      outsideMeeting: optionalField('flag', 'Decided outside the meeting'),
      conditionsBy: fieldWhen('day', 'Conditions to be met by', 'outcome', 'approve-with-conditions'),
    },
    texts: {
      reasons: text('Reasons'),
      conditions: textWhen('Conditions', 'outcome', 'approve-with-conditions'),
      alternatives: textWhen('Alternatives', 'outcome', 'refuse'),
      information: textWhen('The information asked for', 'outcome', 'defer'),
    },
  },
  takeBackCheck: {
    title: 'Take back that the pack is complete',
    done: 'The pack is with CAP again, to be checked',
    fields: {},
    texts: { reasons: text('Why it is checked again') },
  },
  takeBackDecision: {
    title: 'Take back the decision',
    done: 'The decision is taken back, and the case is before the panel again',
    fields: {},
    texts: { reasons: text('Why it is taken back') },
  },
  giveReasons: {
    title: 'Give the reasons that are owed',
    done: 'The reasons are recorded',
    fields: { conditionsBy: optionalField('day', 'Conditions to be met by, where they are owed') },
    texts: {
      reasons: text('Reasons'),
      conditions: optionalText('Conditions, where they are owed'),
      alternatives: optionalText('Alternatives, where they are owed'),
      information: optionalText('The information asked for, where that is owed'),
    },
  },
  giveInformation: {
    title: 'Give the information that the panel asked for',
    done: 'The information is given to the panel',
    fields: {},
    texts: { information: text('The information') },
  },
  allocateSchool: {
    title: 'Allocate a receiving school',
    done: 'The result of the allocation is recorded',
    fields: {
      result: choice('Result', {
        allocated: 'A receiving school is allocated',
        postponed: 'It is postponed to the next meeting',
      }),
      school: codeWhen('school', 'Receiving school', 'result', 'allocated'),
      outsideMeeting: optionalField('flag', 'Decided outside the meeting'),
    },
    texts: { reasons: text('Reasons') },
  },
  sendPack: {
    title: 'Send the pack to a training provider',
    done: 'The pack is sent to the training provider',
    fields: { provider: code('provider', 'Training provider'), course: optionalCode('course', 'Course') },
    texts: { why: optionalText('Why the provider that has just declined is asked again') },
  },
  bookInterview: {
    title: 'Book or move the interview',
    done: 'The time of the interview is recorded',
    fields: { at: field('instant', 'Date and time of the interview, from 7am to 8pm on a working day') },
    texts: { place: optionalText('Where, without a name: it stands in e-mails') },
  },
  recordInterview: {
    title: 'Record the interview',
    done: 'What came of the interview is recorded',
    fields: { result: choice('What came of it', { held: 'It was held', missed: 'The student did not come' }) },
    texts: { note: optionalText('Note') },
  },
  providerResponse: {
    title: "Record the provider's response",
    done: "The provider's response is recorded",
    fields: {
      result: choice('Response', { accept: 'Accept', decline: 'Decline' }),
      ground: choiceWhen('Ground', { need: "The student's needs", risk: 'Risk', capacity: 'No capacity' }, 'result', 'decline'),
    },
    texts: { note: optionalText('Note') },
  },
  recordOnboarding: {
    title: 'Record the onboarding',
    done: 'The result of the onboarding is recorded',
    fields: { result: choice('Result', { completed: 'Onboarding is completed', refused: 'Onboarding is refused' }) },
    texts: { reasons: textWhen('Why it is refused', 'result', 'refused') },
  },
  confirmStart: {
    title: 'Confirm the start date',
    done: 'The start date is confirmed',
    fields: {
      start: field('day', 'First day'),
      shortened: optionalField('flag', 'The placement may be shorter, because the term ends before it would'),
      weekdays: optionalField('weekdays', 'Days of the week'),
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
    done: 'The start date is corrected',
    fields: {
      start: field('day', 'First day'),
      shortened: optionalField('flag', 'The placement may be shorter, because the term ends before it would'),
    },
    texts: { reason: optionalText('Reason, once the start has come') },
  },
  holdReview: {
    title: 'Record a review meeting',
    done: 'The review meeting is recorded',
    fields: {
      on: field('day', 'Held on'),
      review: choice('Kind of review', { review: 'Review', 'pathway-review': 'Pathway review' }),
    },
    texts: { summary: text('What was agreed') },
  },
  recordAssessment: {
    title: 'Record a well-being assessment',
    done: 'The well-being assessment is recorded',
    fields: {
      on: field('day', 'Assessed on'),
      assessment: choice('Which assessment', { before: 'Before the programme', after: 'After the programme' }),
    },
    texts: { summary: text('What it found, in short') },
  },
  recordExit: {
    title: 'Record the exit',
    done: 'The exit is recorded, and the placement has ended',
    fields: {
      destination: choice('Where the student goes', { ...destinationTitles, 'ended-early': 'The placement ended early' }),
    },
    texts: { summary: text('Final report, in short') },
  },
  recordTask: {
    title: 'Record that a task of the placement is done',
    done: 'The task is recorded as done',
    fields: { task: code('task', 'Task'), on: field('day', 'Done on') },
    texts: { note: text('What was done, in short') },
  },
  recordNotice: {
    title: 'Record the notice to the parents',
    done: 'The notice to the parents is recorded',
    fields: {
      sentOn: field('day', 'Sent on'),
      laCopied: optionalField('day', 'Copied to the local authority on, which a student with an EHCP needs'),
    },
    texts: { notice: text('What it says: address and contact, number of days, reasons, objectives, session times') },
  },
  callMeeting: {
    title: 'Call a meeting about the placement, or move it',
    done: 'The time of the meeting is recorded',
    fields: {
      about: choice('About', meetingsAboutTitles),
      at: field('instant', 'Date and time, from 7am to 8pm on a working day'),
    },
    texts: { place: optionalText('Where, without a name: it stands in e-mails') },
  },
  recordMeeting: {
    title: 'Record a meeting that was called',
    done: 'What came of the meeting is recorded',
    fields: {
      about: choice('About', meetingsAboutTitles),
      result: choice('What came of it', { held: 'It was held', 'not-held': 'It was not held' }),
    },
    texts: { summary: optionalText('What was agreed, or why it was not held; nothing of a safeguarding concern') },
  },
  askReview: {
    title: 'Record that a review is asked for in writing',
    done: 'It is recorded that a review was asked for',
    fields: {
      by: choice('Who asks', { parents: 'The parents or carers', 'local-authority': 'The local authority' }),
      receivedOn: field('day', 'Received on'),
    },
    texts: { note: optionalText('Note') },
  },
  askReconsideration: {
    title: 'Ask the panel to reconsider',
    done: 'The panel is asked to reconsider',
    fields: {},
    texts: { evidence: text('The new evidence') },
  },
  askWithdrawal: {
    title: 'Ask for a withdrawal from the placement',
    done: 'The withdrawal from the placement is asked for',
    fields: {
      from: choice('Withdraw from', { placement: 'The whole placement', days: 'Some days of the week' }),
      last: field('day', 'Last day there'),
      weekdays: fieldWhen('weekdays', 'Days of the week that stay', 'from', 'days'),
      discussedOn: optionalField('day', 'Discussed with CAP on; whoever has the student meets CAP and the school first'),
    },
    texts: {
      reason: text('Reason'),
      impact: text("What it means for the student's achievement, health and well-being"),
    },
  },
  processWithdrawal: {
    title: 'Process the withdrawal',
    done: 'The result of the withdrawal is recorded',
    fields: {
      result: choice('Result', { processed: 'The withdrawal is processed', 'not-withdrawn': 'The student stays' }),
      enteredOn: fieldWhen('day', 'Entered on CLM and Capita on', 'result', 'processed'),
    },
    texts: { why: textWhen('Why the student stays', 'result', 'not-withdrawn') },
  },
  askChangeOfDay: {
    title: 'Ask for a change of day',
    done: 'The change of day is asked for',
    fields: {
      from: field('day', 'From'),
      until: optionalField('day', 'Until, if it is for a time'),
      weekdays: field('weekdays', 'Days of the week'),
      hostAgreed: field('day', 'Day on which whoever has the student agreed'),
    },
    texts: { impact: text('What it means for the student') },
  },
  confirmChangeOfDay: {
    title: 'Confirm the change of day',
    done: 'The result of the change of day is recorded',
    fields: {
      result: choice('Result', { confirmed: 'The days change', 'not-changed': 'The days stay' }),
      enteredOn: fieldWhen('day', 'Entered on CLM and Capita on', 'result', 'confirmed'),
    },
    texts: { why: textWhen('Why the days stay', 'result', 'not-changed') },
  },
  askExtension: {
    title: 'Ask for an extension of the placement',
    done: 'The extension of the placement is asked for',
    fields: { end: field('day', 'New last day'), otherAgreed: field('day', 'Day on which the other side agreed') },
    texts: { reason: text('Why it should go on, and what that means for the student') },
  },
  decideExtension: {
    title: 'Decide on the extension',
    done: 'The decision on the extension is recorded',
    fields: { result: choice('Decision', { extended: 'Extend the placement', 'not-extended': 'Do not extend it' }) },
    texts: { reasons: text('Reasons') },
  },
  noteCpoms: {
    title: 'Note that a concern is recorded on CPOMS',
    done: 'It is noted that a concern is recorded on CPOMS',
    fields: { on: field('day', 'Recorded there on') },
    texts: {},
  },
  nameCaseWorker: {
    title: 'Name the case-worker',
    done: 'The case-worker is named',
    fields: { caseWorker: code('colleague', 'Case-worker') },
    texts: {},
  },
  nameMonitoringOfficer: {
    title: 'Name the monitoring officer',
    done: 'The monitoring officer is named',
    fields: { officer: code('colleague', 'Monitoring officer') },
    texts: {},
  },
  recordAgreement: {
    title: 'Record an agreement',
    done: 'The agreement is recorded',
    fields: { agreement: choice('Agreement', agreementTitles), on: field('day', 'Agreed on') },
    texts: {
      who: text('Who agreed, and who they are to the student'),
      how: text('How they agreed: in person, in writing, by telephone'),
      evidence: text('Where the evidence is kept'),
      scope: optionalText('If they agreed to a part alone, or for a time: to which'),
    },
  },
  withdrawAgreement: {
    title: 'Record that an agreement was withdrawn',
    done: 'It is recorded that the agreement was withdrawn',
    fields: { agreement: choice('Agreement', agreementTitles), on: field('day', 'Withdrawn on') },
    texts: { why: text('Who withdrew it, and how; or what was recorded in error') },
  },
  settleAgreement: {
    title: 'Record what followed from an agreement that was withdrawn',
    done: 'What followed from the withdrawn agreement is recorded',
    fields: { agreement: choice('Agreement', agreementTitles) },
    texts: { done: text('What was done') },
  },
  makeComplaint: {
    title: 'Make a formal complaint',
    done: 'The complaint is sent to CAP',
    fields: {},
    texts: { complaint: text('What the complaint is about, and what would put it right') },
  },
  answerComplaint: {
    title: 'Answer the complaint',
    done: 'The answer to the complaint is recorded',
    fields: { outcome: choice('Outcome', { upheld: 'Upheld', 'upheld-in-part': 'Upheld in part', 'not-upheld': 'Not upheld' }) },
    texts: { answer: text('The answer') },
  },
  settleEmail: {
    title: 'Record how the reader of an undelivered e-mail was told',
    done: 'It is recorded how the reader of the e-mail was told',
    fields: { email: code('email', 'E-mail') },
    texts: { how: text('How they were told') },
  },
  withdraw: {
    title: 'Withdraw the application',
    done: 'The application is withdrawn',
    fields: {},
    texts: { reason: text('Reason') },
  },
  closeCase: {
    title: 'Close the case',
    done: 'The case is closed',
    fields: {},
    texts: { offered: text('What was offered instead') },
  },
} as const satisfies Record<string, PersonCommandRow>;

/** What the workflow of whatever machine gives itself. */
const systemCommandsOfAll = {
  clock: { title: 'The clock ran out', fields: {}, texts: {} },
  recalculate: { title: 'The calendar changed', fields: {}, texts: {} },
  emailUndelivered: { title: 'An e-mail could not be delivered', fields: { email: code('email', 'E-mail') }, texts: {} },
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
    done: 'It is recorded who sits in the seat at this meeting',
    fields: { seat: code('seat', 'Seat'), person: optionalCode('person', 'Who sits there; nobody if left out') },
    texts: {},
  },
  declareInterest: {
    title: 'Declare an interest in a case',
    done: 'The interest is declared',
    fields: { case: code('case', 'Case'), person: optionalCode('person', 'Whose interest it is; your own if left out') },
    texts: { interest: text('What the interest is, without the name of a child') },
  },
  takeBackInterest: {
    title: 'Take an interest back that was declared in error',
    done: 'The interest is taken back',
    fields: { case: code('case', 'Case'), person: code('person', 'Whose interest it was') },
    texts: { reason: text('Why it is none') },
  },
  recordAttendance: {
    title: 'Record who is present',
    done: 'It is recorded who is present',
    fields: { present: field('codes', 'Who is present') },
    texts: { note: optionalText('Who else attends, and why') },
  },
  signMinutes: {
    title: 'Sign the minutes',
    done: 'The minutes are signed',
    fields: {},
    texts: { note: optionalText('Matters beside the cases, without the name of a child') },
  },
  settleEmail: personCommands.settleEmail,
} as const satisfies Record<string, PersonCommandRow>;

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
