// How long things are kept (A14): what falls due, legal holds, and all that is held of one student.
import { formatDay, formatLondon, isInstant, isIsoDate } from '../../domain/calendar';
import { fileKindTitles, fileStateTitles } from '../../domain/files';
import { exclusionReasons, exclusionTitles } from '../../domain/exclusions';
import { can } from '../../domain/permissions';
import { behaviourTitles, progressTitles } from '../../domain/progress';
import type { Answers } from '../answers';
import { one, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { readOrRefuse, wrongField } from '../forms/readOrRefuse';
import { shortDay, shortTime, birthday } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type FileShown, type Page } from '../page';
import {
  badge,
  caseLink,
  heading,
  inset,
  leadOn,
  link,
  nextPage,
  paragraph,
  summaryList,
  table,
  warning,
  type Column,
} from '../parts';
import { answerInWords } from '../pack/pack';
import { emailStates } from './case';
import { filesPath } from './files';
import { grantInWords, namesOf, peopleNamed, type Names } from './parties';
import { halfTitles, markTitles } from './registers';
import { fixedBy, wordsOfEntry } from './timeline';

type Hold = Answers['legalHolds']['holds'][number];
type Subject = Answers['subjectAccess'];
type SubjectCase = Subject['applications'][number];
type SubjectDraft = Subject['drafts'][number];
type Named = (person: string) => string;

const keeps: Page['who'] = (person) => can(person, 'keep-retention');
const gives: Page['who'] = (person) => can(person, 'give-subject-access');

const columns = (...titles: string[]): Column[] => titles.map((title) => ({ title }));
const subjectAddress = (code: string) => `/subject-access/${code}`;

const retention = page({
  path: '/retention',
  name: 'retention',
  who: keeps,
  menu: {
    title: 'Retention',
    order: 110,
    rare: true,
    about: 'What is kept for how long, legal holds, and all that is held of one student',
  },
  show: async (asked) => {
    const { after } = asked.query;
    const [{ cases, students, next }, { holds }, names, nameOf] = await Promise.all([
      asked.door('fallingDue', { query: after === undefined ? {} : { after } }),
      asked.door('legalHolds'),
      namesOf(asked),
      peopleNamed(asked),
    ]);
    return {
      title: 'Retention',
      wide: true,
      main: html`${paragraph('Each night what has been kept long enough is erased, and cannot be had back. Only what somebody holds stays. That it was erased stands in its timeline, which stays whole.')}
      ${leadOn('/retention/hold', 'Place a legal hold')} ${paragraph(link('/subject-access', 'All that is held of one student'))}
      ${table(
        'Closed cases that are erased within 60 days',
        columns('Case', 'Home school', 'Student', 'Kept until', 'Why'),
        cases.map(({ reference, school, student, until, why, held }) => [
          caseLink(reference),
          names.get(school) ?? school,
          link(subjectAddress(student), student, ': all that is held'),
          html`${shortDay(until)} ${held ? badge('Held', 'waits') : ''}`,
          why,
        ]),
        next === null
          ? 'No case is erased in the next 60 days.'
          : 'No case of this page is erased in the next 60 days. Look at the next page.',
      )}
      ${nextPage(next && `/retention?after=${next}`)}
      ${
        students.length === 0
          ? ''
          : table(
              'Students without a case or a draft who are erased within 60 days',
              columns('Student', 'Home school', 'Kept until', 'Why'),
              students.map(({ student, school, until, why, held }) => [
                link(subjectAddress(student), student, ': all that is held'),
                names.get(school) ?? school,
                html`${shortDay(until)} ${held ? badge('Held', 'waits') : ''}`,
                why,
              ]),
              '',
            )
      }
      ${table(
        'Legal holds that stand',
        columns('On', 'Reason', 'Placed by', 'Placed', 'Next'),
        holds.map((hold) => [
          holdsWhat(hold),
          hold.reason,
          nameOf(hold.placedBy),
          shortTime(hold.placed),
          link(`/retention/holds/${hold.id}`, 'Lift', `the hold on ${hold.reference ?? hold.student ?? ''}`),
        ]),
        'No legal hold stands.',
      )}`,
    };
  },
});

function holdsWhat({ reference, student }: Hold): Html {
  if (reference !== null) return html`Case ${caseLink(reference)}`;
  return html`Student ${link(subjectAddress(student ?? ''), student ?? '')}, with all their cases and drafts`;
}

