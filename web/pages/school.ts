// What the pages of a school share: who they are for, its names, and how it finds one of its students.
import { birthday } from '../dates';
import { wrongField } from '../forms/readOrRefuse';
import { can, type Action, type Permission } from '../../domain/permissions';
import { codeOf } from '../../domain/words';
import type { Person } from '../../records/types';
import type { Answers } from '../answers';
import { one, type FormField, type Option, type Posted } from '../forms/fields';
import type { Asked } from '../page';

type Student = Answers['student'];

/** @returns the codes of the schools that somebody acts for */
export function schoolsOf({ parties }: Person): string[] {
  return parties.filter((party) => party.startsWith('school:')).map(codeOf);
}

/** Who writes applications: staff of a school, and CAP for what the local authority opens (R20, R23). */
export function writesApplications(person: Person): Permission {
  const permission = ofASchool(person, 'start-application') ?? can(person, 'open-for-the-authority');
  return permission.allowed
    ? permission
    : { allowed: false, why: 'Applications are written by staff of a school, and by the CAP team.' };
}

/** Who keeps students: staff of a school. */
export function keepsStudents(person: Person): Permission {
  return ofASchool(person, 'keep-students') ?? can(person, 'keep-students');
}

/** Who reads students: staff of a school its own, CAP all of them. */
export function readsStudents(person: Person): Permission {
  return ofASchool(person, 'keep-students') ?? can(person, 'match-students');
}

function ofASchool(person: Person, action: Action): Permission | null {
  return (
    schoolsOf(person)
      .map((school) => can(person, action, school))
      .find(({ allowed }) => allowed) ?? null
  );
}

/** @returns which school it is for, asked of those alone who act for several */
export async function schoolFields(asked: Asked): Promise<FormField[]> {
  const own = schoolsOf(asked.person);
  if (own.length < 2) return [];
  const { schools } = await asked.door('schools');
  const options = schools.filter(({ code }) => own.includes(code)).map(({ code, name }) => ({ value: code, title: name }));
  return [{ kind: 'choice', name: 'school', title: 'Which school is it for?', options }];
}

/** @returns a student in words that tell them from another of the same name */
export function describe({ yearGroup, dateOfBirth, upn }: Student): string {
  return [yearGroup, `born ${birthday(dateOfBirth)}`, upn].filter((part) => part !== null).join(', ');
}

/** What a student is looked for by; and once something was found, which of them it is. */
export async function studentFields({ door, again }: Asked, when?: FormField['when']): Promise<FormField[]> {
  const shared = when === undefined ? {} : { when };
  const text = one(again?.posted ?? {}, 'text').trim();
  const found = text === '' ? [] : (await door('searchStudents', { body: { text } })).students;
  return [
    {
      ...shared,
      kind: 'text',
      name: 'text',
      title: 'Find a student',
      hint: 'A part of the name, or the pupil number (UPN)',
      width: 'half',
    },
    ...(found.length === 0 ? [] : [{ ...shared, ...whichOf(found) }]),
  ];
}

/** @returns the question which of several students it is */
export function whichOf(students: readonly Student[]): FormField {
  return { kind: 'choice', name: 'student', title: 'Which student is it?', options: students.map(asOption) };
}

const asOption = (student: Student): Option => ({ value: student.code, title: student.name, hint: describe(student) });

/**
 * @returns the code of the student who was chosen; null while they are only looked for, and somebody was found
 * @throws HttpProblem where nobody was looked for, or nobody was found
 */
export async function chosenStudent({ door }: Asked, posted: Posted): Promise<string | null> {
  const chosen = one(posted, 'student');
  if (chosen !== '') return chosen;
  const text = one(posted, 'text').trim();
  if (text === '') throw wrongField('text', 'form', 'Write a part of the name, or the pupil number.');
  const { students } = await door('searchStudents', { body: { text } });
  if (students.length === 0)
    throw wrongField('text', 'form', 'No student of yours was found: write less of the name, or add the student first.');
  return null;
}
