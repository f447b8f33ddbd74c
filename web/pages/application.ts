// One application: a list of what there is to do, one question a page, saved at every page and shared with colleagues, then checked and submitted
// (R23 to R25). A pack that was returned comes to the same pages, and is sent again (A22).
import { HttpProblem } from '../../api/problems';
import { questionThatOpens } from '../../domain/application';
import { formatDay, formatLondon, londonDay, panelTitle } from '../../domain/calendar';
import type { CaseView } from '../../api/views/case';
import { standing } from '../../domain/files';
import type { Answers } from '../answers';
import { commandFields } from '../forms/commandForm';
import { one, readForm, type Posted } from '../forms/fields';
import { showField, showFields, untouched } from '../forms/show';
import { refuse } from '../forms/readOrRefuse';
import { html, type Html } from '../html';
import { page, type Asked, type Page, type Sent, type Shown } from '../page';
import {
  badge,
  banner,
  confirmation,
  heading,
  inset,
  leadOn,
  link,
  list,
  paragraph,
  summaryList,
  taskList,
  warning,
  type SummaryRow,
} from '../parts';
import {
  answerInWords,
  applicationPath,
  fieldOf,
  inTheWayOf,
  isAnswered,
  nextUnanswered,
  pageOfField,
  sectionsOf,
  typedAnswer,
  withAnswer,
  type Form,
  type Question,
  type Section,
} from './applicationForm';
import { courseField, typedCourse } from './applications';
import { givenAt } from './courses';
import { filesPath } from './files';
import { chosenStudent, describe, studentFields, whichOf, writesApplications } from './school';

const later = { name: '_later', text: 'Save and come back later' } as const;

async function formOf({ tagged, params }: Asked): Promise<{ readonly form: Form; readonly version: number }> {
  const { body, etag } = await tagged('application', { params: { reference: params['reference'] ?? '' } });
  return { form: body, version: etag };
}

const captionOf = ({ title, studentName }: Form) => [title, studentName].filter((part) => part !== null).join(' · ');

/** What is shown where there is nothing more to write. */
function submittedAlready({ reference, title, year }: Form): Shown {
  return {
    title: 'This application is submitted',
    caption: `${title}, ${year}`,
    back: { href: '/applications', text: 'Applications' },
    main: html`${paragraph('It is a case now, and its pack stays as it was sent.')}
    ${leadOn(`/cases/${reference}`, `Follow case ${reference}`)}`,
  };
}

const isWritten = ({ submitted, returned }: Form) => !submitted || returned;

const application = page({
  path: '/applications/{reference}',
  name: 'application',
  who: writesApplications,
  show: async (asked) => {
    const { form } = await formOf(asked);
    if (!isWritten(form)) return submittedAlready(form);
    const { reference, title, year, returned, inTheWay, follows } = form;
    const ofProgramme = inTheWayOf(form, ['programme']);
    return {
      title: returned ? 'Correct the application' : `Apply for ${title}`,
      caption: [reference, year, form.studentName].filter((part) => part !== null).join(' · '),
      back: { href: '/applications', text: 'Applications' },
      main: html`${returned ? await whyReturned(asked, reference) : ''} ${ofProgramme.map(({ message }) => warning(message))}
        ${follows === null ? '' : inset(`It follows ${follows}, and began with its answers: read each of them, and mend what has changed.`)}
        ${paragraph('It is saved at every page. Everybody of your school may go on with it, on any machine.')}
        <div data-live="tasks">${taskList(await tasksOf(asked, form))}</div>
        ${paragraph(`Last saved ${formatLondon(form.saved)} by ${await nameOf(asked, form.savedBy)}.`)}
        ${inTheWay.length === 0 ? leadOn(checkPath(form), 'Check the answers') : ''}
        ${returned ? '' : paragraph(link(applicationPath(reference, 'delete'), 'Delete this application'))}`,
    };
  },
});

async function nameOf({ door }: Asked, person: string): Promise<string> {
  const { colleagues } = await door('colleagues');
  return colleagues.find((each) => each.person === person)?.name ?? 'somebody who has left';
}

