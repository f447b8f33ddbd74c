// The applications of a school that are not submitted, and how one is begun: which programmes fit and why, then the programme with its student and
// course (R23, R24).
import { HttpProblem } from '../../api/problems';
import type { Answers } from '../answers';
import { asTyped, one, readForm, type FormField, type Option, type Posted } from '../forms/fields';
import { showFields } from '../forms/show';
import { readOrRefuse, wrongField } from '../forms/readOrRefuse';
import { shortTime } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page, type Shown } from '../page';
import { badge, heading, hidden, inset, leadOn, link, list, paragraph, summaryList, table, type Content } from '../parts';
import { givenAt } from './courses';
import { chosenStudent, describe, schoolFields, studentFields, writesApplications } from './school';

const applications = page({
  path: '/applications',
  name: 'applications',
  who: writesApplications,
  menu: { title: 'Applications', order: 30 },
  show: async (asked) => {
    const [{ applications: all }, names] = await Promise.all([asked.door('applications'), namesOf(asked)]);
    const rows = all.map(({ reference, studentName, title, inTheWay, returned, saved, savedBy }) => [
      html`<a class="govuk-link cap-reference" href="/applications/${reference}">${reference}</a>`,
      studentName ?? 'Not chosen yet',
      title,
      left(inTheWay.length, returned),
      `${shortTime(saved)}, ${names.get(savedBy) ?? 'somebody who has left'}`,
    ]);
    return {
      title: 'Applications',
      wide: true,
      main: html`${leadOn('/applications/begin', 'Begin an application')}
        <div data-live="applications">
          ${table(
            'Not submitted yet, the last saved first',
            [
              { title: 'Application' },
              { title: 'Student' },
              { title: 'Programme' },
              { title: 'Left to do' },
              { title: 'Last saved' },
            ],
            rows,
            'Nothing is being written at the moment. Begin an application, and your colleagues can go on with it.',
          )}
        </div>
        ${paragraph(html`What was submitted is a case: ${link('/cases', 'see the cases')}.`)}`,
    };
  },
});

function left(problems: number, returned: boolean): Html {
  if (returned) return html`${badge('Returned', 'late')} ${problems === 0 ? '' : things(problems)}`;
  return problems === 0 ? badge('Ready', 'good') : html`${things(problems)}`;
}

const things = (count: number) => (count === 1 ? '1 thing' : `${String(count)} things`);

async function namesOf({ door }: Asked): Promise<ReadonlyMap<string, string>> {
  const { colleagues } = await door('colleagues');
  return new Map(colleagues.map(({ person, name }) => [person, name]));
}

/** What an application begins with: a student, or one that it follows and whose student and answers it takes over (R68). */
interface Beginning {
  readonly student: Answers['student'] | null;
  readonly follows: string | null;
}

async function beginningOf({ door, query }: Asked): Promise<Beginning> {
  const follows = query['follows'] ?? null;
  const last = follows === null ? null : await door('application', { params: { reference: follows } });
  const code = last?.student ?? query['student'] ?? null;
  return { follows, student: code === null ? null : await door('student', { params: { code } }) };
}

const wishes: readonly FormField[] = [
  {
    kind: 'pick',
    name: 'daysAWeek',
    title: 'At most how many days a week away from school?',
    optional: true,
    options: [1, 2, 3, 4, 5].map((days): Option => ({
      value: String(days),
      title: days === 1 ? '1 day' : `${String(days)} days`,
    })),
  },
  { kind: 'number', name: 'schoolWeeks', title: 'At most for how many school weeks?', optional: true },
];

const known = { field: 'who', is: ['known'] } as const;
const described = { field: 'who', is: ['described'] } as const;

async function checkFields(asked: Asked, { student }: Beginning): Promise<FormField[]> {
  if (student) return [...wishes];
  return [
    {
      kind: 'choice',
      name: 'who',
      title: 'Who is it for?',
      options: [
        { value: 'known', title: 'One of our students' },
        { value: 'described', title: 'A student who is not on our list yet' },
      ],
    },
    ...(await studentFields(asked, known)),
    { kind: 'day', name: 'dateOfBirth', title: 'Date of birth', hint: 'For example, 4 5 2012', when: described },
    { kind: 'yes-no', name: 'ehcp', title: 'Is there an Education, Health and Care Plan?', when: described },
    ...(await schoolFields(asked)),
    ...wishes,
  ];
}

