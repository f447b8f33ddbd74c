// The courses that a told year needs, in the directory of an academic year.
import type { Instant } from '../../domain/calendar';
import { directoryChanges, type ListedCourse } from '../../domain/courses';
import { editDirectory } from '../../records/courses';
import type { Database } from '../../records/database';

/** Adds courses to the directory of a year, and says anew how many places those have that are there. */
export async function offer(api: Database, academicYear: string, courses: readonly ListedCourse[], at: Instant): Promise<void> {
  await editDirectory(
    api,
    { person: 'cap.team', parties: ['cap'] },
    academicYear,
    ({ courses: known }) => {
      const others = known.filter(({ code }) => courses.every((course) => course.code !== code));
      return Promise.resolve({ changes: directoryChanges(known, [...others, ...courses]) });
    },
    at,
  );
}