async function tasksOf(asked: Asked, form: Form) {
  const { reference, student, studentName, course, choosesCourse, inTheWay, returned, files } = form;
  const part = (field: string, isThere: boolean) => (isThere ? (inTheWayOf(form, [field]).length === 0 ? done : toMend) : toDo);
  return [
    {
      title: 'Student',
      href: returned ? `/students/${student ?? ''}` : applicationPath(reference, 'student'),
      ...(studentName === null ? {} : { hint: studentName }),
      status: part('student', student !== null),
    },
    ...(choosesCourse
      ? [
          {
            title: 'Course',
            href: applicationPath(reference, 'course'),
            ...(course === null ? {} : { hint: await courseTitle(asked, form) }),
            status: part('course', course !== null),
          },
        ]
      : []),
    ...sectionsOf(form).map((section) => taskOf(form, section)),
    {
      title: 'Documents',
      href: filesPath(reference),
      hint: 'The risk assessment, a Commissioning Agreement, what else supports the application',
      status: files.count === 0 ? 'Optional' : things(files.count, 'document'),
    },
    {
      title: returned ? 'Check the answers and send again' : 'Check the answers and submit',
      href: checkPath(form),
      status: inTheWay.length === 0 ? badge('Ready', 'good') : html`${things(inTheWay.length)} in the way`,
    },
  ];
}

const done = 'Completed';
const toDo = badge('Not yet started', 'new');
const toMend = badge('To be mended', 'late');
const things = (count: number, of = 'thing') => `${String(count)} ${of}${count === 1 ? '' : 's'}`;

function taskOf(form: Form, { title, questions }: Section) {
  const first = questions.find((question) => !isAnswered(form, question)) ?? questions[0];
  const answered = questions.filter((question) => isAnswered(form, question));
  const wrong = (some: readonly Question[]) =>
    inTheWayOf(
      form,
      some.map(({ code }) => `answers.${code}`),
    ).length;
  const open = wrong(questions);
  const status =
    wrong(answered) > 0 ? toMend : answered.length === 0 ? toDo : open === 0 ? done : badge(`${String(open)} to answer`, 'waits');
  return {
    title,
    href: applicationPath(form.reference, 'questions', first?.code ?? ''),
    hint: `${String(answered.length)} of ${String(questions.length)} answered`,
    status,
  };
}

/** Why a pack came back, in the words of who returned it, and until when it is awaited. */
async function whyReturned({ door }: Asked, reference: string): Promise<Html> {
  const found = await door('case', { params: { reference } });
  const why = found.timeline.findLast(({ kind }) => kind === 'packReturned');
  const [wait] = found.waits;
  return banner(
    'Returned for correction',
    html`${Object.values(why?.texts ?? {}).map((text) => html`<p class="govuk-body cap-words" dir="auto">${text}</p>`)}
      <p class="govuk-body">
        Mend what is named, then send it again${wait === undefined ? '' : ` by ${formatDay(londonDay(wait.due))}`}.
      </p>`,
  );
}

const checkPath = ({ reference, returned }: Form) =>
  returned ? `/cases/${reference}/resubmit-pack` : applicationPath(reference, 'check');

/** Saves a part of the form over the version that was read. */
function save(
  { door }: Asked,
  { headers }: Sent,
  form: Form,
  change: Partial<Pick<Form, 'student' | 'course'>> & { readonly answers?: unknown },
) {
  const { reference, student, course } = form;
  const answers = withAnswer(form, '', undefined);
  return door('saveApplication', {
    params: { reference },
    headers,
    body: { student, course, answers, ...change },
  });
}

/** Where somebody goes on after a page was saved. */
function onwards(form: Form, posted: Posted, next: string) {
  return one(posted, later.name) === '' ? { to: next } : { to: applicationPath(form.reference), said: 'saved' };
}

/** The first question that has no answer; where all have one, the list of what there is to do. */
function firstOpen(form: Form): string {
  const next = nextUnanswered(form, '');
  return next === null ? applicationPath(form.reference) : applicationPath(form.reference, 'questions', next.code);
}

