// Places of a course, and the line for one (A9): accepted when none is left, a case waits; SLA schools come first in Tier 2 (R10, C2). A place is
// given back when the case ends, or goes another way.
import type { Facts } from '../facts';
import { programmeAt } from '../programmes';
import type { CaseState } from '../state';
import { workingDaysAfter, type Happenings } from '../take';
import type { MatterRules } from './matter';

/** Takes a place of the course, or joins the line for one. Nothing where the course has no limit. */
export function takeCoursePlace({ programme }: CaseState, { coursePlaces, now }: Facts): Happenings {
  if (coursePlaces === null) return [];
  const { course, left, hasSla } = coursePlaces;
  if (left > 0) return [{ kind: 'coursePlaceTaken', course }];
  const priority = programmeAt(programme).access === 'sla-first' && hasSla ? 0 : 1;
  return [{ kind: 'coursePlaceAwaited', course, priority, matter: { kind: 'course-place', subject: course, since: now } }];
}

/** A case in line whose turn it is takes the place that has become free. */
export function takeAwaitedPlace({ coursePlace }: CaseState, { coursePlaces }: Facts): Happenings {
  if (!coursePlace?.waiting || coursePlaces === null || coursePlaces.left < 1) return [];
  return [{ kind: 'coursePlaceTaken', course: coursePlace.course }];
}

export const coursePlace: MatterRules<'course-place'> = {
  opens: (event) => (event.kind === 'coursePlaceAwaited' ? event.matter : null),
  takes: {},
  ends: ({ subject }, event) =>
    event.kind === 'decisionTakenBack' ||
    event.kind === 'providerDeclined' ||
    (event.kind === 'coursePlaceTaken' && event.course === subject) ||
    (event.kind === 'packSent' && event.course?.code !== subject),
  // Nobody can hurry it: CAP looks for another way with the school, should it take too long.
  waits: ({ matter }, calendar) => ({ party: 'cap', what: 'course-place', due: workingDaysAfter(matter.since, 10, calendar) }),
};
