// Tier 4: a transitional placement that the local authority opens and places itself (R20, R47, C29). The brochure and the form leave it out: it is off
// until CAP offers it. Its length is ours, a term at most; an extension says otherwise.
import type { Programme } from '../programme';
import { everyApplication } from './questions';
import { withPlan } from './stretches';

export const tier4Of2024: Programme = {
  code: 'tier-4',
  year: '2024-25',
  tier: 4,
  title: 'Tier 4 transitional placement',
  access: 'open',
  openedBy: 'local-authority',
  offByDefault: true,
  ages: null,
  choosesCourse: false,
  limitedPlaces: false,
  noPanelWhen: 'permanently-excluded',
  route: [
    { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
    { stage: 'panel', panel: 'multi-agency' },
    { stage: 'send-pack', workingDays: 2 },
    { stage: 'start-date', workingDays: 5 },
    {
      stage: 'placement',
      phases: [{ title: 'Transitional placement', schoolWeeks: 12, hostDays: null, week: null }],
      withinTerm: true,
      pathwayReview: false,
    },
  ],
  questions: [
    ...everyApplication,
    {
      code: 'permanently-excluded',
      text: 'Is the student permanently excluded? (then no panel approves the placement)',
      answer: 'yes-no',
      strength: 'required',
      rule: 'R20',
    },
    {
      code: 'placement-reason',
      text: 'Why does the local authority place the student, and what is the next step?',
      answer: 'text',
      strength: 'required',
      rule: 'R20',
    },
    {
      code: 'early-help',
      text: 'Has the family a Child Protection or Child in Need plan, or else an offer of Early Help with an assessment and a plan?',
      answer: 'text',
      strength: 'required',
      rule: 'R47',
    },
  ],
};

export const tier4Of2025: Programme = { ...tier4Of2024, year: '2025-26' };

/** The start needs a plan (A2). No school directs the student off site: there is no notice of it. */
export const tier4Of2026: Programme = {
  ...tier4Of2025,
  year: '2026-27',
  route: withPlan(tier4Of2025.route),
};
