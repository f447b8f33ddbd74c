// Suspensions and permanent exclusions on the page of a student (R4, R92): recorded, corrected, removed.
import { HttpProblem } from '../../api/problems';
import { formatDay, formatLondon, isDayOfCentury } from '../../domain/calendar';
import { exclusionReasons, exclusionTitles } from '../../domain/exclusions';
import { codesOf } from '../../domain/words';
import type { Answers } from '../answers';
import { asTyped, type FormField } from '../forms/fields';
import { readOrRefuse, wrongField } from '../forms/readOrRefuse';
import { showFields, untouched } from '../forms/show';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { inset, link, paragraph, table, warning } from '../parts';
import { readsStudents } from './school';

type Exclusion = Answers['exclusions']['exclusions'][number];

const pathOf = (code: string, day: string): string => `/students/${code}/exclusions/${day}`;

const sessionsSaid = (sessions: number | null): string =>
  sessions === null ? '' : `${String(sessions)} ${sessions === 1 ? 'half day' : 'half days'}`;

/** What the page of a student shows of them. */
export async function exclusionsOfStudent(asked: Asked, code: string): Promise<Html> {
  const { exclusions } = await asked.door('exclusions', { params: { code } });
  return html`${table(
    'Suspensions and permanent exclusions',
    ['From', 'What', 'How long', 'Reason', 'Recorded', 'Change'].map((title) => ({ title })),
    exclusions.map(({ day, kind, sessions, reason, recorded, recordedByName }) => [
      shortDay(day),
      exclusionTitles[kind],
      sessionsSaid(sessions),
      exclusionReasons[reason],
      `${recordedByName}, ${formatLondon(recorded)}`,
      html`${link(pathOf(code, day), 'Correct', `what is recorded from ${shortDay(day)}`)}
      ${link(`${pathOf(code, day)}/remove`, 'Remove', `what is recorded from ${shortDay(day)}`)}`,
    ]),
    'No suspension and no permanent exclusion is recorded of this student.',
  )}
  ${paragraph(link(`/students/${code}/exclusions/add`, 'Record a suspension or a permanent exclusion'))}`;
}

const options = (titles: Readonly<Record<string, string>>) =>
  codesOf(titles).map((value) => ({ value, title: titles[value] ?? value }));

const fields: readonly FormField[] = [
  { kind: 'choice', name: 'kind', title: 'What is it?', options: options(exclusionTitles) },
  {
    ...{ kind: 'number', name: 'sessions', title: 'For how many half days?', hint: 'A whole day has two', width: 'short' },
    when: { field: 'kind', is: ['suspension'] },
  },
  { kind: 'pick', name: 'reason', title: 'Reason', hint: 'As in the census', options: options(exclusionReasons) },
];

const firstDay: FormField = { kind: 'day', name: 'day', title: 'First day', hint: 'For example, 13 1 2025' };

const addExclusion = page({
  path: '/students/{code}/exclusions/add',
  name: 'addExclusion',
  who: readsStudents,
  show: async (asked) => ({
    ...(await around(asked)),
    title: 'Record a suspension or a permanent exclusion',
    main: asked.form({ button: 'Save', read: 0 }, showFields([firstDay, ...fields], asked.again ?? undefined)),
  }),
  take: async (asked, { posted, headers }) => {
    const { code = '' } = asked.params;
    const { day, ...body } = readOrRefuse([firstDay, ...fields], posted);
    try {
      await asked.door('recordExclusion', { params: { code, day: String(day) }, headers, body });
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.kind !== 'stale') throw error;
      throw wrongField('day', 'R4', 'Another is recorded from this day on: correct that one on the page of the student.');
    }
    return { to: `/students/${code}`, said: 'saved' };
  },
});

const correctExclusion = page({
  path: '/students/{code}/exclusions/{day}',
  name: 'correctExclusion',
  who: readsStudents,
  show: async (asked) => {
    const found = await exclusionOf(asked);
    const { day = '' } = asked.params;
    return {
      ...(await around(asked)),
      title: `Suspension or permanent exclusion from ${formatDay(day)}`,
      main: html`${inset('To change its first day, remove it and record it anew.')}
      ${asked.form(
        { button: 'Save', read: found?.version ?? 0 },
        showFields(fields, asked.again ?? { ...untouched, posted: found ? asTyped(fields, { ...found }) : {} }),
      )}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const { code = '', day = '' } = asked.params;
    await asked.door('recordExclusion', { params: { code, day }, headers, body: readOrRefuse(fields, posted) });
    return { to: `/students/${code}`, said: 'saved' };
  },
});

const removeExclusion = page({
  path: '/students/{code}/exclusions/{day}/remove',
  name: 'removeExclusion',
  who: readsStudents,
  show: async (asked) => {
    const found = await exclusionOf(asked);
    const said =
      found && `${exclusionTitles[found.kind]} from ${formatDay(found.day)}, ${exclusionReasons[found.reason].toLowerCase()}.`;
    return {
      ...(await around(asked)),
      title: 'Remove it?',
      main: found
        ? html`${paragraph(said ?? '')} ${warning('Remove only what was recorded by mistake: it counts no more in the numbers.')}
          ${asked.form({ button: 'Remove it', looks: 'warning' }, [])}`
        : paragraph('It is gone already.'),
    };
  },
  take: async (asked) => {
    const { code = '', day = '' } = asked.params;
    await asked.door('removeExclusion', { params: { code, day } });
    return { to: `/students/${code}`, said: 'removed' };
  },
});

async function around(asked: Asked) {
  const { code = '' } = asked.params;
  const { name } = await asked.door('student', { params: { code } });
  return { caption: name, back: { href: `/students/${code}`, text: name } };
}

/** @throws HttpProblem not-found, where the address names no day */
async function exclusionOf(asked: Asked): Promise<Exclusion | undefined> {
  const { code = '', day = '' } = asked.params;
  if (!isDayOfCentury(day)) throw new HttpProblem('not-found', 'The address names no day: go by the page of the student.');
  const { exclusions } = await asked.door('exclusions', { params: { code } });
  return exclusions.find((each) => each.day === day);
}

export const exclusionPages: readonly Page[] = [addExclusion, correctExclusion, removeExclusion];
