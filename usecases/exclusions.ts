// Suspensions and permanent exclusions of a student (R4, R92): the home school or CAP records them, puts them right and removes what was a mistake.
import { londonDay, type IsoDate } from '../domain/calendar';
import { exclusionProblems, type ExclusionWords } from '../domain/exclusions';
import { readExclusions, removeExclusion, saveExclusion, type Exclusion } from '../records/exclusions';
import type { Person } from '../records/types';
import { isRefused, wrongValues, type Refused } from './refused';
import type { Services } from './services';
import { oneStudent } from './students';

/** Those of a student, the newest first. @throws DatabaseAway */
export async function exclusionsOf(services: Services, person: Person, code: string): Promise<readonly Exclusion[] | Refused> {
  const student = await oneStudent(services, person, code);
  return isRefused(student) ? student : readExclusions(services.database, person, code);
}

/**
 * Records an exclusion from a day on, or corrects the one of that day. Who sees the student may: the home school, and CAP.
 * @param version that was read; 0 where none was there
 * @throws DatabaseAway
 */
export async function recordExclusion(
  services: Services,
  person: Person,
  { code, day }: { readonly code: string; readonly day: IsoDate },
  given: ExclusionWords & { readonly version: number },
): Promise<Exclusion | Refused> {
  const student = await oneStudent(services, person, code);
  if (isRefused(student)) return student;
  const { database, now } = services;
  const at = now();
  const problems = exclusionProblems(given, { day, today: londonDay(at), born: student.dateOfBirth });
  if (problems.length > 0) return wrongValues(...problems);
  const saved = await saveExclusion(database, person, { student: code, school: student.school, day }, { ...given, at });
  if (saved !== 'stale') return saved;
  const newest = (await readExclusions(database, person, code)).find((each) => each.day === day)?.version ?? 0;
  const message = `Another is recorded from this day on: read version ${String(newest)}, then repeat your change.`;
  return { refused: 'stale', message, newest: { version: newest } };
}

/** Removes one that was recorded by mistake; twice it is gone as well. @throws DatabaseAway */
export async function takeOutExclusion(
  services: Services,
  person: Person,
  { code, day }: { readonly code: string; readonly day: IsoDate },
): Promise<{ readonly day: IsoDate } | Refused> {
  const student = await oneStudent(services, person, code);
  if (isRefused(student)) return student;
  await removeExclusion(services.database, person, { student: code, school: student.school, day }, services.now());
  return { day };
}
