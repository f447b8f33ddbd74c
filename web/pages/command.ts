// A command to a case, whichever it is: the form that the command table describes, for whoever may give it now.
import { afterAll, notAfterAll, type CaseView, type NextCommand } from '../../api/views/case';
import { formatDay, londonDay } from '../../domain/calendar';
import { personCommandKinds, personCommands, type PersonCommandKind } from '../../domain/commands';
import { mayReceive } from '../../domain/host';
import { inLineForAPlace } from '../../domain/stages/startDate';
import { commandFields, type Choices } from '../forms/commandForm';
import { type FormField, type Option } from '../forms/fields';
import { html, type Html } from '../html';
import type { Asked } from '../page';
import { inset, paragraph } from '../parts';
import { captionOf } from './caption';
import { givenAt } from './courses';
import { givingPage } from './giving';
import { progressToLookAt } from './progress';
import { fixedBy, wordsOfEntry } from './timeline';

/** @returns where a command is given, on a page: `/cases/CAP-…/panel-decision` */
export function commandPage(reference: string, command: string): string {
  return `/cases/${reference}/${command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Commands with a written page: `web/pages/application.ts`. */
const written: readonly PersonCommandKind[] = ['submit', 'resubmitPack'];

/** Where a review or a report of a placement is written: what was noted week by week stands above the form (R97). */
const reports: readonly PersonCommandKind[] = ['holdReview', 'recordTask'];

/** Each command of a case as a page of its own, but for those that have a written one. */
export const commandPages = personCommandKinds
  .filter((kind) => !written.includes(kind))
  .map((kind) =>
    givingPage({
      kind,
      to: 'the case',
      path: commandPage('{reference}', kind),
      name: kind,
      who: 'signed-in',
      read: (asked) => asked.tagged('case', { params: ofCase(asked) }),
      of: ({ body }) => body,
      around: ({ body }) => ({
        caption: captionOf(body),
        about: body.reference,
        back: { href: `/cases/${body.reference}`, text: `Case ${body.reference}` },
      }),
      whyNot: ({ body }) => whyNot[kind]?.(body) ?? null,
      consequence: async (asked, { body }) =>
        html`${consequence(kind, body)} ${kind === 'recordExit' ? endsBefore(asked, body) : ''} ${whatWasAsked(kind, body)}
        ${reports.includes(kind) ? await progressToLookAt(asked, body) : ''}`,
      form: ({ body, etag }) => ({
        button: afterAll(kind, body) ? notAfterAll : buttonOf(kind),
        looks: grave.has(kind) || afterAll(kind, body) ? 'warning' : 'primary',
        read: etag,
      }),
      fields: (asked, { body }, form) => fieldsOf(asked, body, form),
      give: (asked, call) => asked.door(kind, { params: ofCase(asked), ...call }),
    }),
  );

const ofCase = ({ params: { reference = '' } }: Asked) => ({ reference });

/** What cannot be taken back is done with a button that says so. */
const grave: ReadonlySet<PersonCommandKind> = new Set([
  'withdraw',
  'closeCase',
  'recordExit',
  'askWithdrawal',
  'takeBackCheck',
  'takeBackDecision',
]);

/** What is not only written down: the button says what it does. */
const buttons: Partial<Readonly<Record<PersonCommandKind, string>>> = {
  sendPack: 'Send the pack',
  giveInformation: 'Send the information',
  confirmStart: 'Confirm the start date',
  askReconsideration: 'Ask the panel',
  askChangeOfDay: 'Ask for the change',
  askExtension: 'Ask for the extension',
  makeComplaint: 'Send the complaint',
  answerComplaint: 'Send the answer',
};

const buttonOf = (kind: PersonCommandKind): string => (grave.has(kind) ? personCommands[kind].title : (buttons[kind] ?? 'Save'));

const consequences: Partial<Readonly<Record<PersonCommandKind, string>>> = {
  withdraw: 'The application ends. To apply again you begin a new one, which may start from the answers of this.',
  closeCase: 'The case ends, and everybody concerned is told. It cannot be opened again.',
  recordExit:
    'The placement ends, and its place becomes free. Everybody concerned is told, and meetings still to come are called off. It cannot be opened again.',
  panelDecision: 'Reasons are read by the school, and by whoever may see the outcome document. Write them for these readers.',
  recordAgreement:
    'An agreement is kept with who gave it, when and how, and where its evidence is. It can be withdrawn at any time.',
  askReconsideration: 'The panel decides anew at its next meeting. This can be asked once.',
  takeBackCheck:
    'The pack is with CAP again, which finds it complete or returns it. The school is told, and so is whoever had the case next: they see it no more until it comes again. Why is read by everybody who sees the case.',
  takeBackDecision:
    'The case is before the panel again, and before the same meeting. Everybody who was told of the decision is told that it holds no more; its outcome document says so. Why it is taken back is read by everybody who sees the case.',
  makeComplaint: 'CAP reads the complaint and answers it in writing.',
  noteCpoms: 'Write nothing of the concern here: it is recorded on CPOMS alone.',
};

const consequence = (kind: PersonCommandKind, found: CaseView) => {
  const text = afterAll(kind, found) ? afterAllText(found) : consequences[kind];
  return text === undefined ? html`` : inset(text);
};

/** What is left to say to who has accepted already takes the case from them. */
function afterAllText({ position }: Pick<CaseView, 'position'>): string {
  const start =
    position.stage === 'placement'
      ? ` Everybody who was told of the start on ${formatDay(position.start)} hears that it does not come.`
      : '';
  return `The case goes back to CAP. You see it no longer. CAP looks for another way with the school.${start}`;
}

/** An exit before the last day may be of another case than was meant. */
function endsBefore({ now }: Asked, { position }: Pick<CaseView, 'position'>): Html {
  if (position.stage !== 'placement' || position.end <= londonDay(now)) return html``;
  return paragraph(`It was to run to ${formatDay(position.end)}, and ends today.`);
}

/** What stands against a command that a case does not take, in better words than that it does not. */
const whyNot: Partial<Readonly<Record<PersonCommandKind, (found: CaseView) => string | null>>> = {
  confirmStart: ({ waits }) => (waits.some(({ what }) => what === 'course-place') ? inLineForAPlace : null),
  askReconsideration: ({ timeline }) => {
    const asked = timeline.findLast(({ kind }) => kind === 'reconsiderationAsked');
    return asked ? `The panel was asked to reconsider this on ${formatDay(londonDay(asked.at))}. It can be asked once.` : null;
  },
};

/** What a command answers, by the event that asked for it. */
const answers: Partial<Readonly<Record<PersonCommandKind, string>>> = {
  processWithdrawal: 'withdrawalAsked',
  confirmChangeOfDay: 'changeOfDayAsked',
  decideExtension: 'extensionAsked',
  answerComplaint: 'complaintMade',
  recordInterview: 'interviewBooked',
  giveInformation: 'deferred',
  askReconsideration: 'refused',
};

/** What was asked for, and why, stands above the form that answers it. */
function whatWasAsked(kind: PersonCommandKind, { timeline }: Pick<CaseView, 'timeline'>): Html {
  const asked = timeline.findLast((entry) => entry.kind === answers[kind]);
  if (asked === undefined) return html``;
  return inset(html`${asked.title}${fixedBy(asked).map((line) => html`: ${line}`)} ${wordsOfEntry(asked.texts)}`);
}

/** The fields of a command to a case, with what may be chosen in each. */
export async function fieldsOf(
  asked: Asked,
  found: Pick<CaseView, 'school' | 'host' | 'stage' | 'programme' | 'waits' | 'emails' | 'directory'>,
  command: Pick<NextCommand, 'fields' | 'texts'>,
): Promise<FormField[]> {
  const named = new Set(command.fields.flatMap(({ names }) => (names === null ? [] : [names])));
  const options = new Map<string, readonly Option[]>();
  const courses = named.has('course') ? await coursesFor(asked, found) : [];
  const isNeeded = command.fields.some(({ names, required }) => names === 'course' && required);
  const givers = isNeeded ? new Set(courses.map(({ provider }) => provider)) : null;
  for (const names of named) options.set(names, await choicesOf(asked, found, names, { courses, givers }));
  const choices: Choices = (names) => options.get(names) ?? [];
  return commandFields(command, choices);
}

const organisations = (all: readonly { readonly code: string; readonly name: string }[]): Option[] =>
  all.map(({ code, name }) => ({ value: code, title: name }));

/** The courses of the programme in the directory of the year in which the case is to start. */
async function coursesFor(asked: Asked, { directory, programme }: Parameters<typeof fieldsOf>[1]) {
  const { courses } = await asked.door('courses', { query: { academicYear: directory } });
  return courses.filter((course) => course.programme === programme.code);
}

interface Offered {
  readonly courses: Awaited<ReturnType<typeof coursesFor>>;
  /** The providers of these courses, where the command needs one of them: no other is offered; null where it needs none. */
  readonly givers: ReadonlySet<string> | null;
}

/** What a code of that kind may name, in this case. */
async function choicesOf(
  asked: Asked,
  found: Parameters<typeof fieldsOf>[1],
  names: string,
  { courses, givers }: Offered,
): Promise<readonly Option[]> {
  switch (names) {
    case 'provider': {
      const { providers } = await asked.door('providers');
      // Who has the pack already can have it for another course, and where there are none not once more.
      const held = found.stage.code === 'interview' ? found.host : null;
      return organisations(providers.filter(({ code }) => givers?.has(code) ?? `provider:${code}` !== held));
    }
    case 'school': {
      const { schools } = await asked.door('schools');
      const isOfTheCase = ({ code }: { readonly code: string }) => code === found.school || `school:${code}` === found.host;
      return organisations(schools.filter((one) => !isOfTheCase(one) && mayReceive(one)));
    }
    case 'course':
      return courses.map((course) => ({ value: course.code, title: `${course.title}, ${givenAt(course)}` }));
    case 'colleague': {
      const { colleagues } = await asked.door('colleagues');
      const once = new Map(colleagues.map(({ person, name }) => [person, name]));
      return [...once].map(([value, title]) => ({ value, title }));
    }
    case 'task':
      return found.waits.flatMap(({ what, subject, title }) =>
        what === 'task' && subject !== null ? [{ value: subject, title }] : [],
      );
    case 'email':
      return found.emails
        .filter(({ status }) => status === 'undelivered')
        .map(({ id, title, to }) => ({ value: id, title: `${title}, to ${to.party}` }));
    default:
      throw new Error(`No page offers what is called ${names}`);
  }
}
