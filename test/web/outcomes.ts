// Outcome documents for the tests: a usual one for each decision.
import { programmeAt } from '../../domain/programmes';
import type { OutcomeDocument } from '../../web/outcome/outcomeDocument';

/** Flourish, approved at the panel's meeting of 17 December 2024. */
export const approved: OutcomeDocument = {
  reference: 'CAP-2024-7K3QX9',
  programme: programmeAt('flourish@2024-25'),
  year: '2024-25',
  expectedStart: '2025-01-13',
  school: 'Spon Gate Academy',
  panel: 'Review & Authorisation Panel',
  provider: null,
  decision: 'approved',
  meeting: '2024-12-17',
  decidedAt: '2024-12-17T15:10:00.000Z',
  takenBack: null,
  issuedAt: '2024-12-19T09:02:00.000Z',
  reasons:
    'The school has assigned a case-worker and will attend the review meetings.\n\nThe strategies that the educational psychologist recommended were tried for two terms, with some impact on attendance.\nThe panel saw the records of both terms.',
  conditions: '',
  conditionsBy: null,
  conditionsBefore: null,
  alternatives: '',
  information: '',
  nextMeeting: null,
  reconsidered: null,
  forPlace: false,
  inLine: false,
  informationBy: null,
  contact: { name: 'The CAP team', email: 'cap@example.org' },
};

export const approvedWithConditions: OutcomeDocument = {
  ...approved,
  decision: 'approved-with-conditions',
  conditionsBy: '2025-01-10',
  conditions:
    'Gain the family’s consent for Early Help and record it on EHM before the start.\n\nShare the timetable for the other three days with the training provider.',
};

export const refused: OutcomeDocument = {
  ...approved,
  expectedStart: null,
  decision: 'refused',
  reasons: 'The timetable has not been adapted yet, and no other agency has been involved.',
  alternatives: 'A Tier 1 course in construction or hair and beauty, on two days a week.\n\nAn Insight programme for well-being.',
};

export const deferred: OutcomeDocument = {
  ...approved,
  decision: 'deferred',
  reasons: 'The panel could not see what impact the strategies had.',
  information: 'A summary of the support of the last two terms and what changed.',
  nextMeeting: '2025-01-28',
  informationBy: '2025-01-27',
};

/** Refocus by the Multi-Agency Panel, outside the meeting: the route has an onboarding and no interview. */
export const onboarded: OutcomeDocument = {
  ...approved,
  programme: programmeAt('refocus@2024-25'),
  expectedStart: null,
  panel: 'Multi-Agency Panel',
  provider: 'The AP Academy',
  meeting: null,
};

export const everyOutcome = { approved, approvedWithConditions, refused, deferred, onboarded };