const begin: Page = page({
  path: '/applications/begin',
  name: 'beginApplication',
  who: writesApplications,
  show: async (asked) => {
    const beginning = await beginningOf(asked);
    return {
      title: 'Which programmes fit?',
      back: { href: '/applications', text: 'Applications' },
      main: html`${paragraph('A few questions first. Nothing of the answers is kept, and you may apply whatever they say.')}
      ${whom(beginning)}
      ${asked.form({ button: 'See which programmes fit' }, showFields(await checkFields(asked, beginning), asked.again ?? undefined))}`,
    };
  },
  take: async (asked, { form, posted }) => {
    const beginning = await beginningOf(asked);
    const filled = { ...asked, again: { form: '', posted, problems: [] } };
    if (form === change) return { show: await begin.show(filled) };
    const student = beginning.student?.code ?? (await whoIs(asked, posted));
    if (student === null) return { show: await begin.show(filled) };
    const body = readOrRefuse(
      (await checkFields(asked, beginning)).filter(({ name }) => name !== 'text'),
      posted,
    );
    const { dateOfBirth, ehcp, school, daysAWeek, schoolWeeks } = body;
    const { programmes } = await asked.door('eligibility', {
      body: {
        ...(student === '' ? { dateOfBirth, ehcp, ...(school === undefined ? {} : { school }) } : { student }),
        ...(daysAWeek === undefined ? {} : { daysAWeek: Number(daysAWeek) }),
        ...(schoolWeeks === undefined ? {} : { schoolWeeks }),
      },
    });
    const of = student === '' ? null : (beginning.student ?? (await asked.door('student', { params: { code: student } })));
    return { show: answer(asked, posted, programmes, { student: of, follows: beginning.follows }) };
  },
});

/** @returns the code of a student; '' for one who is described; null while they are looked for. @throws HttpProblem where nothing is said */
async function whoIs(asked: Asked, posted: Posted): Promise<string | null> {
  const who = one(posted, 'who');
  if (who === 'known') return chosenStudent(asked, posted);
  if (who !== 'described') throw wrongField('who', 'form', 'Say who it is for.');
  return '';
}

function whom({ student, follows }: Beginning): Html {
  if (!student) return html``;
  const after = follows === null ? '' : ` It follows ${follows}, and begins with what its answers still say.`;
  return inset(`For ${student.name}, ${describe(student)}.${after}`);
}

/** The form by which somebody comes back to the questions. What they answered goes with it, for it is kept nowhere. */
const change = 'change';

function toChange(asked: Asked, posted: Posted): Html {
  const answers = Object.entries(posted).filter(([name]) => !name.startsWith('_'));
  const kept = answers.flatMap(([name, value]) => [value ?? []].flat().map((each) => hidden(name, each)));
  return asked.form({ name: change, button: 'Change the answers', looks: 'secondary' }, kept);
}

function answer(asked: Asked, posted: Posted, programmes: Answers['eligibility']['programmes'], beginning: Beginning): Shown {
  const fits = programmes.filter((each) => each.fits);
  const others = programmes.filter((each) => !each.fits);
  return {
    title: fits.length === 0 ? 'No programme fits' : 'Programmes that fit',
    back: { href: '/applications', text: 'Applications' },
    main: html`${whom(beginning)} ${toChange(asked, posted)}
    ${fits.length === 0 ? paragraph('Below stands why. CAP helps you to find another way: ask the team.') : ''}
    ${fits.map((each) => fitCard(each, beginning))} ${others.length === 0 ? '' : heading('Programmes that do not fit')}
    ${others.map((each) => fitCard(each, beginning))}`,
  };
}

