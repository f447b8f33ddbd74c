// What a case waits for, in words: for pages, e-mails and the Web UI.
import { programmeAt } from './programmes';
import { placementIn } from './route';
import type { WaitCode, WaitKey } from './state';
import type { ProgrammeKey } from './words';

export const waitTitles: Record<WaitCode, string> = {
  'pack-check': 'check of the pack',
  'corrected-pack': 'corrected pack',
  'panel-cycle': 'a cycle that considers this programme',
  'panel-decision': "the panel's decision",
  allocation: 'a receiving school to be allocated',
  reasons: 'the reasons of the decision',
  information: 'the information that the panel asked for',
  'pack-to-be-sent': 'the pack to be sent to a provider',
  'interview-booking': 'an interview to be booked',
  'interview-record': 'the record of the interview',
  'provider-response': "the provider's response",
  onboarding: 'the onboarding',
  'start-date': 'confirmation of the start date',
  review: 'a review meeting',
  'pathway-review': 'the pathway review',
  assessment: 'the well-being assessment',
  exit: 'the record of the exit',
  task: 'a report, plan or other task of the placement',
  notice: 'the notice to the parents',
  'asked-review': 'the review that was asked for',
  complaint: 'the answer to a complaint',
  withdrawal: 'the withdrawal to be processed',
  'change-of-day': 'the change of day to be confirmed',
  extension: 'the decision on an extension',
  alternatives: 'alternatives with the school',
  'course-place': 'a place on the course to become free',
  'called-meeting': 'the record of a meeting that was called',
  'withdrawn-agreement': 'what follows from an agreement that was withdrawn',
  'undelivered-email': 'an e-mail that could not be delivered: tell its reader in another way',
  'referral-deadline': 'the referral deadline, at which the agenda closes',
  'end-of-day': 'the end of its day',
  minutes: 'the attendance, the decisions and the signed minutes',
};

/** @returns what a case of that programme waits for, in words; a task of its placement by the title that the programme gives it */
export function titleOfWait({ what, subject }: WaitKey, programme: ProgrammeKey): string {
  const tasks = what === 'task' ? (placementIn(programmeAt(programme).route).tasks ?? []) : [];
  return tasks.find(({ code }) => code === subject)?.title ?? waitTitles[what];
}
