// A school keeps its students: adds them once, finds them again, puts right what changed. CAP sees them all, and who is likely one child.
import { academicYearOf, londonDay, mondayOf, type IsoDate } from '../domain/calendar';
import { weekOf, type HostedHalf } from '../domain/load';
import { checkStudent, tidyUpn, yearGroupOf, yearsAboveAge, type StudentWords } from '../domain/student';
import type { YearGroup } from '../domain/words';
import {
  addStudent,
  editStudent,
  listStudents,
  matchesOf,
  openCasesOf,
  readStudent,
  searchStudents,
  type Known,
  type StudentGiven,
} from '../records/students';
import { readCalendar } from '../records/calendar';
import type { Keep } from '../records/made';
import type { Person, StudentRow } from '../records/types';
import { mayNot, onlySchoolOf } from './onBehalf';
import { once } from './once';
import { editedMeanwhile, isRefused, versionNeeded, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** A student with the year group of this academic year; null for who has not started school. */
export interface StudentShown extends StudentRow {
  readonly yearGroup: YearGroup | null;
}

export interface GivenStudent extends StudentWords {
  /** Somebody of the same name and date of birth is there, and this is another child. */
  readonly another: boolean;
}

interface NewStudent extends GivenStudent {
  /** Needed only by those who act for several schools. */
  readonly school: string | null;
}

/**
 * Adds a student to a school, unless it has them (R3).
 * @param key the caller's Idempotency-Key; null when there is none
 * @throws DatabaseAway
 */
export function newStudent(
  services: Services,
  person: Person,
  given: NewStudent,
  key: string | null,
): Promise<StudentShown | Refused> {
  return once(
    services,
    person,
    key === null ? null : { what: 'student', key, body: given },
    (keep) => add(services, person, given, keep),
    (code) => oneStudent(services, person, code),
  );
}

async function add(
  services: Services,
  person: Person,
  { school: named, ...given }: NewStudent,
  keep: Keep,
): Promise<StudentShown | Refused> {
  const { database, now } = services;
  const school = named ?? onlySchoolOf(person);
  if (typeof school !== 'string') return school;
  const refused = mayNot(person, 'keep-students', school) ?? wrongIn(services, given);
  if (refused) return refused;
  const added = await addStudent(database, person, school, rowOf(services, given), { isAnother: given.another }, now(), keep);
  return 'known' in added ? alreadyThere(added) : shown(services, added);
}

/** Writes a student anew over the version that was read. @throws DatabaseAway */
export async function changeStudent(
  services: Services,
  person: Person,
  code: string,
  { version, ...given }: GivenStudent & { readonly version: number | null },
): Promise<StudentShown | Refused> {
  const { database, now } = services;
  const before = await readStudent(database, person, code);
  if (!before) return notThere;
  if (version === null) return wrongValues(versionNeeded);
  const refused = mayNot(person, 'keep-students', before.school) ?? wrongIn(services, given);
  if (refused) return refused;
  const row = { ...rowOf(services, given), version };
  const changed = await editStudent(database, person, code, row, { isAnother: given.another }, now());
  if (changed === null) return notThere;
  if (changed === 'stale') return editedMeanwhile((await readStudent(database, person, code)) ?? before);
  return 'known' in changed ? alreadyThere(changed) : shown(services, changed);
}

/** @throws DatabaseAway */
export async function oneStudent(services: Services, person: Person, code: string): Promise<StudentShown | Refused> {
  const found = await readStudent(services.database, person, code);
  return found ? shown(services, found) : notThere;
}

/** The students whom the person may see, by name. @param after the code of the last of the page before @throws DatabaseAway */
export async function allStudents(
  services: Services,
  person: Person,
  page: { readonly after: string | null; readonly limit: number },
) {
  const { students, next } = await listStudents(services.database, person, page);
  return { students: students.map((student) => shown(services, student)), next };
}

/** @param text a part of the name, or a UPN @throws DatabaseAway */
export async function findStudents(services: Services, person: Person, text: string): Promise<StudentShown[]> {
  return (await searchStudents(services.database, person, text)).map((student) => shown(services, student));
}

/** Students of other schools who are likely the same child. @throws DatabaseAway */
export async function matchingStudents(services: Services, person: Person, code: string): Promise<StudentShown[] | Refused> {
  const refused = mayNot(person, 'match-students');
  if (refused) return refused;
  const found = await readStudent(services.database, person, code);
  if (!found) return notThere;
  return (await matchesOf(services.database, person, found)).map((student) => shown(services, student));
}

function shown({ now }: Services, student: StudentRow): StudentShown {
  const { dateOfBirth, yearsAbove } = student;
  return { ...student, yearGroup: yearGroupOf(dateOfBirth, academicYearOf(londonDay(now())), yearsAbove) };
}

/** @returns a student as the row of the school has them: tidied, the year group as what stays so from year to year */
export function rowOf({ now }: Services, given: StudentWords): StudentGiven {
  const { name, dateOfBirth, upn, ehcp, lookedAfter, adopted } = given;
  return { name, dateOfBirth, upn: tidyUpn(upn), yearsAbove: yearsAboveAge(given, now()), ehcp, lookedAfter, adopted };
}

function wrongIn({ now }: Services, given: GivenStudent): Refused | null {
  const problems = checkStudent({ ...given, upn: tidyUpn(given.upn) }, now());
  return problems.length > 0 ? wrongValues(...problems) : null;
}

/** The codes of those whom the school has: the form goes on with one of them, or says that this is another child. */
function alreadyThere({ known }: Known): Refused {
  const codes = known.map(({ code }) => code);
  const message = `Your school has this student already: ${codes.join(', ')}. Take that code; or, for another child of the same name born on the same day, say so with another: true.`;
  return { refused: 'known-student', message, known: codes };
}

const notThere: Refused = { refused: 'not-found', message: 'There is no such student for you: look them up in your list.' };

/** A student's week over all of their placements that the person sees. */
export interface StudentWeek {
  readonly monday: IsoDate;
  /** Halves of a day with a host, in their order. */
  readonly halves: readonly HostedHalf[];
  /** How many whole days they come to. */
  readonly days: number;
}

/** @param day any day of the week. @throws DatabaseAway */
export async function weekOfStudent(
  services: Services,
  person: Person,
  code: string,
  day: IsoDate,
): Promise<StudentWeek | Refused> {
  const student = await oneStudent(services, person, code);
  if (isRefused(student)) return student;
  const { database } = services;
  const [cases, { calendar }] = await Promise.all([openCasesOf(database, person, [code]), readCalendar(database, person)]);
  const monday = mondayOf(day);
  const halves = weekOf(cases.get(code) ?? [], monday, calendar);
  return { monday, halves, days: halves.length / 2 };
}
