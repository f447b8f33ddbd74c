// A formal complaint of the school about the service, beside whatever the case waits for (R121). CAP answers it by its complaints policy.
import { templateOf } from '../emails';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import type { CaseState, Event, Refusal } from '../state';
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

/** What a complaint consists of: the codes of its events, of its matter and its wait, of its e-mails. See `isOfComplaint` for what comes of these. */
export const partsOfComplaint: ReadonlySet<string> = new Set([
  'complaintMade',
  'complaintAnswered',
  'complaint',
  'complaint-made',
  'complaint-answered',
]);

/**
 * Whether a wait, a matter or an e-mail is of a complaint, by its code.
 * @param subject its own, where it has one: where an e-mail reached nobody, that is the id of the e-mail
 */
export function isOfComplaint(code: string, subject: string | null = null): boolean {
  return partsOfComplaint.has(code) || (subject !== null && partsOfComplaint.has(templateOf(subject)));
}

/** Whether something that happened tells of a complaint: it was made or answered, its clock ran out, or an e-mail of it reached nobody. */
export function tellsOfComplaint(event: Event): boolean {
  switch (event.kind) {
    case 'reminded':
    case 'escalated':
      return isOfComplaint(event.what, event.subject);
    case 'emailUndelivered':
    case 'emailSettled':
      return isOfComplaint(event.kind, event.email);
    default:
      return isOfComplaint(event.kind);
  }
}

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
