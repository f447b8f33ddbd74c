// The students of a school: found, added once, put right; each with their applications, their cases and their week. CAP reads all of them.
import { HttpProblem } from '../../api/problems';
import { addDays, formatDay, isIsoDate, londonDay, mondayOf } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { yearGroups } from '../../domain/words';
import type { Answers } from '../answers';
import { asTyped, one, readForm, type FormField, type Posted } from '../forms/fields';
import { showFields, untouched } from '../forms/show';
import { readOrRefuse } from '../forms/readOrRefuse';
import { shortDay, birthday } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page, type Sent, type Shown } from '../page';
import { caseLink, inset, leadOn, link, nextPage, paragraph, summaryList, table } from '../parts';
import { beginPath } from './applications';
import { exclusionsOfStudent } from './exclusions';
import { keepsStudents, readsStudents, schoolFields, schoolsOf } from './school';

type Student = Answers['student'];

const search: readonly FormField[] = [
  { kind: 'text', name: 'text', title: 'Find a student', hint: 'A part of the name, or the pupil number (UPN)', width: 'half' },
];

const students: Page = page({
  path: '/students',
  name: 'students',
  who: readsStudents,
  menu: { title: 'Students', order: 40 },
  show: async (asked) => {
    const text = one(asked.again?.posted ?? {}, 'text').trim();
    const { after } = asked.query;
    const found =
      text === ''
        ? await asked.door('students', { query: after === undefined ? {} : { after } })
        : { ...(await asked.door('searchStudents', { body: { text } })), next: null };
    return {
      title: 'Students',
      wide: true,
      main: html`${
        keepsStudents(asked.person).allowed
          ? html`<div class="govuk-button-group">
              ${leadOn('/students/add', 'Add a student')} ${leadOn('/students/import', 'Import the roll', 'secondary')}
            </div>`
          : ''
      }
      ${asked.form({ button: 'Find', looks: 'secondary' }, showFields(search, asked.again ?? undefined))}
      ${
        text === ''
          ? await listOf(asked, found.students, 'By name', 'There is no student yet. Add one, or import the roll.')
          : await listOf(
              asked,
              found.students,
              'What was found',
              'There is no such student here. Look for less of the name, or add the student.',
            )
      }
      ${nextPage(found.next && `/students?after=${found.next}`)}`,
    };
  },
  // What is looked for is shown by the same page, so that no address holds a name.
  take: async (asked, { posted }) => {
    if (readForm(search, posted).body['text'] === undefined) return { to: '/students' };
    return { show: await students.show({ ...asked, again: { form: '', posted, problems: [] } }) };
  },
});

/** @returns the names of schools by their codes, for whoever sees students of several; null for staff of one school, who know theirs */
async function schoolsSeen(asked: Asked): Promise<ReadonlyMap<string, string> | null> {
  if (schoolsOf(asked.person).length === 1) return null;
  return new Map((await asked.door('schools')).schools.map(({ code, name }) => [code, name]));
}

async function listOf(asked: Asked, all: readonly Student[], caption: string, empty: string): Promise<Html> {
  const schools = await schoolsSeen(asked);
  const columns = ['Student', ...(schools ? ['School'] : []), 'Year group', 'Date of birth', 'UPN', 'EHCP'];
  return table(
    caption,
    columns.map((title) => ({ title })),
    all.map(({ code, name, school, yearGroup, dateOfBirth, upn, ehcp }) => [
      link(`/students/${code}`, name),
      ...(schools ? [schools.get(school) ?? school] : []),
      yearGroup,
      birthday(dateOfBirth),
      upn,
      ehcp ? 'Yes' : 'No',
    ]),
    empty,
  );
}

const student = page({
  path: '/students/{code}',
  name: 'student',
  who: readsStudents,
  show: async (asked) => {
    const { code = '' } = asked.params;
    const found = await asked.door('student', { params: { code } });
    const mine = can(asked.person, 'keep-students', found.school).allowed;
    const [{ cases }, drafts] = await Promise.all([
      asked.door('cases', { query: { student: code, limit: '100' } }),
      mine ? asked.door('applications') : { applications: [] },
    ]);
    return {
      title: found.name,
      tab: `Student ${code}`,
      back: { href: '/students', text: 'Students' },
      main: html`${mine ? leadOn(beginPath('', { student: found, follows: null }), 'Begin an application') : ''}
      ${known(found, mine, await schoolsSeen(asked))}
      ${ofStudent(
        drafts.applications.filter((each) => each.student === code),
        cases,
      )}
      ${await week(asked, code, cases)} ${await exclusionsOfStudent(asked, code)}`,
    };
  },
});

