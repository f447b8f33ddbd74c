// Refocus: ten school weeks with the AP Academy, for SLA schools, after both panels, 25 places a term (R12, R13, R73, R78-R83).
import type { Programme } from '../programme';
import { wholeDays } from '../timetable';
import { everyApplication, parentalConsent } from './questions';
import { withPlan } from './stretches';
import { bespokePlan, staffTraining } from './tasks';

export const refocus2024: Programme = {
  code: 'refocus',
  year: '2024-25',
  tier: 3,
  title: 'Refocus',
  access: 'sla-only',
  ages: null,
  choosesCourse: false,
  limitedPlaces: true,
  route: [
    { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
    { stage: 'panel', panel: 'review-and-authorisation' },
    { stage: 'panel', panel: 'multi-agency' },
    { stage: 'onboarding', host: 'provider:AP-ACADEMY', workingDays: 5 },
    { stage: 'start-date', workingDays: 5 },
    {
      stage: 'placement',
      phases: [
        {
          // Four days with the Academy, Monday at the home school (R80).
          title: 'At the AP Academy',
          schoolWeeks: 7,
          hostDays: 4,
          week: [...wholeDays('home-school', 1), ...wholeDays('host', 2, 3, 4, 5)],
        },
        // The return to the home school (R81).
        { title: 'Back to School', schoolWeeks: 3, hostDays: 0, week: wholeDays('home-school', 1, 2, 3, 4, 5) },
      ],
      withinTerm: false,
      pathwayReview: false,
    },
  ],
  questions: [
    ...everyApplication,
    {
      code: 'curriculum-adapted',
      text: 'How has the school adapted the curriculum or timetable? (Tier 1? Tier 2?)',
      answer: 'text',
      strength: 'required',
      rule: 'R39',
    },
    {
      code: 'strategies',
      text: 'Which other strategies and interventions were tried, with what impact?',
      answer: 'text',
      strength: 'required',
      rule: 'R39',
    },
    {
      code: 'professionals',
      text: 'Which other professionals were involved, with what impact?',
      answer: 'text',
      strength: 'required',
      rule: 'R39',
    },
    {
      code: 'contributing-factors',
      text: "Which factors contribute to the student's needs?",
      answer: 'text',
      strength: 'required',
      rule: 'R39',
    },
    {
      code: 'student-voice',
      text: 'What does the student say of their own strengths, and what support would they like?',
      answer: 'text',
      strength: 'required',
      rule: 'R39',
    },
    {
      code: 'work-with-parents',
      text: 'How has the school worked with the parents, with what impact?',
      answer: 'text',
      strength: 'required',
      rule: 'R39',
    },
    {
      code: 'early-help-plan',
      text: 'Is an Early Help Assessment and Plan completed with EHAC and recorded on EHM? (essential)',
      answer: 'yes-no',
      strength: 'gate',
      rule: 'R39',
    },
    parentalConsent,
  ],
};

export const refocus2025: Programme = { ...refocus2024, year: '2025-26' };

/** The start needs a plan, and as an off-site direction a notice to the parents before it (A2, A3). */
export const refocus2026: Programme = {
  ...refocus2025,
  year: '2026-27',
  route: withPlan(refocus2025.route, { notice: true, tasks: [bespokePlan, staffTraining] }),
};