function fitCard(
  { programme, title, year, fits, inShort, reasons }: Answers['eligibility']['programmes'][number],
  beginning: Beginning,
): Html {
  const saying = (says: string): Content | null => {
    const found = reasons.filter((reason) => reason.says === says).map(({ message }) => message);
    return found.length === 0 ? null : found.length === 1 ? (found[0] ?? null) : list(found);
  };
  const apply = { href: beginPath(programme, beginning), text: fits ? 'Apply' : 'Apply all the same', of: `for ${title}` };
  return summaryList(
    [
      { key: 'In short', value: inShort },
      { key: 'Does not fit', value: saying('against') },
      { key: 'Fits', value: saying('for') },
      { key: 'To know', value: saying('know') },
      { key: 'Next', value: link(apply.href, apply.text, apply.of) },
    ],
    `${title}, ${year}`,
  );
}

/** @returns where an application is begun; the address bears codes alone, which say nothing of a child */
export function beginPath(
  programme: string,
  { student, follows }: { readonly student: { readonly code: string } | null; readonly follows: string | null },
): string {
  const query = follows === null ? (student === null ? '' : `?student=${student.code}`) : `?follows=${follows}`;
  return `/applications/begin${programme === '' ? '' : `/${programme}`}${query}`;
}

const beginProgramme = page({
  path: '/applications/begin/{programme}',
  name: 'beginProgramme',
  who: writesApplications,
  show: async (asked) => {
    const beginning = await beginningOf(asked);
    const programme = await programmeOf(asked);
    const fields = await beginningFields(asked, beginning, programme);
    return {
      title: `Apply for ${programme.title}`,
      caption: programme.year,
      back: { href: beginPath('', beginning), text: 'Which programmes fit?' },
      main: html`${programme.note === null ? '' : paragraph(programme.note)}
      ${beginning.student ? whom(beginning) : paragraph('You say later which student it is for.')}
      ${asked.form({ button: 'Begin the application' }, showFields(fields, asked.again ?? undefined))}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const beginning = await beginningOf(asked);
    const programme = await programmeOf(asked);
    const { body } = readForm(await beginningFields(asked, beginning, programme), posted);
    const { follows, student } = beginning;
    const { reference } = await asked.door('beginApplication', {
      headers,
      body: {
        ...body,
        programme: programme.code,
        ...(follows === null ? {} : { follows }),
        ...(student === null ? {} : { student: student.code, school: student.school }),
      },
    });
    return { to: `/applications/${reference}` };
  },
});

type Programme = Answers['programmes']['programmes'][number];

async function programmeOf({ door, params }: Asked): Promise<Programme> {
  const { programmes } = await door('programmes');
  const found = programmes.find(({ code }) => code === params['programme']);
  if (found) return found;
  throw new HttpProblem('not-found', 'There is no such programme: choose one of those that fit.');
}

async function beginningFields(
  asked: Asked,
  { student }: Beginning,
  { code, year, choosesCourse }: Programme,
): Promise<FormField[]> {
  return [
    ...(student ? [] : await schoolFields(asked)),
    ...(choosesCourse ? [{ ...(await courseField(asked, code, year)), optional: true }] : []),
  ];
}

/** The course that an application names, of the directory of the year of its start (R107). */
export async function courseField({ door }: Asked, programme: string, academicYear: string): Promise<FormField> {
  const { courses } = await door('courses', { query: { academicYear } });
  const options = courses
    .filter((course) => course.programme === programme)
    .map(({ code, title, schoolWeeks, places, taken, ...course }) => ({
      value: code,
      title: `${title}, ${givenAt(course)}, ${String(schoolWeeks)} weeks${places === null ? '' : `, ${String(Math.max(0, places - taken))} of ${String(places)} places free`}`,
    }));
  const hint =
    options.length === 0
      ? `The directory of ${academicYear} has no courses of this programme yet: ask CAP.`
      : `From the directory of ${academicYear}.`;
  return { kind: 'pick', name: 'course', title: 'Course', hint, options };
}

export const typedCourse = (course: string | null): Posted =>
  asTyped([{ kind: 'pick', name: 'course', title: '', options: [] }], { course });

export const applicationPages: readonly Page[] = [applications, begin, beginProgramme];