const holdFields: readonly FormField[] = [
  {
    kind: 'choice',
    name: 'on',
    title: 'What is held?',
    options: [
      { value: 'reference', title: 'One case' },
      { value: 'student', title: 'A student, with all their cases and drafts' },
    ],
  },
  {
    kind: 'text',
    name: 'reference',
    title: 'Case',
    hint: 'Its reference, such as CAP-2026-7K3QX9',
    width: 'short',
    when: { field: 'on', is: ['reference'] },
  },
  {
    kind: 'text',
    name: 'student',
    title: 'Student',
    hint: 'Their code, such as STU-7K3QX9',
    width: 'short',
    when: { field: 'on', is: ['student'] },
  },
  {
    kind: 'words',
    name: 'reason',
    title: 'Why is it held?',
    hint: 'Only CAP reads it. It stands in all that is held of the student, to be taken out before that is given out',
  },
];

const shapes = {
  reference: { is: /^CAP-[A-Z0-9-]{4,40}$/, message: 'Case: enter its reference, such as CAP-2026-7K3QX9.' },
  student: { is: /^STU-[A-Z0-9]{6}$/, message: 'Student: enter their code, such as STU-7K3QX9.' },
} as const;

const placeHold = page({
  path: '/retention/hold',
  name: 'placeHold',
  who: keeps,
  show: (asked) =>
    Promise.resolve({
      title: 'Place a legal hold',
      back: { href: '/retention', text: 'Retention' },
      main: html`${paragraph('What it stands on is not erased until a colleague lifts it.')}
      ${asked.form({ button: 'Place the hold' }, showFields(holdFields, asked.again ?? undefined))}`,
    }),
  take: async (asked, { posted, headers }) => {
    const { on, reason, ...named } = readOrRefuse(holdFields, posted);
    if (on !== 'reference' && on !== 'student') throw wrongField('on', 'A14', 'Say what is held.');
    const name = typeof named[on] === 'string' ? named[on].toUpperCase() : '';
    const { is, message } = shapes[on];
    if (!is.test(name)) throw wrongField(on, 'A14', message);
    await asked.door('placeLegalHold', { headers, body: { [on]: name, reason } });
    return { to: '/retention', said: 'held' };
  },
});

const liftHold = page({
  path: '/retention/holds/{id}',
  name: 'liftHold',
  who: keeps,
  show: async (asked) => {
    const hold = await holdOf(asked);
    const back = { href: '/retention', text: 'Retention' };
    if (!hold)
      return { title: 'This hold does not stand', back, main: paragraph('It is lifted already, or there never was one.') };
    const nameOf = await peopleNamed(asked);
    const mine = hold.placedBy === asked.person.person;
    return {
      title: mine ? 'A hold that you placed' : 'Lift this hold?',
      back,
      main: html`${summaryList([
        { key: 'On', value: holdsWhat(hold) },
        { key: 'Reason', value: hold.reason },
        { key: 'Placed', value: `${formatLondon(hold.placed)}, ${nameOf(hold.placedBy)}` },
      ])}
      ${
        mine
          ? inset('A colleague lifts it: what is erased then cannot be had back, so it takes two people.')
          : html`${warning('What it stands on can then be erased, and that cannot be undone. It is then kept as long as any other, and for 60 days at least.')}
            ${asked.form({ button: 'Lift it', looks: 'warning' }, [])}`
      }`,
    };
  },
  take: async (asked) => {
    await asked.door('liftLegalHold', { params: { id: asked.params['id'] ?? '' } });
    return { to: '/retention', said: 'lifted' };
  },
});

async function holdOf(asked: Asked): Promise<Hold | undefined> {
  const { holds } = await asked.door('legalHolds');
  return holds.find(({ id }) => id === asked.params['id']);
}

const search: readonly FormField[] = [
  { kind: 'text', name: 'text', title: 'Find a student', hint: 'A part of their name, or their UPN', width: 'half' },
];

const findSubject: Page = page({
  path: '/subject-access',
  name: 'findSubject',
  who: gives,
  show: async (asked) => {
    const text = one(asked.again?.posted ?? {}, 'text').trim();
    const found = text === '' ? null : (await asked.door('searchStudents', { body: { text } })).students;
    const names = found === null ? new Map<string, string>() : await namesOf(asked);
    return {
      title: 'All that is held of one student',
      back: { href: '/exports', text: 'Exports' },
      main: html`${paragraph('For whoever may ask what is kept of a child: a subject access request.')}
      ${asked.form({ button: 'Find' }, showFields(search, asked.again ?? undefined))}
      ${
        found === null
          ? ''
          : table(
              'Who was found',
              columns('Student', 'Date of birth', 'Home school'),
              found.map(({ code, name, dateOfBirth, school }) => [
                link(subjectAddress(code), name),
                birthday(dateOfBirth),
                names.get(school) ?? school,
              ]),
              'Nobody was found. Try a shorter part of the name.',
            )
      }`,
    };
  },
  // What is looked for is shown by the same page: nothing is changed, and no address holds a child's name.
  take: async (asked, { posted }) => ({ show: await findSubject.show({ ...asked, again: { form: '', posted, problems: [] } }) }),
});

