// The directory: the courses that are offered in an academic year (R107), what a line of it may say, and how one directory becomes another.
import { academicYearOf, type IsoDate } from './calendar';
import type { OfferedCourse } from './facts';
import type { Problem } from './problem';
import type { Programme } from './programme';
import { programmeCodes, programmeFor } from './programmes';
import { siteNamed, siteOf, type Site } from './sites';
import { readLines, type LineProblem, type Table, type TableLine } from './table';
import { isWeekdays, type Weekdays } from './timetable';
import type { ProgrammeCode } from './words';

/** The categories of the directory (R107), the last one for Tier 3 in Year 11. */
export const courseCategories = [
  'work-based-learning',
  'curriculum-support',
  'employability-and-personal-development',
  'tier-3-year-11',
] as const;
export type CourseCategory = (typeof courseCategories)[number];

export const courseCategoryTitles: Readonly<Record<CourseCategory, string>> = {
  'work-based-learning': 'Work-based learning',
  'curriculum-support': 'Curriculum support',
  'employability-and-personal-development': 'Employability and personal development',
  'tier-3-year-11': 'Tier 3, Year 11',
};

/** Of which category the courses of a programme are; those of a programme that is not here are of none. */
const categoriesOf: Readonly<Partial<Record<ProgrammeCode, readonly CourseCategory[]>>> = {
  'tier-1-course': ['work-based-learning', 'curriculum-support', 'employability-and-personal-development'],
  'year-11-bespoke': ['tier-3-year-11'],
};

/** A course as a directory lists it. The same code in the directory of another year is the same course. */
export interface ListedCourse extends OfferedCourse {
  readonly title: string;
  readonly category: CourseCategory | null;
  /** How many students it has at once; null: as many as are asked for. */
  readonly places: number | null;
  /** The days of the week on which it is given; null: as they are agreed. */
  readonly days: Weekdays | null;
  /** The name of the site of its provider at which it runs; null: none is said. */
  readonly site: string | null;
}

/** The columns of CAP's table of a directory: what a line says of its course. */
export const courseColumns = [
  'code',
  'title',
  'programme',
  'category',
  'provider',
  'schoolWeeks',
  'places',
  'days',
  'site',
] as const;
export type CourseColumn = (typeof courseColumns)[number];

export const mostPlaces = 1000;
const longestTitle = 200;
const mostCourses = 1000;

/** What lines are held against. */
export interface DirectoryFacts {
  readonly academicYear: string;
  /** Codes of the providers that CAP has procured (R103). */
  readonly providers: readonly string[];
  /** Their sites, by the code of the provider. */
  readonly sites: Readonly<Record<string, readonly Pick<Site, 'name'>[]>>;
}

/** A line of a directory as somebody wrote it: its programme and its category may be none. */
type WrittenCourse = Omit<ListedCourse, 'programme' | 'category'> & {
  readonly programme: string;
  readonly category: string | null;
};

/**
 * @returns what is wrong with a course as a line of a directory, by its column, all at once (R107, R103, C1, R32, R33). Of an unknown programme it is not
 * told which weeks and categories it has
 */
export function courseLineProblems(course: WrittenCourse, facts: DirectoryFacts): Problem[] {
  const { code, title, provider, places, days, site } = course;
  const problems: Problem[] = [];
  const wrong = (field: CourseColumn, rule: string, message: string) => void problems.push({ field, rule, message });
  if (!/^[A-Za-z0-9][A-Za-z0-9@._-]{0,99}$/.test(code))
    wrong('code', 'R107', `"${code}" is no code: write one such as T1-BICYCLES.`);
  if (title.length === 0 || title.length > longestTitle || hasUnprintable(title)) {
    wrong('title', 'R107', `A title is one line of 1 to ${String(longestTitle)} characters.`);
  }
  problems.push(...programmeProblems(course, facts));
  if (!facts.providers.includes(provider)) {
    wrong('provider', 'R103', `No provider has the code "${provider}": choose one that CAP has procured, or add it first.`);
  }
  if (places !== null && (!Number.isInteger(places) || places < 0 || places > mostPlaces)) {
    wrong('places', 'A9', `Places are a whole number from 0 to ${String(mostPlaces)}, or nothing: as many as are asked for.`);
  }
  if (days !== null && !isWeekdays(days)) {
    wrong(
      'days',
      'R107',
      'Days are days of the week in their order, such as tue,thu or mon,fri-am, or nothing: as they are agreed.',
    );
  }
  const sites = facts.sites[provider] ?? [];
  if (site !== null && facts.providers.includes(provider) && siteNamed(site, sites) === null) {
    const may = sites.length === 0 ? 'leave it out' : `write ${orList(sites.map(({ name }) => name))}, or nothing`;
    wrong('site', 'R107', `"${site}" is no site of ${provider}: ${may}.`);
  }
  return problems;
}

