// The directory of courses: how many places each has, kept by CAP.
import { readCourses, saveCoursePlaces, type Course } from '../records/directory';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import type { Refused } from './refused';
import type { Services } from './services';

/**
 * Says how many places a course has. More than before are given to those in line within minutes; fewer take nobody's place away.
 * @param places null: as many as are asked for
 * @throws DatabaseAway
 */
export async function changePlaces(
  { database, now }: Services,
  person: Person,
  code: string,
  places: number | null,
): Promise<Course | Refused> {
  const refused = mayNot(person, 'keep-directory');
  if (refused) return refused;
  await saveCoursePlaces(database, person, code, places, now());
  const course = (await readCourses(database, person)).find((each) => each.code === code);
  return course ?? { refused: 'not-found', message: 'There is no such course: look it up in the list of courses.' };
}