const subjectPage = page({
  path: '/subject-access/{code}',
  name: 'subject',
  who: gives,
  show: async (asked) => {
    const { code = '' } = asked.params;
    const subject = await asked.door('subjectAccess', { params: { code } });
    const [names, nameOf] = await Promise.all([namesOf(asked), peopleNamed(asked)]);
    const { student, made, by, kept, holds, applications, drafts, readBy, alsoLikely, changes } = subject;
    const schoolName = names.get(student.school) ?? student.school;
    return {
      title: `All that is held of ${student.name}`,
      wide: true,
      caption: code,
      back: { href: '/subject-access', text: 'Find a student' },
      main: html`${inset(subject.toLookAt)}
        <div class="cap-no-print">
          ${paragraph('To give it out on paper, print this page.')}
          ${leadOn(`${subjectAddress(code)}/file`, 'Download it as a file', 'secondary')}
        </div>
        ${paragraph(`Put together on ${formatLondon(made)} by ${nameOf(by)}. ${subject.notHere}`)} ${heading('The student')}
        ${summaryList([
          { key: 'Name', value: student.name },
          { key: 'Date of birth', value: birthday(student.dateOfBirth) },
          { key: 'UPN', value: student.upn },
          { key: 'Home school', value: schoolName },
          { key: 'EHCP', value: yesNo(student.ehcp) },
          { key: 'Looked after', value: yesNo(student.lookedAfter) },
          { key: 'Adopted', value: yesNo(student.adopted) },
          { key: 'Kept until', value: `${formatDay(kept.until)}. ${kept.why}` },
          {
            key: 'Legal holds',
            value:
              holds.length === 0
                ? 'None'
                : html`${holds.map((hold) => html`${hold.reason} ${hold.lifted === null ? '' : '(lifted)'}<br />`)}`,
          },
        ])}
        ${
          alsoLikely.length === 0
            ? ''
            : html`<div class="cap-no-print">
                ${inset(
                  html`Likely the same child at other schools, to be asked for each:
                  ${alsoLikely.map((other) => html`${link(subjectAddress(other), other)} `)}`,
                )}
              </div>`
        }
        ${table(
          'How the entry of the student changed',
          columns('When', 'By', 'What it says since then'),
          changes.map(({ at, person, after }) => [shortTime(at), nameOf(person), inWords(after)]),
          'The entry of the student was never changed.',
        )}
        ${table(
          'Suspensions and permanent exclusions',
          columns('From', 'What', 'Half days', 'Reason', 'Recorded', 'By'),
          subject.exclusions.map(({ day, kind, sessions, reason, recorded, recordedBy }) => [
            ...[shortDay(day), exclusionTitles[kind], sessions === null ? '' : String(sessions), exclusionReasons[reason]],
            ...[shortTime(recorded), nameOf(recordedBy)],
          ]),
          'No suspension and no permanent exclusion is recorded.',
        )}
        ${
          subject.exclusionEdits.length === 0
            ? ''
            : table(
                'Suspensions and exclusions that were corrected or removed',
                columns('When', 'By', 'Before', 'After'),
                subject.exclusionEdits.map(({ at, person, before, after }) => [
                  ...[shortTime(at), nameOf(person), inWords(before ?? {}), after === null ? 'Removed' : inWords(after)],
                ]),
                '',
              )
        }
        ${applications.map((each) => application(each, names, nameOf))}
        ${drafts.filter((draft) => isUnsent(draft, applications)).map((draft) => draftOf(draft, nameOf))}
        ${table(
          'Documents',
          columns('Of', 'Document', 'Kind', 'Added', 'By', 'State'),
          drafts.flatMap(({ reference, submitted, files }) =>
            files.map(({ name, kind, added, addedBy, state }) => [
              submitted ? link(filesPath(reference), reference, `: open ${name} there`) : reference,
              name,
              fileKindTitles[kind],
              shortTime(added),
              nameOf(addedBy),
              fileStateTitles[state],
            ]),
          ),
          'No document is kept.',
        )}
        ${table(
          'Who read it',
          columns('Of', 'What', 'Who', 'How often', 'First', 'Last'),
          readBy.map(({ reference, title, action, person, count, first, last }) => [
            reference,
            title ?? action,
            nameOf(person),
            String(count),
            shortTime(first),
            shortTime(last),
          ]),
          'Nobody has read it.',
        )}`,
    };
  },
});

/** What was written since it was sent last, or of what was never sent: everything else stands in its pack. */
function isUnsent({ reference, submitted, saved }: SubjectDraft, applications: readonly SubjectCase[]): boolean {
  const sent = applications.find((each) => each.reference === reference)?.packs.at(-1)?.submitted;
  return !submitted || (sent !== undefined && saved > sent);
}