/** @returns a course with its site as the provider writes it, in whatever letters and spaces it was said; one that the provider does not have stays */
export function atItsSite<C extends Pick<ListedCourse, 'provider' | 'site'>>(
  course: C,
  { sites }: Pick<DirectoryFacts, 'sites'>,
): C {
  const site = course.site === null ? null : siteNamed(course.site, sites[course.provider] ?? []);
  return site === null ? course : { ...course, site: site.name };
}

/**
 * @param offered the lines of directories with the code of one course, by their academic year
 * @returns that of a year, else of the last one before it that has the course; null where none has
 */
export function lineOf(offered: Readonly<Record<string, ListedCourse>>, year: string): ListedCourse | null {
  const latest = Object.keys(offered)
    .sort()
    .findLast((each) => each <= year);
  return (latest === undefined ? null : offered[latest]) ?? null;
}

/**
 * @param offered as for `lineOf`: of the course of a case
 * @param host who has the student, as code, and its sites
 * @param year of the directory that holds
 * @returns where the student goes (R107); null where that is not known
 */
export function siteOfCourse(
  offered: Readonly<Record<string, ListedCourse>>,
  host: { readonly code: string; readonly sites: readonly Site[] },
  year: string,
): Site | null {
  const line = lineOf(offered, year);
  return siteOf(line?.provider === host.code ? line.site : null, host.sites);
}

/** @returns the year whose directory says where a placement is: that of its start, and later on that of today, for a course may move while it runs */
export function yearOfPlacement(start: IsoDate, today: IsoDate): string {
  return academicYearOf(start > today ? start : today);
}

/** What is wrong with the programme of a line, and with what its programme says of weeks and categories. */
function programmeProblems(course: WrittenCourse, { academicYear }: DirectoryFacts): Problem[] {
  const { category, schoolWeeks } = course;
  const problems: Problem[] = [];
  const wrong = (field: CourseColumn, rule: string, message: string) => void problems.push({ field, rule, message });
  const known = programmeCodes.find((each) => each === course.programme);
  const ofCategory = courseCategories.find((each) => each === category);
  const noCategory = category !== null && ofCategory === undefined;
  const programme = known === undefined ? null : programmeFor(known, academicYear);
  if (programme === null) {
    wrong('programme', 'R107', `"${course.programme}" is no programme: write ${orList(programmeCodes)}.`);
  } else if (!programme.choosesCourse) {
    wrong(
      'programme',
      'R107',
      `${programme.title} has no courses to choose from: the programmes with courses are ${withCourses(academicYear)}.`,
    );
  } else {
    const { from, to, rule } = weeksOf(programme);
    if (!Number.isInteger(schoolWeeks) || schoolWeeks < from || schoolWeeks > to) {
      wrong(
        'schoolWeeks',
        rule,
        `A course of ${programme.title} in ${academicYear} has ${from === to ? '' : `${String(from)} to `}${String(to)} school weeks.`,
      );
    }
    const may = categoriesOf[programme.code];
    if (!noCategory && (may ? ofCategory === undefined || !may.includes(ofCategory) : category !== null)) {
      wrong(
        'category',
        'R107',
        may
          ? `A course of ${programme.title} is of the category ${orList(may)}.`
          : `A course of ${programme.title} is of no category: leave it out.`,
      );
    }
  }
  if (noCategory) wrong('category', 'R107', `"${category}" is no category: write ${orList(courseCategories)}, or nothing.`);
  return problems;
}

/** How many school weeks a course may have: as its programme says (C1), else from the shortest half of a term to a whole year (R32, R33). */
function weeksOf({ courseWeeks }: Programme) {
  return courseWeeks ? { ...courseWeeks, rule: 'C1' } : { from: 4, to: 39, rule: 'R32' };
}

/** @returns why the directory of a year stays as it was: the year is past (R107) */
export function pastDirectory(academicYear: string, today: IsoDate): Problem | null {
  if (academicYear >= academicYearOf(today)) return null;
  return { field: 'academicYear', rule: 'R107', message: `${academicYear} is past: its directory stays as it was.` };
}

/** Something wrong in CAP's table. */
export type CourseProblem = LineProblem<CourseColumn>;

export interface DirectoryRead {
  /** Of the lines that say nothing wrong. */
  readonly courses: readonly ListedCourse[];
  /** The codes of the other lines: nothing can be told of these courses yet. */
  readonly untold: readonly string[];
  readonly problems: readonly CourseProblem[];
}