/** @param schools as `schoolsSeen` has them */
function known(
  { code, school, yearGroup, dateOfBirth, upn, ehcp, lookedAfter, adopted }: Student,
  mine: boolean,
  schools: ReadonlyMap<string, string> | null,
): Html {
  return html`${summaryList([
    { key: 'Home school', value: schools && (schools.get(school) ?? school) },
    { key: 'Date of birth', value: birthday(dateOfBirth) },
    { key: 'Year group', value: yearGroup },
    { key: 'Pupil number (UPN)', value: upn },
    { key: 'Education, Health and Care Plan', value: ehcp ? 'Yes' : 'No' },
    { key: 'Looked after', value: lookedAfter ? 'Yes' : 'No' },
    { key: 'Adopted', value: adopted ? 'Yes' : null },
  ])}
  ${mine ? paragraph(link(`/students/${code}/edit`, 'Change these details')) : ''}`;
}

function ofStudent(drafts: Answers['applications']['applications'], cases: Answers['cases']['cases']): Html {
  const written = drafts
    .filter(({ submitted }) => !submitted)
    .map(({ reference, title }) => [link(`/applications/${reference}`, reference), title, 'Being written', null]);
  const rows = cases.map(({ reference, programme, stage, hostName }) => [
    caseLink(reference),
    programme.title,
    stage.title,
    hostName,
  ]);
  return table(
    'Applications and cases',
    [{ title: 'Reference' }, { title: 'Programme' }, { title: 'Where it stands' }, { title: 'With' }],
    [...written, ...rows],
    'There is no application for this student yet.',
  );
}

const halfNames = { am: 'Morning', pm: 'Afternoon' } as const;

/** Where the student is to be in a week, over all placements (R88). */
async function week(asked: Asked, code: string, cases: Answers['cases']['cases']): Promise<Html> {
  const wished = asked.query['week'] ?? '';
  const day = isIsoDate(wished) ? wished : londonDay(asked.now);
  const { monday, halves, days } = await asked.door('weekOfStudent', { params: { code, day } });
  const at = (date: string, half: 'am' | 'pm') => {
    const found = halves.find((each) => each.day === date && each.half === half);
    if (!found) return 'At school';
    return link(`/cases/${found.case}`, cases.find(({ reference }) => reference === found.case)?.hostName ?? 'With the host');
  };
  const to = (weeks: number) => `/students/${code}?week=${addDays(monday, weeks * 7)}#week`;
  return html`<div id="week">
    ${
      halves.length === 0
        ? paragraph(`In the week of ${formatDay(mondayOf(day))} no half day away from the school is agreed.`)
        : table(
            `Week of ${formatDay(monday)}: ${String(days)} ${days === 1 ? 'day' : 'days'} away from the school`,
            [{ title: 'Day' }, { title: halfNames.am }, { title: halfNames.pm }],
            [0, 1, 2, 3, 4]
              .map((after) => addDays(monday, after))
              .map((date) => [shortDay(date), at(date, 'am'), at(date, 'pm')]),
            '',
          )
    }
    <p class="govuk-body cap-inline">${link(to(-1), 'The week before')} ${link(to(1), 'The week after')}</p>
  </div>`;
}

const fields: readonly FormField[] = [
  { kind: 'text', name: 'name', title: 'Full name', width: 'half' },
  { kind: 'day', name: 'dateOfBirth', title: 'Date of birth', hint: 'For example, 4 5 2012' },
  { kind: 'text', name: 'upn', title: 'Pupil number (UPN)', optional: true, width: 'short' },
  {
    kind: 'pick',
    name: 'yearGroup',
    title: 'Year group this year, where it is not that of the age',
    optional: true,
    options: yearGroups.map((value) => ({ value, title: value })),
  },
  { kind: 'yes-no', name: 'ehcp', title: 'Is there an Education, Health and Care Plan?' },
  { kind: 'yes-no', name: 'lookedAfter', title: 'Is the student looked after by a local authority?' },
  {
    kind: 'yes-no',
    name: 'adopted',
    title: 'Was the student adopted?',
    hint: 'Where you know: what is kept of them is kept longer.',
    optional: true,
  },
];