function draftOf({ reference, programme, begun, begunBy, submitted, inWords: answers }: SubjectDraft, nameOf: Named): Html {
  const title = `${programme}, begun on ${formatLondon(begun)} by ${nameOf(begunBy)}`;
  return html`${heading(`What is written and not sent of ${submitted ? 'application' : 'draft'} ${reference}`)}
  ${
    answers.length === 0
      ? paragraph(`${title}. No question is answered.`)
      : summaryList(
          answers.map((each) => ({ key: each.question, value: answerInWords(each) })),
          title,
        )
  }`;
}

const yesNo = (yes: boolean) => (yes ? 'Yes' : 'No');

const wordsOf: Readonly<Record<string, string>> = {
  dateOfBirth: 'date of birth',
  upn: 'UPN',
  yearsAbove: 'years above the age group',
  ehcp: 'EHCP',
  lookedAfter: 'looked after',
};

/** A few values of a record as one text: `name: …; day: …`. */
function inWords(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${wordsOf[name] ?? name}: ${said(value)}`)
    .join('; ');
}

function said(value: unknown): string {
  if (typeof value === 'boolean') return yesNo(value).toLowerCase();
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value);
  return isInstant(value) ? formatLondon(value) : isIsoDate(value) ? formatDay(value) : value;
}

function application(each: SubjectCase, names: Names, nameOf: Named): Html {
  const { reference, programme, school, stage, submitted, kept, packs, timeline, attendance, progress, corrections, emails } =
    each;
  return html`${heading(`Application ${reference}`)}
  ${summaryList([
    { key: 'Programme', value: programme },
    { key: 'Home school', value: names.get(school) ?? school },
    { key: 'Stage', value: stage },
    { key: 'Submitted', value: formatLondon(submitted) },
    { key: 'Kept until', value: kept && `${formatDay(kept.until)}. ${kept.why}` },
  ])}
  ${packs.map(({ submitted: sent, pack }) =>
    summaryList(
      pack.map((each) => ({ key: each.question, value: answerInWords(each) })),
      `The pack as it was sent on ${formatLondon(sent)}`,
    ),
  )}
  ${table(
    `What happened in ${reference}`,
    columns('When', 'What', 'By', 'Words'),
    timeline.map((entry) => [
      shortTime(entry.at),
      html`${entry.what}${fixedBy(entry).map((line) => html`<br />${line}.`)}
      ${entry.conditionsBy === null ? '' : html`<br />Conditions to be met by ${formatDay(entry.conditionsBy)}.`}`,
      nameOf(entry.by),
      html`${wordsOfEntry(entry.texts)}`,
    ]),
    '',
  )}
  ${
    attendance.length === 0
      ? ''
      : table(
          `Attendance in ${reference}`,
          columns('Day', 'Half', 'Mark', 'Marked by'),
          attendance.map(({ day, half, mark, markedBy }) => [
            ...[shortDay(day), halfTitles[half], markTitles[mark], nameOf(markedBy)],
          ]),
          '',
        )
  }
  ${
    progress.length === 0
      ? ''
      : table(
          `Progress and behaviour in ${reference}`,
          columns('Week of', 'Progress', 'Behaviour', 'Noted', 'By'),
          progress.map(({ week, written, writtenBy, ...note }) => [
            shortDay(week),
            [progressTitles[note.progress], note.progressWords].filter((part) => part !== '').join(': '),
            [behaviourTitles[note.behaviour], note.behaviourWords].filter((part) => part !== '').join(': '),
            shortTime(written),
            nameOf(writtenBy),
          ]),
          '',
        )
  }
  ${
    corrections.length === 0
      ? ''
      : table(
          `What was corrected in ${reference}`,
          columns('When', 'By', 'Before', 'After'),
          corrections.map(({ at, person, before, after }) => [
            shortTime(at),
            nameOf(person),
            inWords(before ?? {}),
            inWords(after),
          ]),
          '',
        )
  }
  ${table(
    `E-mails about ${reference}`,
    columns('About', 'To', 'State', 'Written'),
    emails.map(({ title, to, status, written }) => [title, grantInWords(to, names), emailStates[status], shortTime(written)]),
    'No e-mail was written.',
  )}`;
}

const subjectFile = page({
  path: '/subject-access/{code}/file',
  name: 'subjectFile',
  who: gives,
  show: async (asked): Promise<FileShown> => {
    const { code = '' } = asked.params;
    const subject = await asked.door('subjectAccess', { params: { code } });
    const bytes = JSON.stringify(subject, null, 2);
    return { file: { name: `subject-access-${code}.json`, type: 'application/json', bytes } };
  },
});

export const retentionPages: readonly Page[] = [retention, placeHold, liftHold, findSubject, subjectPage, subjectFile];