const studentOfApplication: Page = page({
  path: '/applications/{reference}/student',
  name: 'studentOfApplication',
  who: writesApplications,
  show: async (asked) => {
    const { form, version } = await formOf(asked);
    if (!isWritten(form)) return submittedAlready(form);
    const { reference } = form;
    const studentOf = (code: string | null | undefined) => (code == null ? null : asked.door('student', { params: { code } }));
    const [now, added] = await Promise.all([studentOf(form.student), studentOf(asked.query['student'])]);
    return {
      title: 'Which student is it for?',
      caption: captionOf(form),
      back: { href: applicationPath(reference), text: 'The application' },
      main: html`${now === null ? '' : inset(html`Now: ${link(`/students/${now.code}`, now.name)}, ${describe(now)}.`)}
      ${inTheWayOf(form, ['student']).map(({ message }) => (now === null ? '' : warning(message)))}
      ${asked.form(
        { button: 'Continue', read: version },
        showFields(added === null || asked.again ? await studentFields(asked) : [whichOf([added])], asked.again ?? undefined),
      )}
      ${added === null ? paragraph(html`Not on your list? ${link(`/students/add?for=${reference}`, 'Add the student')} first.`) : ''}`,
    };
  },
  take: async (asked, sent) => {
    const { form } = await formOf(asked);
    const student = await chosenStudent(asked, sent.posted);
    if (student === null) {
      const again = { form: '', posted: sent.posted, problems: [] };
      return { show: await studentOfApplication.show({ ...asked, again }) };
    }
    const saved = await save(asked, sent, form, { student });
    return { to: saved.choosesCourse && saved.course === null ? applicationPath(saved.reference, 'course') : firstOpen(saved) };
  },
});

const courseOfApplication = page({
  path: '/applications/{reference}/course',
  name: 'courseOfApplication',
  who: writesApplications,
  show: async (asked) => {
    const { form, version } = await formOf(asked);
    if (!isWritten(form)) return submittedAlready(form);
    const field = await courseField(asked, form.programme, form.year);
    const typed = asked.again ?? { ...untouched, posted: typedCourse(form.course) };
    return {
      title: field.title,
      caption: captionOf(form),
      headed: true,
      back: { href: applicationPath(form.reference), text: 'The application' },
      main: html`${form.course === null ? '' : inTheWayOf(form, ['course']).map(({ message }) => warning(message))}
      ${asked.form({ button: 'Save and continue', also: later, read: version }, [showField(field, typed, [], true)])}`,
    };
  },
  take: async (asked, sent) => {
    const { form } = await formOf(asked);
    const saved = await save(asked, sent, form, { course: one(sent.posted, 'course') || null });
    return onwards(saved, sent.posted, firstOpen(saved));
  },
});

const question = page({
  path: '/applications/{reference}/questions/{code}',
  name: 'question',
  who: writesApplications,
  show: async (asked) => {
    const { form, version } = await formOf(asked);
    if (!isWritten(form)) return submittedAlready(form);
    const asks = questionOf(asked, form);
    const field = fieldOf(form, asks);
    const typed = asked.again ?? { ...untouched, posted: typedAnswer(form, asks) };
    return {
      title: asks.text,
      caption: captionOf(form),
      headed: true,
      back: { href: applicationPath(form.reference), text: 'The application' },
      main: html`${asked.again ? asSaved(form, asks) : wrongNow(form, asks)}
      ${asked.form({ button: 'Save and continue', also: later, read: version }, [showField(field, typed, [], true)])}`,
    };
  },
  take: async (asked, sent) => {
    const { form } = await formOf(asked);
    const asks = questionOf(asked, form);
    const field = fieldOf(form, asks);
    const read = readForm([field], sent.posted);
    refuse(read.problems);
    const saved = await save(asked, sent, form, { answers: withAnswer(form, asks.code, read.body[field.name]) });
    const next = nextUnanswered(saved, asks.code);
    const path = next === null ? applicationPath(saved.reference) : applicationPath(saved.reference, 'questions', next.code);
    return onwards(saved, sent.posted, path);
  },
});

function questionOf({ params }: Asked, { questions }: Form): Question {
  const found = questions.find(({ code }) => code === params['code']);
  if (found) return found;
  throw new HttpProblem('not-found', 'This application does not ask that: go back to the list of what there is to do.');
}

/** Beside what was typed and is not saved yet: what a colleague saved. */
function asSaved(form: Form, asks: Question): Html {
  const answer = answerInWords(form, asks);
  return answer === null ? html`` : inset(html`Saved at the moment: <span dir="auto">${answer}</span>`);
}

/** What stands against the answer as it is: an answer that is missing says so by itself. */
function wrongNow(form: Form, asks: Question): Html {
  if (!isAnswered(form, asks)) return html``;
  return html`${inTheWayOf(form, [`answers.${asks.code}`]).map(({ message }) => warning(message))}`;
}

