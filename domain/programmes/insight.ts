// Insight: a course of one day a week on a specific concern, six school weeks, six to twelve from 2025-26 (C1), processed as a Tier 1 course
// is, without a panel (R59). The provider assesses the student's well-being before and after (R61).
import type { Programme } from '../programme';
import { caseWorker, earlyHelpOffer, ehcpProvision, everyApplication } from './questions';
import { towardsACourse, withPlan } from './stretches';
import { monitoringOfficer, termlyReport } from './tasks';

export const insight2024: Programme = {
  code: 'insight',
  year: '2024-25',
  tier: 2,
  title: 'Insight',
  access: 'sla-first',
  ages: null,
  choosesCourse: true,
  courseWeeks: { from: 6, to: 6 },
  limitedPlaces: false,
  route: [
    ...towardsACourse,
    {
      stage: 'placement',
      phases: [{ title: 'Insight', schoolWeeks: 'course', hostDays: 1, week: null }],
      withinTerm: false,
      pathwayReview: false,
      assessed: true,
    },
  ],
  questions: [
    ...everyApplication,
    {
      code: 'concerns',
      text: 'Which behaviours or actions of the student cause concern?',
      answer: 'text',
      strength: 'required',
      rule: 'R36',
    },
    earlyHelpOffer('R36', 'required'),
    caseWorker('required'),
    {
      code: 'exit-routes',
      text: 'Does the school commit to support the exit routes after the programme?',
      answer: 'yes-no',
      strength: 'required',
      rule: 'R36',
    },
    {
      code: 'agencies',
      text: 'Which other agencies were involved, with which strategies and what impact?',
      answer: 'text',
      strength: 'required',
      rule: 'R36',
    },
    ehcpProvision('R36'),
  ],
};

export const insight2025: Programme = { ...insight2024, year: '2025-26', courseWeeks: { from: 6, to: 12 } };

/** The start needs a plan (A2). */
export const insight2026: Programme = {
  ...insight2025,
  year: '2026-27',
  route: withPlan(insight2025.route, { tasks: [monitoringOfficer, termlyReport] }),
};
