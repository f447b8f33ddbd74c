// Who else is in a year of casework, beside the demo people: more schools and providers, all plainly fictitious. They do not sign in.
import type { ListedCourse } from '../../domain/courses';
import type { Behaviour, Progress, ProgressWords } from '../../domain/progress';
import { coursesOf, organisations, type Organisation } from '../../prisma/reference-data';
import { demoPeople, type DemoPerson } from '../people';

const school = (letter: string, name: string, sla: boolean): Organisation => ({
  ...{ code: `SCH-${letter}`, kind: 'school', sector: 'secondary', sla },
  ...{ name: `${name} (fictitious)`, mailbox: `sch-${letter.toLowerCase()}@example.test` },
});

const provider = (number: string, name: string): Organisation => ({
  ...{ code: `TP-${number}`, kind: 'provider', sla: false },
  ...{ name: `${name} (fictitious)`, mailbox: `tp-${number.toLowerCase()}@example.test` },
});

export const moreOrganisations: readonly Organisation[] = [
  school('C', 'Cedarholt School', true),
  school('D', 'Damson Lane School', true),
  school('E', 'Elderfield School', false),
  school('F', 'Firbank School', true),
  provider('THREE', 'Third Way Workshop'),
  provider('FOUR', 'Fourth Field Farm'),
];

export const yearOrganisations: readonly Organisation[] = [...organisations, ...moreOrganisations];

/** What a host notes of a week, in turn; of one in nine it notes nothing. */
const noted = (progress: Progress, behaviour: Behaviour, progressWords = '', behaviourWords = ''): ProgressWords => ({
  ...{ progress, behaviour, progressWords, behaviourWords },
});
export const sampleProgress: readonly (ProgressWords | undefined)[] = [
  noted('on-plan', 'settled'),
  noted('on-plan', 'mostly-settled', 'Finished the first unit (sample).', 'Tired on the second day (sample).'),
  noted('ahead', 'settled', 'Began the next unit early (sample).'),
  noted('on-plan', 'settled', 'Kept up with the plan (sample).'),
  noted('behind', 'mostly-settled', 'Missed the task of this week (sample).'),
  noted('on-plan', 'settled'),
  noted('behind', 'unsettled', 'Could not finish the unit (sample).', 'Left the room twice; talked it over (sample).'),
  noted('on-plan', 'mostly-settled'),
  undefined,
];

const asMayBe = { category: null, days: null, places: null, site: null } as const;

const moreCourses: readonly ListedCourse[] = [
  {
    ...asMayBe,
    ...{ code: 'T1-GARDENS', title: 'Gardens and animals (sample)', programme: 'tier-1-course', provider: 'TP-FOUR' },
    ...{ schoolWeeks: 8, category: 'work-based-learning' },
  },
  {
    ...asMayBe,
    ...{ code: 'INS-ONLINE', title: 'Safe online (sample)', programme: 'insight', provider: 'TP-THREE', schoolWeeks: 6 },
  },
  {
    ...asMayBe,
    ...{ code: 'Y11-OUTDOORS', title: 'Outdoors, and the way after Year 11 (sample)', programme: 'year-11-bespoke' },
    ...{ provider: 'TP-FOUR', schoolWeeks: 10, category: 'tier-3-year-11' },
  },
];

/** Courses with few places: a line forms (A9). Not for those of the other demo, which needs a place. */
const fewPlaces: Readonly<Record<string, number>> = { 'T1-GARDENS': 1, 'T1-CATERING': 2 };

/** @returns the directory of an academic year in which such a year is told */
export function yearCourses(academicYear: string): readonly ListedCourse[] {
  return [...coursesOf(academicYear), ...moreCourses].map((course) => ({
    ...course,
    places: fewPlaces[course.code] ?? course.places,
  }));
}

/** One member of staff of each of those, who acts for it. */
export const morePeople: readonly DemoPerson[] = moreOrganisations.map(({ code, kind, name }) => ({
  id: `staff.${code.toLowerCase()}`,
  name: `Sample Staff ${code}`,
  email: `staff.${code.toLowerCase()}@example.test`,
  about: `staff of ${name}`,
  grants: [{ role: kind, scope: code }],
}));

export const yearPeople: readonly DemoPerson[] = [...demoPeople, ...morePeople];
