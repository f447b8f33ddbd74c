// Insight: a course of one day a week on a specific concern, six school weeks, six to twelve from 2025-26 (C1), processed as a Tier 1 course
// is, without a panel (R59). The provider assesses the student's well-being before and after (R61).
import type { Programme } from '../programme';
import { earlyHelpOffer, everyApplication } from './questions';

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
    { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
    { stage: 'interview', arrangedBy: 'school', bookingDays: 5, responseDays: 15 },
    { stage: 'start-date', workingDays: 5 },
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
    {
      code: 'case-worker',
      text: 'Who is the designated case-worker (significant adult) of the student?',
      answer: 'text',
      strength: 'required',
      rule: 'R43',
    },
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
    {
      code: 'ehcp-provision',
      text: 'How does the provision meet the EHCP, if there is one?',
      answer: 'text',
      strength: 'advisory',
      rule: 'R36',
    },
  ],
};

export const insight2025: Programme = { ...insight2024, year: '2025-26', courseWeeks: { from: 6, to: 12 } };
