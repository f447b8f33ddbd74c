// Year 11 Bespoke: a course for students of Year 11 at risk of exclusion and of no place after it. The Review & Authorisation Panel decides
// alone, and the school acts on its recommendation (R31, R33, R40, R84-R86, C3).
import type { Programme } from '../programme';
import { considerations, earlyHelpOffer, everyApplication } from './questions';
import { withPlan } from './stretches';

export const year11Bespoke2024: Programme = {
  code: 'year-11-bespoke',
  year: '2024-25',
  tier: 3,
  title: 'Year 11 Bespoke',
  access: 'open',
  ages: null,
  yearGroups: ['Year 11'],
  choosesCourse: true,
  limitedPlaces: false,
  route: [
    { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
    { stage: 'panel', panel: 'review-and-authorisation' },
    { stage: 'start-date', workingDays: 5 },
    {
      stage: 'placement',
      phases: [{ title: 'Year 11 Bespoke', schoolWeeks: 'course', hostDays: 2, week: null, extraDay: { schoolWeeks: 12 } }],
      withinTerm: false,
      pathwayReview: false,
      exits: ['post-16', 'home-school', 'next-application'],
    },
  ],
  questions: [
    ...everyApplication,
    ...considerations(
      'R40',
      "How will the course enhance the student's educational journey, in particular the destination after Year 11?",
    ),
    // None is listed for it, though schools gain consent throughout Tier 3 (R46): a warning to the panel and not a gate (C27).
    earlyHelpOffer('C27', 'advisory'),
  ],
};

export const year11Bespoke2025: Programme = { ...year11Bespoke2024, year: '2025-26' };

/** The start needs a plan (A2). */
export const year11Bespoke2026: Programme = {
  ...year11Bespoke2025,
  year: '2026-27',
  route: withPlan(year11Bespoke2025.route),
};