/** All that was answered, with links to change each part, and before it what is in the way. */
async function summaryOf(asked: Asked, form: Form): Promise<Html> {
  const { reference, student, choosesCourse, inTheWay, returned } = form;
  const change = (href: string, of: string, text = 'Change') => [{ href, text, of }];
  const found = student === null ? null : await asked.door('student', { params: { code: student } });
  const rows: SummaryRow[] = [
    {
      key: 'Student',
      value: found === null ? missing : `${found.name}, ${describe(found)}`,
      actions: change(
        returned ? `/students/${student ?? ''}/edit` : applicationPath(reference, 'student'),
        'student',
        student === null ? 'Choose' : 'Change',
      ),
    },
    { key: 'EHCP', value: found && (found.ehcp ? 'Yes' : 'No') },
    ...(choosesCourse
      ? [
          {
            key: 'Course',
            value: form.course === null ? missing : await courseTitle(asked, form),
            actions: change(applicationPath(reference, 'course'), 'course', form.course === null ? 'Choose' : 'Change'),
          },
        ]
      : []),
  ];
  return html`${inTheWay.length === 0 ? '' : wayOf(form)} ${summaryList(rows, 'Who it is for')}
  ${sectionsOf(form).map(({ title, questions }) =>
    summaryList(
      questions.map((asks) => rowOf(form, asks)),
      title,
    ),
  )}
  ${summaryList(await documentRows(asked, reference), 'Documents')}`;
}

/** What goes with the answers: the documents that stand, each by its kind, changed on the page that they have. */
async function documentRows({ door }: Asked, reference: string): Promise<SummaryRow[]> {
  const { files } = await door('files', { params: { reference } });
  const rows = standing(files)
    .filter(({ kind }) => kind !== 'report')
    .map(({ title, name }) => ({ key: title, value: name }));
  const [first = { key: 'Documents', value: 'None' }, ...others] = rows;
  const change = { href: filesPath(reference), text: rows.length === 0 ? 'Add' : 'Change', of: 'documents' };
  return [{ ...first, actions: [change] }, ...others];
}

const missing = badge('Not chosen', 'waits');

function rowOf(form: Form, asks: Question): SummaryRow {
  const answer = answerInWords(form, asks);
  const open = asks.strength === 'advisory' ? 'Left open' : badge('Not answered', 'waits');
  const opener = questionThatOpens(asks, form.questions);
  return {
    key: asks.text,
    value: answer === null ? open : html`<span class="cap-words" dir="auto">${answer}</span>`,
    actions: [
      {
        href: applicationPath(form.reference, 'questions', asks.code),
        text: answer === null ? 'Answer' : 'Change',
        of: opener === null ? asks.text : `${asks.text}, about “${opener.text}”`,
      },
    ],
  };
}

async function courseTitle({ door }: Asked, { course, year }: Form): Promise<string> {
  const { courses } = await door('courses', { query: { academicYear: year } });
  const found = courses.find(({ code }) => code === course);
  return found ? `${found.title}, ${givenAt(found)}` : (course ?? '');
}

function wayOf({ inTheWay, reference, returned }: Form): Html {
  return html`${heading(returned ? 'In the way of sending it again' : 'In the way of submitting', 'm')}
  ${list(
    inTheWay.map(({ field, message }) => {
      const href = pageOfField(reference, field);
      return href === null ? message : link(href, message);
    }),
  )}`;
}

const checkAnswers = page({
  path: '/applications/{reference}/check',
  name: 'checkAnswers',
  who: writesApplications,
  show: async (asked) => {
    const { form } = await formOf(asked);
    if (form.submitted) return submittedAlready(form);
    return {
      title: 'Check the answers',
      caption: captionOf(form),
      back: { href: applicationPath(form.reference), text: 'The application' },
      main: html`${await summaryOf(asked, form)}
      ${
        form.inTheWay.length > 0
          ? paragraph('Once nothing is in the way, it is submitted here.')
          : html`${heading('Submit')}
            ${paragraph('By submitting you say that what is written is right as far as your school knows. CAP then checks the pack.')}
            ${asked.form({ button: 'Submit the application' }, [])}`
      }`,
    };
  },
  take: async (asked, { headers }) => {
    const reference = asked.params['reference'] ?? '';
    const to = applicationPath(reference, 'submitted');
    try {
      await asked.door('submit', { params: { reference }, headers });
    } catch (error) {
      // A colleague was faster, or it was sent twice: it is submitted, and that is what was wished for.
      if (!(error instanceof HttpProblem) || error.kind !== 'already-submitted') throw error;
    }
    return { to };
  },
});

