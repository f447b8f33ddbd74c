// Tier 1 course: no panel. CAP checks the pack, the school arranges the interview with the provider of the course (R52-R58).
import type { Programme } from '../programme';
import { considerations, everyApplication } from './questions';
import { towardsACourse, withPlan } from './stretches';
import { monitoringOfficer, termlyReport } from './tasks';

export const tier1Course2024: Programme = {
  code: 'tier-1-course',
  year: '2024-25',
  tier: 1,
  title: 'Tier 1 course',
  access: 'open',
  ages: { from: 9, to: 19 },
  choosesCourse: true,
  limitedPlaces: false,
  route: [
    ...towardsACourse,
    {
      stage: 'placement',
      phases: [{ title: 'Course', schoolWeeks: 'course', hostDays: null, week: null }],
      withinTerm: false,
      pathwayReview: false,
    },
  ],
  questions: [...everyApplication, ...considerations('R35', "How will the course enhance the student's educational journey?")],
};

export const tier1Course2025: Programme = { ...tier1Course2024, year: '2025-26' };

/** The start needs a plan (A2). */
export const tier1Course2026: Programme = {
  ...tier1Course2025,
  year: '2026-27',
  route: withPlan(tier1Course2025.route, { tasks: [monitoringOfficer, termlyReport] }),
};
