// Flourish: two days a week for twelve school weeks, approved by the Review & Authorisation Panel (R62-R68).
import type { Programme } from '../programme';
import { caseWorker, earlyHelpOffer, ehcpProvision, everyApplication } from './questions';
import { withPlan } from './stretches';
import { finalReport, monitoringOfficer, mySupportPlan, termlyReport } from './tasks';

export const flourish2024: Programme = {
  code: 'flourish',
  year: '2024-25',
  tier: 2,
  title: 'Flourish',
  access: 'sla-first',
  ages: null,
  choosesCourse: false,
  limitedPlaces: false,
  route: [
    { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
    { stage: 'panel', panel: 'review-and-authorisation' },
    { stage: 'send-pack', workingDays: 2 },
    { stage: 'interview', arrangedBy: 'provider', bookingDays: 5, responseDays: 15 },
    { stage: 'start-date', workingDays: 5 },
    {
      stage: 'placement',
      phases: [{ title: 'Flourish', schoolWeeks: 12, hostDays: 2, week: null }],
      withinTerm: true,
      pathwayReview: true,
    },
  ],
  questions: [
    ...everyApplication,
    caseWorker('gate'),
    {
      code: 'review-commitment',
      text: 'Does the school commit to attend the review meetings?',
      answer: 'yes-no',
      strength: 'gate',
      rule: 'R43',
    },
    {
      code: 'curriculum-adapted',
      text: 'How has the school reviewed and adapted the curriculum or timetable? (Tier 1?)',
      answer: 'text',
      strength: 'required',
      rule: 'R37',
    },
    {
      code: 'agencies',
      text: 'Which strategies did other agencies recommend, were they implemented, with what impact?',
      answer: 'text',
      strength: 'required',
      rule: 'R37',
    },
    {
      code: 'capacity',
      text: 'How will the school create capacity to implement strategies that the programme suggests?',
      answer: 'text',
      strength: 'required',
      rule: 'R37',
    },
    ehcpProvision('R37'),
    earlyHelpOffer('R37', 'required'),
  ],
};

export const flourish2025: Programme = { ...flourish2024, year: '2025-26' };

/** The start needs a plan (A2). */
export const flourish2026: Programme = {
  ...flourish2025,
  year: '2026-27',
  route: withPlan(flourish2025.route, { tasks: [monitoringOfficer, termlyReport, finalReport, mySupportPlan] }),
};
