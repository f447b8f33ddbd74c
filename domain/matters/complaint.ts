// A formal complaint of the school about the service, beside whatever the case waits for (R121). CAP answers it by its complaints policy.
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import type { CaseState, Refusal } from '../state';
import { workingDaysAfter, type Decision } from '../take';
import type { Party } from '../words';
import type { MatterRules } from './matter';

/** Working days that CAP has. Ours: the policy is not among the documents. */
const answeringDays = 10;

export const complaint: MatterRules<'complaint'> = {
  opens: (event) => (event.kind === 'complaintMade' ? event.matter : null),
  takes: {
    answerComplaint: {
      by: () => ['cap'],
      decide: ({ matter }, { outcome }, facts) =>
        facts.texts?.includes('answer')
          ? [{ kind: 'complaintAnswered', of: matter.subject, outcome }]
          : refuse('reason-needed', 'R121', 'Write the answer, in the service.', 'answer'),
    },
  },
  ends: ({ subject }, event) => event.kind === 'complaintAnswered' && event.of === subject,
  waits: ({ matter }, calendar) => ({
    party: 'cap',
    what: 'complaint',
    due: workingDaysAfter(matter.since, answeringDays, calendar),
  }),
};

/** @returns whether the school may complain: one complaint at a time */
export function mayComplain({ matters, position }: CaseState): boolean {
  return position.stage !== 'closed' && !matters.some(({ kind }) => kind === 'complaint');
}

export function makeComplaint(facts: Facts): Decision {
  return facts.texts?.includes('complaint')
    ? [{ kind: 'complaintMade', matter: { kind: 'complaint', subject: facts.commandId, since: facts.now } }]
    : refuse('reason-needed', 'R121', 'Write the complaint, in the service.', 'complaint');
}

/** What a complaint consists of: the codes of its events, of its matter and its wait, of its e-mails. */
export const partsOfComplaint: ReadonlySet<string> = new Set([
  'complaintMade',
  'complaintAnswered',
  'complaint',
  'complaint-made',
  'complaint-answered',
]);

/** It is between the school and CAP: a host, whom it may be about, and a panel read nothing of it; auditors do. @param school its code */
export function readersOfComplaints(school: string): readonly Party[] {
  return [`school:${school}`, 'cap', 'audit'];
}

/** A case that ends would end the complaint with it: CAP answers first. @returns why it cannot end the case yet; null when it can */
export function unanswered({ matters }: CaseState): Refusal | null {
  return matters.some(({ kind }) => kind === 'complaint')
    ? refuse('not-now', 'R121', 'A complaint of the school is still unanswered, and would end with the case: answer it first.')
    : null;
}