/**
 * Reads CAP's table of a directory: a heading with the names of the columns in any order, and a line for each course (R107).
 * @param before the directory as it is: a table without the column of sites says nothing of them, so that each course stays where it is
 * @returns its courses, and every problem with its line, column and rule; or why it is no such table
 */
export function readDirectory(
  table: readonly TableLine[],
  facts: DirectoryFacts,
  before: readonly ListedCourse[],
): DirectoryRead | { readonly unreadable: CourseProblem } {
  const read = readLines(table, { all: courseColumns, optional: ['site'] });
  if ('unreadable' in read) return read;
  const { lines, named } = read;
  if (lines.length > mostCourses) {
    const message = `A directory has at most ${mostCourses.toLocaleString('en-GB')} courses, and this table ${lines.length.toLocaleString('en-GB')}.`;
    return { unreadable: { line: null, column: null, rule: 'R107', message } };
  }
  const courses: ListedCourse[] = [];
  const problems: CourseProblem[] = [];
  const firstLineOf = new Map<string, number>();
  for (const { line, said, problems: ofForm } of lines) {
    const found = [...ofForm];
    const first = firstLineOf.get(said.code);
    if (first === undefined || said.code === '') firstLineOf.set(said.code, line);
    else
      found.push({
        column: 'code',
        rule: 'R107',
        message: `Line ${String(first)} has the code "${said.code}" already: a course stands once in a directory.`,
      });
    const stays = before.find(({ code, provider }) => code === said.code && provider === said.provider)?.site ?? null;
    const course = atItsSite(courseOf(said, named.includes('site') ? said.site || null : stays), facts);
    found.push(...courseLineProblems(course, facts).map(({ field, ...rest }) => ({ column: field as CourseColumn, ...rest })));
    // Nothing is wrong with it: its programme and its category are known.
    if (found.length === 0) courses.push(course as ListedCourse);
    problems.push(...found.map((each) => ({ line, ...each })));
  }
  const untold = [...firstLineOf.keys()].filter((code) => !courses.some((course) => course.code === code));
  return { courses, untold, problems };
}

/** A course as its line says it, at a site. A number that is none is told as such by `courseLineProblems`. */
function courseOf(
  { code, title, programme, category, provider, schoolWeeks, places, days }: Readonly<Record<CourseColumn, string>>,
  site: string | null,
): WrittenCourse {
  return {
    ...{ code, title, programme, category: category === '' ? null : category, provider },
    schoolWeeks: wholeNumber(schoolWeeks),
    places: places === '' ? null : wholeNumber(places),
    days:
      days === ''
        ? null
        : days
            .toLowerCase()
            .split(/[\s,;]+/)
            .join(','),
    site,
  };
}

/** @returns CAP's table of a directory, as `readDirectory` reads it */
export function directoryTable(courses: readonly ListedCourse[]): Table {
  return {
    titles: courseColumns,
    rows: courses.map((course) => courseColumns.map((column) => String(course[column] ?? ''))),
  };
}

/** What an edit does to a line of a directory: adds it, changes it, or takes it out, and then the course is no longer offered. */
export interface CourseChange {
  readonly code: string;
  readonly before: ListedCourse | null;
  readonly after: ListedCourse | null;
}

/** @returns what makes one directory of another, by the codes of the courses; nothing where both say the same */
export function directoryChanges(before: readonly ListedCourse[], after: readonly ListedCourse[]): CourseChange[] {
  const codes = [...new Set([...before, ...after].map(({ code }) => code))].sort();
  const of = (courses: readonly ListedCourse[], code: string) => courses.find((each) => each.code === code) ?? null;
  return codes
    .map((code) => ({ code, before: of(before, code), after: of(after, code) }))
    .filter((change) => !saysTheSame(change.before, change.after));
}

function saysTheSame(one: ListedCourse | null, other: ListedCourse | null): boolean {
  return one !== null && other !== null && courseColumns.every((column) => one[column] === other[column]);
}

/** @returns why a course stays in the directory of its year: open cases are on it (R107) @param open how many */
export function dependsOnCourse(code: string, open: number): Problem | null {
  if (open === 0) return null;
  const cases = open === 1 ? 'one open case is' : `${String(open)} open cases are`;
  return { field: 'code', rule: 'R107', message: `${code} stays in the directory: ${cases} on it.` };
}

/** Controls, marks of direction and what no font shows. */
function hasUnprintable(text: string): boolean {
  return /\p{C}/u.test(text);
}

function wholeNumber(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : NaN;
}

function withCourses(academicYear: string): string {
  return programmeCodes.filter((code) => programmeFor(code, academicYear).choosesCourse).join(', ');
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