const submitted = page({
  path: '/applications/{reference}/submitted',
  name: 'submitted',
  who: writesApplications,
  show: async (asked) => {
    const { reference = '' } = asked.params;
    const found = await asked.door('case', { params: { reference } });
    const { programmes } = await asked.door('programmes');
    return {
      title: 'Application submitted',
      headed: true,
      main: html`${confirmation('Application submitted', html`Its reference<br /><strong class="cap-reference">${reference}</strong>`)}
      ${
        found.stage.code === 'pack-check'
          ? html`${heading('What happens next')} ${list(stepsOf(found, programmes), 'number')}
            ${paragraph('You are told by e-mail of each step. E-mails bear the reference, and never a name.')}`
          : paragraph('It has gone on since: the page of the case says where it stands.')
      }
      ${leadOn(`/cases/${reference}`, 'Follow the case')} ${paragraph(link('/applications', 'Back to the applications'))}`,
    };
  },
});

/** What comes after a submission, with the days as far as they are known. */
function stepsOf(
  { waits: all, landing, programme, hostName }: CaseView,
  programmes: Answers['programmes']['programmes'],
): string[] {
  const wait = all.find(({ what }) => what === 'pack-check');
  const stages = programmes.find(({ code }) => code === programme.code)?.route.map(({ stage }) => stage) ?? [];
  const meetings = (landing?.meetings ?? []).map(({ panel, day }) =>
    day === null
      ? `The ${panelTitle(panel)} decides at a meeting that is not planned yet.`
      : `The ${panelTitle(panel)} meets on ${formatDay(day)}.`,
  );
  const unplanned =
    landing === null && stages.includes('panel')
      ? ['It goes to a panel: its meeting is not planned yet, and the case will say when.']
      : [];
  return [
    `CAP checks the pack${wait === undefined ? '' : ` by ${formatDay(londonDay(wait.due))}`}, and returns it if something is missing.`,
    ...meetings,
    ...unplanned,
    ...(meetings.length + unplanned.length > 0 ? ['You have the outcome within three working days of the meeting.'] : []),
    ...(stages.includes('interview')
      ? [`${hostName ?? 'The training provider'} has an interview with the student. The case says who arranges it.`]
      : []),
    'You confirm the day of the start.',
  ];
}

const deleteApplication = page({
  path: '/applications/{reference}/delete',
  name: 'deleteApplication',
  who: writesApplications,
  show: async (asked) => {
    const { form, version } = await formOf(asked);
    if (form.submitted) return submittedAlready(form);
    return {
      title: 'Delete this application?',
      caption: [form.reference, captionOf(form)].join(' · '),
      back: { href: applicationPath(form.reference), text: 'The application' },
      main: html`${warning('All its answers are gone then, for your colleagues as well. The student stays on your list.')}
      ${asked.form({ button: 'Delete the application', looks: 'warning', read: version }, [])}
      ${paragraph(link(applicationPath(form.reference), 'No, keep it'))}`,
    };
  },
  take: async (asked, { headers }) => {
    await asked.door('deleteApplication', { params: { reference: asked.params['reference'] ?? '' }, headers });
    return { to: '/applications', said: 'deleted' };
  },
});

/** A corrected pack is sent again (A22): the written page of that command. */
const resubmitPack = page({
  path: '/cases/{reference}/resubmit-pack',
  name: 'resubmitPack',
  who: writesApplications,
  show: async (asked) => {
    const { form } = await formOf(asked);
    const { reference } = form;
    if (!form.returned) return submittedAlready(form);
    const { body: found, etag } = await asked.tagged('case', { params: { reference } });
    return {
      title: 'Check the answers and send again',
      caption: captionOf(form),
      back: { href: applicationPath(reference), text: 'The application' },
      main: html`${await whyReturned(asked, reference)} ${await summaryOf(asked, form)}
      ${
        form.inTheWay.length > 0
          ? paragraph('Once nothing is in the way, it is sent again here.')
          : asked.form({ button: 'Send again', read: etag }, showFields(noteFields(found), asked.again ?? undefined))
      }`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const { reference = '' } = asked.params;
    const found = await asked.door('case', { params: { reference } });
    const { body } = readForm(noteFields(found), posted);
    await asked.door('resubmitPack', { params: { reference }, headers, body });
    return { to: `/cases/${reference}`, said: 'resubmitPack' };
  },
});

function noteFields({ can }: CaseView) {
  const command = can.find((each) => each.command === 'resubmitPack');
  return command ? commandFields(command, () => []) : [];
}

export const applicationFormPages: readonly Page[] = [
  application,
  studentOfApplication,
  courseOfApplication,
  question,
  checkAnswers,
  submitted,
  deleteApplication,
  resubmitPack,
];
