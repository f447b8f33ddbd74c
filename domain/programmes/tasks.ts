// What placements ask for while they run, from 2026-27 on. Each programme names its own.
import type { PlacementTask } from '../programme';

/** Tier 1 and Tier 2: every student has a monitoring officer (R96). */
export const monitoringOfficer: PlacementTask = {
  code: 'monitoring-officer',
  title: 'A monitoring officer is assigned',
  by: 'cap',
  due: 'start',
  rule: 'R96',
};

/** Tier 1 and Tier 2: a report on the student and a review meeting with the school each term (R99). */
export const termlyReport: PlacementTask = {
  code: 'termly-report',
  title: 'Report of the term, with the review meeting',
  by: 'host',
  due: 'each-term',
  rule: 'R99',
};

/** Flourish ends with a final report (R67). */
export const finalReport: PlacementTask = {
  code: 'final-report',
  title: 'Assessments and final report',
  by: 'host',
  due: 'end',
  rule: 'R67',
};

/** Flourish helps the school with the plan for the time after it (R67). */
export const mySupportPlan: PlacementTask = {
  code: 'my-support-plan',
  title: '"My Support Plan" created or updated with the school',
  by: 'host',
  due: 'end',
  rule: 'R67',
};

/** Refocus: the assessment from all sides, and the bespoke plan that comes of it (R79). The two weeks are ours. */
export const bespokePlan: PlacementTask = {
  code: 'bespoke-plan',
  title: 'Assessment and bespoke plan',
  by: 'host',
  due: { schoolWeeks: 2 },
  rule: 'R79',
};

/** Refocus: a member of the home school's staff is trained before the student comes back (R83). */
export const staffTraining: PlacementTask = {
  code: 'staff-training',
  title: 'A member of staff of the home school is trained',
  by: 'host',
  due: 'first-phase',
  rule: 'R83',
};
