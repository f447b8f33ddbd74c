// CAP keeps the directory of an academic year (R107): course by course, or the whole of it from a table, first shown and then applied.
import { academicYearOf, londonDay } from '../domain/calendar';
import {
  atItsSite,
  courseLineProblems,
  dependsOnCourse,
  directoryChanges,
  pastDirectory,
  readDirectory as readTable,
  type CourseChange,
  type CourseProblem,
  type ListedCourse,
} from '../domain/courses';
import { comesOf } from '../domain/edits';
import { programmeFor } from '../domain/programmes';
import type { ImportCounts, LineProblem, TableLine } from '../domain/table';
import type { ProgrammeCode } from '../domain/words';
import { editDirectory, readCourses, readDirectory, type Course, type FoundDirectory } from '../records/courses';
import { readOffering, saveOffered, type Offered } from '../records/directory';
import { digestOf } from '../records/digest';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { isRefused, unlessOvertaken, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** CAP's table of the directory of a year. */
export interface DirectoryTable {
  readonly academicYear: string;
  /** Its heading, and a line for each course. */
  readonly lines: readonly TableLine[];
  /** Why its text could not be taken apart into lines; null when it could. */
  readonly unreadable: LineProblem<never> | null;
}

/** What a table would make of the directory. */
export interface DirectoryPreview {
  /** New where there was nothing before, no longer offered where there is nothing after. */
  readonly changes: readonly CourseChange[];
  readonly unchanged: number;
  /** While there is one, nothing is applied. */
  readonly problems: readonly CourseProblem[];
  /** What names exactly these changes, to be sent with the import; null while there are problems. */
  readonly preview: string | null;
}

/** Reads a table and says what would come of it. Nothing is applied. @throws DatabaseAway */
export async function previewDirectory(
  services: Services,
  person: Person,
  table: DirectoryTable,
): Promise<DirectoryPreview | Refused> {
  return (
    mayNotKeep(services, person, table.academicYear) ??
    readDirectory(services.database, person, table.academicYear, (found) => planned(services, table, found))
  );
}

/**
 * Makes the directory what a table says: all that was shown, or nothing.
 * @param preview what the preview gave: another table, or a directory that has changed since, is refused
 * @throws DatabaseAway
 */
export async function importDirectory(
  services: Services,
  person: Person,
  table: DirectoryTable & { readonly preview: string },
): Promise<(Pick<DirectoryPreview, 'changes'> & { readonly counts: ImportCounts }) | Refused> {
  const refused = mayNotKeep(services, person, table.academicYear);
  if (refused) return refused;
  const applied = await editDirectory<DirectoryPreview | Refused>(
    services.database,
    person,
    table.academicYear,
    async (found) => {
      const plan = await planned(services, table, found);
      if (plan.problems.length > 0) return wrongValues(...plan.problems.map(asField));
      return plan.preview === table.preview ? plan : changedSince;
    },
    services.now(),
  );
  if (isRefused(applied)) return applied;
  const { changes, unchanged } = applied;
  const count = (is: (change: CourseChange) => boolean) => changes.filter(is).length;
  const [added, removed] = [count(({ before }) => before === null), count(({ after }) => after === null)];
  const counts = { added, changed: changes.length - added - removed, removed, left: unchanged, notPossible: 0 };
  return { changes, counts };
}

/**
 * Adds a course to the directory of a year, or changes what is said of it. Running cases keep what they were submitted with.
 * @param read the version that was read, over which nobody else's change is written; null when that is not said
 * @throws DatabaseAway
 */
export async function saveCourse(
  services: Services,
  person: Person,
  academicYear: string,
  course: ListedCourse,
  read: number | null,
): Promise<Course | Refused> {
  const refused = mayNotKeep(services, person, academicYear);
  if (refused) return refused;
  const saved = await editDirectory<Changes | Refused>(
    services.database,
    person,
    academicYear,
    async (found) => {
      const said = atItsSite(course, found);
      const changes = await changesOver(found, said.code, said, read);
      if (isRefused(changes)) return changes;
      const problems = courseLineProblems(said, { academicYear, ...found });
      return problems.length > 0 ? wrongValues(...problems) : changes;
    },
    services.now(),
  );
  if (isRefused(saved)) return saved;
  return (await readCourses(services.database, person, academicYear)).find(({ code }) => code === course.code) ?? noCourse;
}

/** Takes a course out of the directory of a year, while no open case is on it. @param read as for `saveCourse` @throws DatabaseAway */
export async function removeCourse(
  services: Services,
  person: Person,
  academicYear: string,
  code: string,
  read: number | null,
): Promise<{ readonly code: string } | Refused> {
  const refused = mayNotKeep(services, person, academicYear);
  if (refused) return refused;
  const removed = await editDirectory<Changes | Refused>(
    services.database,
    person,
    academicYear,
    async (found) => {
      if (!found.courses.some((each) => each.code === code)) return noCourse;
      const changes = await changesOver(found, code, null, read);
      if (isRefused(changes)) return changes;
      const [problem] = await dependencies(services, academicYear, found, [code]);
      return problem ? { refused: 'not-editable', rule: problem.rule, message: problem.message } : changes;
    },
    services.now(),
  );
  return isRefused(removed) ? removed : { code };
}

interface Changes {
  readonly changes: readonly CourseChange[];
}

/** What the edit of one course changes, unless somebody else has edited it since it was read. @param after null to take it out */
async function changesOver(
  { courses, lastEditOf }: FoundDirectory,
  code: string,
  after: ListedCourse | null,
  read: number | null,
): Promise<Changes | Refused> {
  const before = courses.find((each) => each.code === code) ?? null;
  const comes = unlessOvertaken(comesOf(before, after, { read, last: await lastEditOf(code) }));
  if (typeof comes === 'object') return comes;
  return { changes: comes === 'nothing' ? [] : [{ code, before, after }] };
}

/**
 * Offers a programme that is off by default, or no longer does (C29): cases that run go on.
 * @param read as for `saveCourse`
 * @throws DatabaseAway
 */
export async function offerProgramme(
  { database, now }: Services,
  person: Person,
  code: ProgrammeCode,
  offered: boolean,
  read: number | null,
): Promise<Offered | Refused> {
  const refused = mayNot(person, 'keep-directory');
  if (refused) return refused;
  if (!programmeFor(code, academicYearOf(londonDay(now()))).offByDefault) {
    return { refused: 'not-editable', message: 'This programme is always offered.' };
  }
  const refusedNow = unlessOvertaken(await saveOffered(database, person, code, offered, { read, at: now() }));
  if (refusedNow) return refusedNow;
  const [saved] = await readOffering(database, person, [code]);
  if (!saved) throw new Error(`Whether ${code} is offered was saved and is not there`);
  return saved;
}

async function planned(
  services: Services,
  { academicYear, lines, unreadable }: DirectoryTable,
  found: FoundDirectory,
): Promise<DirectoryPreview> {
  const read = unreadable ? { unreadable } : readTable(lines, { academicYear, ...found }, found.courses);
  if ('unreadable' in read) return { changes: [], unchanged: 0, problems: [read.unreadable], preview: null };
  const before = found.courses.filter(({ code }) => !read.untold.includes(code));
  const changes = directoryChanges(before, read.courses);
  const gone = changes.flatMap(({ code, after }) => (after === null ? [code] : []));
  const depending = await dependencies(services, academicYear, found, gone);
  const problems = [...read.problems, ...depending.map(({ rule, message }) => ({ line: null, column: null, rule, message }))];
  return {
    changes,
    unchanged: read.courses.length - (changes.length - gone.length),
    problems,
    preview: problems.length > 0 ? null : digestOf('', { academicYear, changes }),
  };
}

/** Why courses stay in a directory. Nothing depends on that of a year that has not begun: no application can name a course of it. */
async function dependencies({ now }: Services, academicYear: string, found: FoundDirectory, codes: readonly string[]) {
  if (academicYear > academicYearOf(londonDay(now()))) return [];
  const open = await found.openCasesOn(codes);
  return codes.flatMap((code) => dependsOnCourse(code, open[code] ?? 0) ?? []);
}

function mayNotKeep({ now }: Services, person: Person, academicYear: string): Refused | null {
  const past = pastDirectory(academicYear, londonDay(now()));
  return mayNot(person, 'keep-directory') ?? (past && { refused: 'not-editable', rule: past.rule, message: past.message });
}

function asField({ line, column, rule, message }: LineProblem) {
  const field = [line === null ? 'table' : `line ${String(line)}`, ...(column === null ? [] : [column])].join(' ');
  return { field, rule, message };
}

const noCourse: Refused = {
  refused: 'not-found',
  message: 'The directory of that year has no such course: look it up in the list.',
};

const changedSince: Refused = {
  refused: 'stale',
  rule: 'R107',
  message: 'The table or the directory is not what the preview showed: look at a new preview, then send it again.',
};
