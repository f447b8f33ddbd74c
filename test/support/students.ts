// Students for drafts: each draft gets one of its own, for a student has one open application a programme.
import type { Instant } from '../../domain/calendar';
import type { Actor } from '../../domain/facts';
import type { Database } from '../../records/database';
import { addStudent, type StudentGiven } from '../../records/students';
import { sampleStudent } from './story';

/** Adds a sample student to a school of the actor's. @returns the code */
export async function freshStudent(
  db: Database,
  actor: Actor,
  school: string,
  now: Instant,
  changed: Partial<StudentGiven> = {},
): Promise<string> {
  const { name, dateOfBirth, upn, yearsAbove, ehcp, lookedAfter, adopted } = sampleStudent;
  const given = { name, dateOfBirth, upn, yearsAbove, ehcp, lookedAfter, adopted, ...changed };
  const added = await addStudent(db, actor, school, given, { isAnother: true }, now);
  if ('known' in added) throw new Error(`${school} has this student already`);
  return added.code;
}

/** The same as a door takes it. */
export const studentBody = {
  name: sampleStudent.name,
  dateOfBirth: sampleStudent.dateOfBirth,
  ehcp: false,
  lookedAfter: false,
  another: true,
};
