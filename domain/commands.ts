// Every command there is, in one table: its fields, its texts, what people call it. The Updates and Signals of a case, the doors
// of the API, their schemas and their documentation are all made from it.
import { isDayOfCentury, readInstant } from './calendar';
import type { Problem } from './problem';
import { refuse } from './refusal';
import { destinations, type Refusal } from './state';
import { isWeekdays } from './timetable';

export type { Problem } from './problem';

/** What is given with these values of another field: there it is needed, and with any other it does not belong (A23). */
interface When {
  readonly field: string;
  readonly is: readonly string[];
}

type Field =
  | { readonly type: 'one-of'; readonly values: readonly string[]; readonly optional?: true; readonly when?: When }
  | { readonly type: 'day' | 'instant' | 'code' | 'flag' | 'weekdays'; readonly optional?: true; readonly when?: When };

interface Text {
  readonly title: string;
  readonly required: boolean;
  readonly when?: When;
}

interface CommandRow {
  /** As people read it in the Web UI, on a page, in the API's documentation. */
  readonly title: string;
  /** Codes, dates and flags: these may travel through the engine. */
  readonly fields: Readonly<Record<string, Field>>;
  /** What a person writes: it stays in Postgres. */
  readonly texts: Readonly<Record<string, Text>>;
}

const oneOf = <const V extends readonly string[]>(...values: V) => ({ type: 'one-of', values }) as const;
const text = (title: string): Text => ({ title, required: true });
const optionalText = (title: string): Text => ({ title, required: false });
const when = (field: string, ...is: readonly string[]): { readonly when: When } => ({ when: { field, is } });
const textWhen = (title: string, field: string, value: string): Text => ({ title, required: false, ...when(field, value) });

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
    fields: {
      destination: oneOf(...destinations, 'ended-early'),
      parentAgreed: { type: 'day', ...when('destination', 'permanent-transfer') },
      homeSchoolAgreed: { type: 'day', ...when('destination', 'permanent-transfer') },
      receivingSchoolAgreed: { type: 'day', ...when('destination', 'permanent-transfer') },
    },
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

/** What the workflow gives itself. They have no door. */
export const systemCommands = {
  clock: { title: 'The clock ran out', fields: {}, texts: {} },
  recalculate: { title: 'The calendar changed', fields: {}, texts: {} },
  emailUndelivered: { title: 'An e-mail could not be delivered', fields: { email: { type: 'code' } }, texts: {} },
} as const satisfies Record<string, CommandRow>;

export const commandTable = { ...personCommands, ...systemCommands };

type Table = typeof commandTable;
export type CommandKind = keyof Table;
export type PersonCommandKind = keyof typeof personCommands;

type ValueOf<F> = F extends { type: 'one-of'; values: readonly (infer V)[] } ? V : F extends { type: 'flag' } ? boolean : string;
type FieldsOf<K extends CommandKind> = Table[K]['fields'];
type Optional<F> = { [N in keyof F]: F[N] extends { optional: true } | { when: When } ? N : never }[keyof F];

/** The codes of one command. Texts are not here: a command knows only which of them were given. */
export type BodyOf<K extends CommandKind> = {
  readonly [N in Exclude<keyof FieldsOf<K>, Optional<FieldsOf<K>>>]: ValueOf<FieldsOf<K>[N]>;
} & { readonly [N in Optional<FieldsOf<K>>]?: ValueOf<FieldsOf<K>[N]> };

export type CommandOf<K extends CommandKind> = K extends CommandKind ? { readonly kind: K; readonly body: BodyOf<K> } : never;
export type Command = CommandOf<CommandKind>;

export const personCommandKinds = Object.keys(personCommands) as PersonCommandKind[];

/** Of very many wrong things no more are named, wherever they are told. */
export const mostNamed = 50;

const codePattern = /^[A-Za-z0-9][A-Za-z0-9@._-]{0,99}$/;

/** @returns the value of a field as it is kept; null when it is not one */
function valueOf(field: Field, given: unknown): string | boolean | null {
  if (field.type === 'flag') return typeof given === 'boolean' ? given : null;
  if (typeof given !== 'string') return null;
  switch (field.type) {
    case 'one-of':
      return field.values.includes(given) ? given : null;
    case 'day':
      return isDayOfCentury(given) ? given : null;
    case 'instant':
      return readInstant(given);
    case 'code':
      return codePattern.test(given) ? given : null;
    case 'weekdays':
      return isWeekdays(given) ? given : null;
  }
}