const another: FormField = {
  kind: 'flag',
  name: 'another',
  title: 'This is another child of the same name, born on the same day',
};

/** Where somebody goes on with a student: to the application for which they add them, else to the student. */
function nextTo(asked: Asked, code: string): string {
  const application = forApplication(asked);
  return application === null ? `/students/${code}` : `${application.href}?student=${code}`;
}

/** Saves what was typed of a student; where the school has the student already, shows who it is. */
async function saving(asked: Asked, { posted }: Sent, of: Page, done: (body: Record<string, unknown>) => Promise<Student>) {
  const body = readOrRefuse([...fields, ...(await schoolFields(asked)), another], posted);
  try {
    const { code } = await done(body);
    return { to: nextTo(asked, code), said: 'saved' };
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.kind !== 'known-student') throw error;
    const codes = (error.more.members?.['known'] ?? []) as readonly string[];
    const shown = await of.show({
      ...asked,
      query: { ...asked.query, known: codes.join(',') },
      again: { form: '', posted, problems: [] },
    });
    return { show: shown };
  }
}

/** Those whom the school has, above the form that somebody filled in for one of them. */
async function alreadyThere(asked: Asked): Promise<Html> {
  const codes = (asked.query['known'] ?? '').split(',').filter((code) => code !== '');
  if (codes.length === 0) return html``;
  const known = await Promise.all(codes.map((code) => asked.door('student', { params: { code } })));
  const upn = one(asked.again?.posted ?? {}, 'upn')
    .replace(/\s/g, '')
    .toUpperCase();
  const sameUpn = known.some((each) => upn !== '' && each.upn === upn);
  return html`${table(
    'Your school has this student already',
    [{ title: 'Student' }, { title: 'Date of birth' }, { title: 'UPN' }],
    known.map((each) => [link(nextTo(asked, each.code), each.name), birthday(each.dateOfBirth), each.upn]),
    '',
  )}
  ${paragraph(
    sameUpn
      ? 'A pupil number is one child’s: go on with the student above, or mend the number.'
      : 'Go on with the student above. If this is another child, say so at the end of the form, and save it again.',
  )}`;
}

async function fieldsShown(asked: Asked, typed: Posted, isNew: boolean): Promise<Html[]> {
  const isKnown = (asked.query['known'] ?? '') !== '';
  const all = [...(isNew ? await schoolFields(asked) : []), ...fields, ...(isKnown ? [another] : [])];
  return showFields(all, asked.again ?? { ...untouched, posted: typed });
}

/** The application for which somebody adds a student, to which they go back with it; null where there is none. */
function forApplication({ query }: Asked) {
  const reference = /^CAP-[A-Z0-9-]{4,40}$/.exec(query['for'] ?? '')?.[0];
  return reference === undefined ? null : { href: `/applications/${reference}/student`, text: `Application ${reference}` };
}

const addStudent: Page = page({
  path: '/students/add',
  name: 'addStudent',
  who: keepsStudents,
  show: async (asked): Promise<Shown> => ({
    title: 'Add a student',
    back: forApplication(asked) ?? { href: '/students', text: 'Students' },
    main: html`${await alreadyThere(asked)} ${asked.form({ button: 'Add the student' }, await fieldsShown(asked, {}, true))}`,
  }),
  take: (asked, sent) => saving(asked, sent, addStudent, (body) => asked.door('addStudent', { headers: sent.headers, body })),
});

const editStudent: Page = page({
  path: '/students/{code}/edit',
  name: 'editStudent',
  who: keepsStudents,
  show: async (asked): Promise<Shown> => {
    const { code = '' } = asked.params;
    const { body: found, etag } = await asked.tagged('student', { params: { code } });
    return {
      title: 'Change these details',
      caption: found.name,
      back: { href: `/students/${code}`, text: found.name },
      main: html`${await alreadyThere(asked)}
      ${inset('What was submitted keeps its words: a pack says what was known on its day.')}
      ${asked.form({ button: 'Save', read: etag }, await fieldsShown(asked, asTyped(fields, found), false))}`,
    };
  },
  take: (asked, sent) =>
    saving(asked, sent, editStudent, (body) => {
      const { code = '' } = asked.params;
      return asked.door('saveStudent', { params: { code }, headers: sent.headers, body });
    }),
});

export const studentPages: readonly Page[] = [students, student, addStudent, editStudent];
