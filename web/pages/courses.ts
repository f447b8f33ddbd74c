// The directory of a year: the courses that are offered, with their places and who waits; CAP keeps it line by line, or imports its table.
import { HttpProblem } from '../../api/problems';
import { academicYearOf, londonDay, terms } from '../../domain/calendar';
import { courseCategoryTitles, courseColumns, type CourseColumn } from '../../domain/courses';
import { can } from '../../domain/permissions';
import { weekdaysInWords } from '../../domain/timetable';
import type { Person } from '../../records/types';
import type { Answers } from '../answers';
import { importedCode } from '../done';
import { asTyped, one, readForm, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { formOver } from '../forms/meanwhile';
import { readOrRefuse } from '../forms/readOrRefuse';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import {
  badge,
  heading,
  hidden,
  inset,
  leadOn,
  link,
  list,
  paragraph,
  sentence,
  summaryList,
  table,
  warning,
  type Content,
  type Tone,
} from '../parts';
import { programmeTitles } from './programmeTitles';
import { readSites } from './sites';
import { yearIn, yearsBeside } from './years';

type Course = Answers['courses']['courses'][number];
type Change = Answers['previewDirectory']['changes'][number];
type Listed = NonNullable<Change['after']>;

const reads = (person: Person) => can(person, 'see-calendar');
const keeps = (person: Person) => can(person, 'keep-directory');

const toYear = (year: string) => `/courses?academicYear=${year}`;
const back = (year: string) => ({ href: toYear(year), text: `Courses of ${year}` });

const courses = page({
  path: '/courses',
  name: 'courses',
  who: reads,
  menu: { title: 'Courses', order: 70 },
  show: async (asked) => {
    const year = yearIn(asked);
    const [{ courses: all }, titles, { providers: checked }] = await Promise.all([
      asked.door('courses', { query: { academicYear: year } }),
      programmeTitles(asked),
      asked.door('checks'),
    ]);
    const own = all.filter(({ provider }) => asked.person.parties.includes(`provider:${provider}`));
    const others = all.filter((course) => !own.includes(course));
    const programmes = [...new Set(others.map(({ programme }) => programme))];
    return {
      title: `Courses of ${year}`,
      wide: true,
      main: html`${linksOf(asked, year, checked.length > 0)} ${own.length === 0 ? '' : tableOf(asked, 'Your courses', own)}
      ${programmes.map((code) =>
        tableOf(
          asked,
          titles.get(code) ?? code,
          others.filter(({ programme }) => programme === code),
        ),
      )}
      ${all.length === 0 ? inset(`The directory of ${year} lists no course yet.`) : ''} ${yearsBeside('/courses', year)}`,
    };
  },
});

/** @param readsChecks whether there are quality checks for this reader */
function linksOf(asked: Asked, year: string, readsChecks: boolean): Html {
  const links = [
    link('/places', 'Places left, and what the SLA pays for'),
    ...(readsChecks ? [link('/checks', 'Quality checks of providers')] : []),
    link(`/courses/${year}/file`, 'Download this directory (CSV)'),
    ...(asked.may('importDirectory') ? [link(`/courses/${year}/import`, 'Import CAP’s table')] : []),
  ];
  return html`${asked.may('saveCourse') ? leadOn(`/courses/${year}/add`, 'Add a course') : ''} ${list(links)}`;
}

function tableOf(asked: Asked, caption: string, of: readonly Course[]): Html {
  const keepsThem = asked.may('saveCourse');
  const columns = [
    ...[{ title: 'Course' }, { title: 'Provider' }, { title: 'School weeks', numeric: true as const }, { title: 'Days' }],
    ...[{ title: 'Places' }, { title: 'Waiting', numeric: true as const }],
    ...(keepsThem ? [{ title: 'Actions' }] : []),
  ];
  return table(
    caption,
    columns,
    of.map((course) => [
      html`<strong>${course.title}</strong
        >${course.category === null ? '' : html`<br />${courseCategoryTitles[course.category]}`}`,
      html`${course.providerName}${course.site === null ? '' : html`<br />${course.site}`}`,
      String(course.schoolWeeks),
      course.days === null ? 'As agreed' : weekdaysInWords(course.days),
      placesOf(course),
      course.waiting === 0 ? '0' : String(course.waiting),
      ...(keepsThem ? [actionsOn(course)] : []),
    ]),
    'There is none.',
  );
}

function placesOf({ places, taken }: Course): Content {
  if (places === null) return 'No limit';
  return html`${taken} of ${places} taken ${taken >= places ? badge('Full', 'waits') : ''}`;
}

function actionsOn({ academicYear, code, title }: Course): Html {
  return html`${link(`/courses/${academicYear}/${code}/change`, 'Change', title)}<br />
    ${link(`/courses/${academicYear}/${code}/remove`, 'Remove', title)}`;
}

const directoryFile = page({
  path: '/courses/{academicYear}/file',
  name: 'directoryFile',
  who: reads,
  show: async (asked) => {
    const year = yearIn(asked);
    const bytes = await asked.door('directory', { params: { academicYear: year } });
    return { file: { name: `courses-${year}.csv`, type: 'text/csv', bytes } };
  },
});

/** What a line of the directory says. */
async function fieldsOf(asked: Asked): Promise<FormField[]> {
  const [{ programmes }, { providers }] = await Promise.all([asked.door('programmes'), asked.door('providers')]);
  return [
    { kind: 'text', name: 'title', title: 'Title', width: 'half' },
    {
      kind: 'pick',
      name: 'programme',
      title: 'Programme',
      options: programmes.filter(({ choosesCourse }) => choosesCourse).map(({ code, title }) => ({ value: code, title })),
    },
    {
      kind: 'pick',
      name: 'category',
      title: 'Category',
      hint: 'Of a course of Tier 1, or of Year 11 Bespoke',
      optional: true,
      options: Object.entries(courseCategoryTitles).map(([value, title]) => ({ value, title })),
    },
    {
      kind: 'pick',
      name: 'provider',
      title: 'Provider',
      options: providers.map(({ code, name }) => ({ value: code, title: name })),
    },
    { kind: 'number', name: 'schoolWeeks', title: 'School weeks' },
    {
      kind: 'number',
      name: 'places',
      title: 'Places',
      hint: 'How many students at once. Leave it empty for as many as are asked for.',
      optional: true,
    },
    {
      kind: 'weekdays',
      name: 'days',
      title: 'Days',
      hint: 'Leave them empty where they are agreed with each school.',
      optional: true,
    },
  ];
}

/** What a line of the directory says that is there: also at which site of its provider the course runs. */
async function fieldsOfCourse(asked: Asked, { provider, providerName }: Course): Promise<FormField[]> {
  const [fields, { sites }] = await Promise.all([fieldsOf(asked), readSites(asked, provider)]);
  if (sites.length === 0) return fields;
  const field: FormField = {
    ...({ kind: 'pick', name: 'site', title: 'Site', optional: true } as const),
    hint: `Where ${providerName} gives it. Leave it empty where that is not always the same.`,
    options: sites.map(({ name }) => ({ value: typedSite(provider, name), title: name })),
  };
  return [...fields, field];
}

/** A site as a form names it: with its provider, so that a course that goes to another provider does not take it along. */
const typedSite = (provider: string, site: string) => `${provider} ${site}`;

/** @returns the site that was chosen; null for none. @throws HttpProblem when it is one of another provider than the one that was chosen */
function siteIn({ provider, site }: Readonly<Record<string, unknown>>): string | null {
  if (typeof site !== 'string') return null;
  const [of, ...name] = site.split(' ');
  if (of === provider) return name.join(' ');
  const message = 'This is a site of the provider before: leave it empty, and choose one of the new provider afterwards.';
  throw new HttpProblem('wrong-values', undefined, { errors: [{ field: 'site', rule: 'R107', message }] });
}

const codeField: FormField = {
  kind: 'text',
  name: 'code',
  title: 'Code',
  hint: 'Such as T1-BICYCLES. The same course has the same code in every year.',
  width: 'short',
};

const nothingSaid = { category: null, places: null, days: null, site: null };

const addCourse = page({
  path: '/courses/{academicYear}/add',
  name: 'addCourse',
  who: keeps,
  show: async (asked) => {
    const year = yearIn(asked);
    return {
      title: `Add a course to ${year}`,
      back: back(year),
      main: html`${paragraph('At which site of its provider it runs is said afterwards: change the course.')}
      ${asked.form({ button: 'Add' }, showFields([codeField, ...(await fieldsOf(asked))], asked.again ?? undefined))}`,
    };
  },
  take: async (asked, { posted }) => {
    const year = yearIn(asked);
    const { body, problems } = readForm([codeField, ...(await fieldsOf(asked))], posted);
    const { code, ...said } = body;
    const { courses: all } = await asked.door('courses', { query: { academicYear: year } });
    const taken = all.some((course) => course.code === code);
    const wrong = [
      ...(code === undefined ? [{ field: 'code', rule: 'R107', message: 'Give the course a code.' }] : []),
      ...(taken
        ? [{ field: 'code', rule: 'R107', message: 'A course has this code already: change that one, or take another code.' }]
        : []),
      ...problems,
    ];
    if (wrong.length > 0) throw new HttpProblem('wrong-values', undefined, { errors: wrong });
    await asked.door('saveCourse', { params: { academicYear: year, code: String(code) }, body: { ...nothingSaid, ...said } });
    return { to: toYear(year), said: 'added' };
  },
});

/** @throws HttpProblem when the directory of the year has no such course */
async function courseIn(asked: Asked): Promise<Course> {
  const { code } = asked.params;
  const { courses: all } = await asked.door('courses', { query: { academicYear: yearIn(asked) } });
  const found = all.find((course) => course.code === code);
  if (!found) throw new HttpProblem('not-found', 'The directory of that year has no such course: look it up in the list.');
  return found;
}

const changeCourse = page({
  path: '/courses/{academicYear}/{code}/change',
  name: 'changeCourse',
  who: keeps,
  show: async (asked) => {
    const year = yearIn(asked);
    const course = await courseIn(asked);
    const fields = await fieldsOfCourse(asked, course);
    const site = course.site && typedSite(course.provider, course.site);
    const there = asTyped(fields, { ...course, site });
    return {
      title: course.title,
      caption: `${course.code} · ${year}`,
      back: back(year),
      main: html`${paragraph('Cases that run keep what they were submitted with, but for the site. More places than before are given to those who wait, within minutes; fewer take nobody’s place away.')}
      ${formOver(asked, course.version, fields, there)}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const year = yearIn(asked);
    const course = await courseIn(asked);
    const body = readOrRefuse(await fieldsOfCourse(asked, course), posted);
    const said = { ...nothingSaid, ...body, site: siteIn(body) };
    await asked.door('saveCourse', { params: { academicYear: year, code: course.code }, headers, body: said });
    return { to: toYear(year), said: 'saved' };
  },
});

const removeCourse = page({
  path: '/courses/{academicYear}/{code}/remove',
  name: 'removeCourse',
  who: keeps,
  show: async (asked) => {
    const year = yearIn(asked);
    const course = await courseIn(asked);
    const { title, code, programme, schoolWeeks, days, places, taken, waiting, version } = course;
    const titles = await programmeTitles(asked);
    return {
      title: `Remove ${title}?`,
      caption: `${code} · ${year}`,
      back: back(year),
      main: html`${warning(`It is no longer offered in ${year}. Applications that are not submitted yet and name it are told so.`)}
      ${waiting === 0 ? '' : inset(stillInLine(waiting, year, academicYearOf(londonDay(asked.now))))}
      ${summaryList([
        { key: 'Programme', value: titles.get(programme) ?? programme },
        { key: 'Provider', value: givenAt(course) },
        { key: 'School weeks', value: String(schoolWeeks) },
        { key: 'Days', value: days === null ? 'As agreed' : weekdaysInWords(days) },
        { key: 'Places', value: places === null ? 'No limit' : `${String(taken)} of ${String(places)} taken` },
        { key: 'Waiting', value: String(waiting) },
      ])}
      ${asked.form({ button: 'Remove the course', looks: 'warning', read: version }, [])}`,
    };
  },
  take: async (asked, { headers }) => {
    const year = yearIn(asked);
    await asked.door('removeCourse', { params: { academicYear: year, code: asked.params['code'] ?? '' }, headers });
    return { to: toYear(year), said: 'removed' };
  },
});

/** @returns by whom a course is given, and at which of its sites where that is said */
export function givenAt({ providerName, site }: Pick<Course, 'providerName' | 'site'>): string {
  return site === null ? providerName : `${providerName}, ${site}`;
}

/** What becomes of those in line for a course (A9): while it runs it stays for them, and a year to come they wait on without it. */
function stillInLine(waiting: number, year: string, thisYear: string): string {
  const who = waiting === 1 ? '1 student waits in line for it' : `${waiting} students wait in line for it`;
  return year > thisYear
    ? `${who}. They stay in line, for the places that the last year with this course has, until CAP sends their pack elsewhere.`
    : `${who}, and a course stays in the directory while an open case is on it. First send each pack to another course, or close the case.`;
}

const tableField: FormField = {
  kind: 'words',
  name: 'csv',
  title: 'CAP’s table of courses',
  hint: `Paste the whole file: a heading that names ${courseColumns.join(', ')}, and a line for each course. It is the whole directory: a course that it lacks is no longer offered. A table without the column site leaves each course at its site.`,
};

const importCourses = page({
  path: '/courses/{academicYear}/import',
  name: 'importCourses',
  who: keeps,
  show: (asked) => importPage(asked, null),
  take: async (asked, { form, posted }) => {
    const year = yearIn(asked);
    const csv = one(posted, 'csv');
    if (form === 'apply') {
      const { counts } = await asked.door('importDirectory', {
        body: { academicYear: year, csv, preview: one(posted, 'preview') },
      });
      return { to: toYear(year), said: importedCode('courses', counts) };
    }
    if (csv.trim() === '') {
      throw new HttpProblem('wrong-values', undefined, { errors: [{ field: 'csv', rule: 'R107', message: 'Paste the table.' }] });
    }
    const preview = await asked.door('previewDirectory', { body: { academicYear: year, csv } });
    return { show: await importPage(asked, { csv, preview }) };
  },
});

interface Previewed {
  readonly csv: string;
  readonly preview: Answers['previewDirectory'];
}

async function importPage(asked: Asked, previewed: Previewed | null) {
  const year = yearIn(asked);
  const typed = previewed ? { posted: { csv: previewed.csv }, problems: [] } : (asked.again ?? undefined);
  const form = asked.form(
    { name: 'preview', button: 'Show what would change', looks: previewed ? 'secondary' : 'primary' },
    showFields([tableField], typed),
  );
  return {
    title: `Import the courses of ${year}`,
    back: back(year),
    wide: true as const,
    main: html`${previewed ? whatWouldChange(asked, previewed, await namesOf(asked)) : paragraph(html`Nothing changes before you have seen what would. ${link(`/courses/${year}/file`, 'Download the directory as it is')} to edit it.`)}
    ${previewed ? heading('The table') : ''} ${form}`,
  };
}

function whatWouldChange(
  asked: Asked,
  { csv, preview: { changes, unchanged, problems, preview } }: Previewed,
  names: Names,
): Html {
  const same = paragraph(`${String(unchanged)} ${unchanged === 1 ? 'line says' : 'lines say'} what the directory says already.`);
  const shown = table(
    'What would change',
    [{ title: 'Course' }, { title: 'What' }, { title: 'Before and after' }],
    changes.map((change) => [
      html`<strong>${change.after?.title ?? change.before?.title ?? change.code}</strong><br />${change.code}`,
      badge(...whatNames[change.what]),
      beforeAndAfter(change, names),
    ]),
    'Nothing would change: the directory says the same.',
  );
  if (problems.length > 0) {
    return html`${warning('Nothing can be applied while something is wrong in the table.')}
    ${table(
      'What is wrong',
      [{ title: 'Line' }, { title: 'Column' }, { title: 'What is wrong' }],
      problems.map(({ line, column, message }) => [
        line === null ? '' : String(line),
        column === null ? '' : columnTitles[column],
        message,
      ]),
      '',
    )}
    ${changes.length === 0 ? '' : html`${shown} ${same}`}`;
  }
  if (changes.length === 0) return html`${shown} ${same}`;
  const apply = asked.form({ name: 'apply', button: 'Apply these changes', looks: 'warning' }, [
    hidden('csv', csv),
    hidden('preview', preview ?? ''),
  ]);
  return html`${shown} ${same} ${apply}`;
}

const whatNames: Readonly<Record<Change['what'], readonly [string, Tone]>> = {
  new: ['New', 'new'],
  changed: ['Changed', 'waits'],
  'no-longer-offered': ['No longer offered', 'late'],
};

const columnTitles: Readonly<Record<CourseColumn, string>> = {
  code: 'Code',
  title: 'Title',
  programme: 'Programme',
  category: 'Category',
  provider: 'Provider',
  schoolWeeks: 'School weeks',
  places: 'Places',
  days: 'Days',
  site: 'Site',
};

/** Programmes and providers as people know them, by their codes. */
type Names = ReadonlyMap<string, string>;

async function namesOf(asked: Asked): Promise<Names> {
  const [programmes, { providers }] = await Promise.all([programmeTitles(asked), asked.door('providers')]);
  return new Map([...programmes, ...providers.map(({ code, name }) => [code, name] as const)]);
}

/** What stands in a column, in words. */
function inWords(course: Listed, column: CourseColumn, names: Names): string {
  if (column === 'days' && course.days !== null) return weekdaysInWords(course.days);
  if (column === 'category' && course.category !== null) return courseCategoryTitles[course.category];
  const value = String(course[column] ?? 'none');
  return column === 'programme' || column === 'provider' ? (names.get(value) ?? value) : value;
}

function beforeAndAfter({ before, after }: Change, names: Names): Html {
  const said = (course: Listed, column: CourseColumn) => inWords(course, column, names);
  const whole = before === null || after === null ? (after ?? before) : null;
  if (whole !== null) {
    const told = courseColumns.filter((column) => column !== 'code' && column !== 'title' && whole[column] !== null);
    return html`${told.map((column) => `${columnTitles[column]}: ${said(whole, column)}`).join('; ')}`;
  }
  if (before === null || after === null) return html``;
  const differing = courseColumns.filter((column) => before[column] !== after[column]);
  return html`${differing.map((column) => html`${columnTitles[column]}: <s>${said(before, column)}</s> → <strong>${said(after, column)}</strong><br />`)}`;
}

const placesPage = page({
  path: '/places',
  name: 'places',
  who: reads,
  show: async (asked) => {
    const year = yearIn(asked);
    const [{ places }, titles, { schools }, { definition, allowances }] = await Promise.all([
      asked.door('places'),
      programmeTitles(asked),
      asked.door('schools'),
      asked.door('allowances', { params: { academicYear: year } }),
    ]);
    const nameOf = (school: string) => schools.find(({ code }) => code === school)?.name ?? school;
    const inOrder = places
      .filter(({ academicYear }) => academicYear === year)
      .toSorted((a, b) => a.programme.localeCompare(b.programme) || terms.indexOf(a.term) - terms.indexOf(b.term));
    return {
      title: `Places and allowances of ${year}`,
      back: { href: '/courses', text: 'Courses' },
      main: html`${table(
        `Places left in ${year}`,
        [
          { title: 'Programme' },
          { title: 'Term' },
          { title: 'Left in the term', numeric: true },
          { title: 'Left in the year', numeric: true },
        ],
        inOrder.map(({ programme, term, inTerm, inYear }) => [
          titles.get(programme) ?? programme,
          sentence(term),
          inTerm === 0 ? html`0 ${badge('Full', 'waits')}` : String(inTerm),
          String(inYear),
        ]),
        `No programme has a limit of places in ${year}.`,
      )}
      ${paragraph('A place is taken when a panel approves, and given back when the case ends without one. How many wait for a course is on the page of the courses.')}
      ${table(
        `What the SLA pays for in ${year}`,
        [{ title: 'School' }, { title: 'Used', numeric: true }, { title: 'Included', numeric: true }, { title: 'Warning' }],
        allowances.map(({ school, used, included, warning: told }) => [nameOf(school), String(used), String(included), told]),
        'There is no school with an SLA of this year that you may see.',
      )}
      ${allowances.length === 0 ? '' : paragraph(`${definition}.`)} ${yearsBeside('/places', year)}`,
    };
  },
});

export const coursePages: readonly Page[] = [
  courses,
  addCourse,
  changeCourse,
  removeCourse,
  importCourses,
  directoryFile,
  placesPage,
];