/** What the value of a field must be, behind its name. */
function fieldShould(field: Field): string {
  switch (field.type) {
    case 'one-of':
      return `must be one of ${field.values.join(', ')}`;
    case 'day':
      return 'must be a day such as 2025-01-13, of the years 2000 to 2099';
    case 'instant':
      return 'must be a time such as 2025-01-13T09:30:00Z, of the years 2000 to 2099';
    case 'code':
      return 'must be a code such as TP-ONE';
    case 'weekdays':
      return 'must be days of the week in their order, such as tue,thu or mon,fri-am';
    case 'flag':
      return 'must be true or false';
  }
}

/**
 * What does not fit together in a command whose fields are read: missing where it is needed, or given where it does not belong (A23).
 * @param texts the names of the texts that were given; null when no words could come with it, and then its fields alone are looked at
 */
export function misfits(kind: CommandKind, body: Readonly<Record<string, unknown>>, texts: readonly string[] | null): Problem[] {
  const row: CommandRow = commandTable[kind];
  const parts = [
    ...Object.entries(row.fields).map(([name, { when: only }]) => ({
      name,
      only,
      needed: false,
      given: body[name] !== undefined,
    })),
    ...Object.entries(texts === null ? {} : row.texts).map(([name, { when: only, required }]) => ({
      ...{ name, only, needed: required, given: texts?.includes(name) ?? false },
    })),
  ];
  return parts.flatMap(({ name, only, needed, given }): Problem[] => {
    const belongs = fits(only, body);
    const where = only ? ` with ${only.field} ${only.is.join(' or ')}` : '';
    if (given && !belongs) return [{ field: name, rule: 'A23', message: `${name} belongs only${where}: leave it out.` }];
    const missing = !given && belongs && (needed || only !== undefined);
    return missing ? [{ field: name, rule: 'A23', message: `${name} is needed${where}.` }] : [];
  });
}

/** @returns the names of the texts that a command of this kind needs, by what its fields say. */
export function neededTexts(kind: CommandKind, body: Readonly<Record<string, unknown>>): string[] {
  const texts: CommandRow['texts'] = commandTable[kind].texts;
  return Object.entries(texts).flatMap(([name, { required, when: only }]) =>
    required || (only && fits(only, body)) ? [name] : [],
  );
}

function fits(only: When | undefined, body: Readonly<Record<string, unknown>>): boolean {
  const value = only && body[only.field];
  return !only || (typeof value === 'string' && only.is.includes(value));
}

/**
 * Reads the codes of a command from anything at all: it is total, for hand-typed JSON reaches it through the Web UI.
 * @returns the command, or what is wrong with it field by field; fields that the table does not know are named too, up to `mostNamed`
 */
export function parseCommand<K extends CommandKind>(kind: K, given: unknown): CommandOf<K> | { readonly problems: Problem[] } {
  const fields: Readonly<Record<string, Field>> = commandTable[kind].fields;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { problems: [{ field: '', rule: 'message', message: 'The message must be a JSON object.' }] };
  }
  const record = given as Readonly<Record<string, unknown>>;
  const problems: Problem[] = [];
  const body: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (record[name] === undefined && (field.optional || field.when)) continue;
    const value = valueOf(field, record[name]);
    if (value !== null) body[name] = value;
    else problems.push({ field: name, rule: 'message', message: `${name} ${fieldShould(field)}.` });
  }
  for (const name of Object.keys(record)) {
    if (problems.length === mostNamed) break;
    if (!Object.hasOwn(fields, name)) problems.push({ field: name, rule: 'message', message: `${name} is not known here.` });
  }
  if (problems.length === 0) problems.push(...misfits(kind, body, null));
  return problems.length > 0 ? { problems } : ({ kind, body } as unknown as CommandOf<K>);
}

/** Reads a command of any kind from anything at all. @returns the command, or the first thing that is wrong with it */
export function readCommand(kind: string, given: unknown): Command | Refusal {
  if (!isCommandKind(kind)) return refuse('unreadable', 'message', `There is no command ${kind}.`);
  const command = parseCommand(kind, given);
  if (!('problems' in command)) return command;
  const [first] = command.problems;
  return refuse('unreadable', first?.rule ?? 'message', first?.message ?? 'The command is not readable.', first?.field);
}

function isCommandKind(kind: string): kind is CommandKind {
  return Object.hasOwn(commandTable, kind);
}
