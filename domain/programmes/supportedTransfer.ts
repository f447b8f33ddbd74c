// Supported Transfer: a term at another school of the city, for SLA schools; the student stays on the roll of the home school and goes back
// to it, or transfers for good (R11, R28, R38, R50, R75-R77).
import type { Programme, RouteStage } from '../programme';
import { wholeDays } from '../timetable';
import { earlyHelpOffer, everyApplication, parentalConsent } from './questions';
import { withPlan } from './stretches';

const fromTheAllocationOn: readonly RouteStage[] = [
  { stage: 'allocation', panel: 'headteacher-placement' },
  { stage: 'start-date', workingDays: 5 },
];

const atTheReceivingSchool = {
  stage: 'placement',
  phases: [{ title: 'At the receiving school', schoolWeeks: 12, hostDays: 5, week: wholeDays('host', 1, 2, 3, 4, 5) }],
  pathwayReview: false,
  exits: ['home-school', 'permanent-transfer'],
} as const;

export const supportedTransfer2024: Programme = {
  code: 'supported-transfer',
  year: '2024-25',
  tier: 3,
  title: 'Supported Transfer',
  access: 'sla-only',
  accessRule: 'R11',
  ages: null,
  choosesCourse: false,
  limitedPlaces: false,
  route: [
    { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
    { stage: 'panel', panel: 'review-and-authorisation' },
    { stage: 'panel', panel: 'multi-agency' },
    ...fromTheAllocationOn,
    // A term, read as Flourish's is: twelve school weeks, and no longer than the term of the start (C7, C8).
    { ...atTheReceivingSchool, withinTerm: true },
  ],
  questions: [
    ...everyApplication,
    {
      code: 'at-risk',
      text: 'Is the student at risk of permanent exclusion, and not permanently excluded already?',
      answer: 'yes-no',
      strength: 'required',
      rule: 'R76',
    },
    {
      code: 'one-off-incident',
      text: 'Is it a one-off incident that leads to this application?',
      answer: 'yes-no',
      strength: 'required',
      rule: 'R38',
    },
    {
      code: 'persistent-disruption',
      text: 'Is it persistent disruptive behaviour?',
      answer: 'yes-no',
      strength: 'required',
      rule: 'R38',
    },
    {
      code: 'same-expectations',
      text: 'Is the student able to meet the same expectations in a different school, and why?',
      answer: 'text',
      strength: 'required',
      rule: 'R38',
    },
    {
      code: 'fresh-start',
      text: 'How would the student genuinely benefit from a fresh start?',
      answer: 'text',
      strength: 'required',
      rule: 'R38',
    },
    earlyHelpOffer('R38', 'required'),
    parentalConsent,
  ],
};

/** From 2025-26 the Review & Authorisation Panel alone decides, and it is twelve weeks whatever the term (C6, C7). */
export const supportedTransfer2025: Programme = {
  ...supportedTransfer2024,
  year: '2025-26',
  route: [
    { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
    { stage: 'panel', panel: 'review-and-authorisation' },
    ...fromTheAllocationOn,
    { ...atTheReceivingSchool, withinTerm: false },
  ],
};

/** The start needs a plan, and as an off-site direction a notice to the parents before it (A2, A3). */
export const supportedTransfer2026: Programme = {
  ...supportedTransfer2025,
  year: '2026-27',
  route: withPlan(supportedTransfer2025.route, { notice: true }),
};
