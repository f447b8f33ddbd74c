// The words of e-mails. They carry the reference and a link, never a name or a detail of a child (A16).
import type { EmailTemplate } from '../domain/emails';
import type { WaitCode } from '../domain/state';
import { waitTitles } from '../domain/waits';
import { roleOf, type Party } from '../domain/words';

export interface Links {
  /** Where people reach the service, without a slash at the end. */
  readonly publicUrl: string;
  /** The right side of a Message-ID. */
  readonly domain: string;
}

interface Letter {
  readonly subject: string;
  readonly lines: readonly string[];
  /** Where the link leads, beside the case itself. */
  readonly page?: 'outcome';
}

interface About {
  readonly reference: string;
  readonly template: string;
  readonly about: string | null;
  readonly of: string | null;
}

const roleTitles = { school: 'the school', panel: 'the panel chair', provider: 'the provider', cap: 'CAP' } as const;

const letters: Record<EmailTemplate, Letter> = {
  'application-received': {
    subject: 'application received',
    lines: ['Thank you. CAP has received your application and will check the pack.'],
  },
  'application-to-check': { subject: 'application to check', lines: ['A new application has come in. Please check its pack.'] },
  'programme-year-missing': {
    subject: 'programme values are missing',
    lines: [
      'This application is for an academic year whose programme values have not been entered.',
      'The latest values were used. Please check that they still hold.',
    ],
  },
  'pack-returned': {
    subject: 'pack returned for correction',
    lines: ['CAP has returned the pack. Please read the note, correct it and send it again.'],
  },
  'pack-resubmitted': { subject: 'corrected pack received', lines: ['The school has sent the corrected pack. Please check it.'] },
  'panel-date': {
    subject: 'panel date',
    lines: ['The date on which the panel considers this application is set or has changed.'],
  },
  'went-on': {
    subject: 'first panel: goes on to the Multi-Agency Panel',
    lines: ['The Review & Authorisation Panel has passed this application on to the Multi-Agency Panel, which decides.'],
  },
  outcome: {
    subject: 'panel outcome',
    lines: ['The panel has considered this application. The outcome document is ready for you.'],
    page: 'outcome',
  },
  'reasons-owed': {
    subject: 'reasons are owed',
    lines: ['A decision of yours was recorded without reasons. The outcome waits until you have written them.'],
  },
  'send-the-pack': {
    subject: 'approved: send the pack to a provider',
    lines: ['The panel has approved this application. Please choose the training provider and send it the pack.'],
  },
  'pack-for-provider': { subject: 'application pack for you', lines: ['CAP has sent you an application pack. Please read it.'] },
  'pack-sent': {
    subject: 'pack sent to the provider',
    lines: ['CAP has sent the pack to the training provider. The page of the case says who arranges the interview.'],
  },
  'interview-booked': { subject: 'interview booked', lines: ['An interview is booked or has been moved.'] },
  'interview-missed': {
    subject: 'interview missed',
    lines: ['The interview did not take place. Please see that another is booked.'],
  },
  'confirm-start': {
    subject: 'accepted: confirm the start date',
    lines: ['The place is offered. Please confirm the start date.'],
  },
  'explore-alternatives': {
    subject: 'explore alternatives',
    lines: ['This application was not accepted. Please explore alternatives with the school.'],
  },
  'provider-declined': {
    subject: 'not accepted by the provider',
    lines: ['The provider has not accepted this application. CAP will explore alternatives with you.'],
  },
  onboard: {
    subject: 'approved: start the onboarding',
    lines: ['The Multi-Agency Panel has approved this application. Please start the onboarding.'],
  },
  'start-confirmed': { subject: 'start date confirmed', lines: ['The school has confirmed the start date.'] },
  'review-held': { subject: 'review recorded', lines: ['A review meeting has been recorded.'] },
  exited: { subject: 'placement ended', lines: ['The end of the placement has been recorded.'] },
  withdrawn: { subject: 'application withdrawn', lines: ['The school has withdrawn this application.'] },
  closed: { subject: 'case closed', lines: ['CAP has closed this case. The page of the case says what was offered.'] },
  reminder: { subject: 'reminder', lines: [] },
  escalation: { subject: 'escalation', lines: [] },
};

/** @returns subject and text of an e-mail, with its link. @throws Error for a template that this release does not know */
export function write(email: About, { publicUrl }: Links): { readonly subject: string; readonly text: string } {
  const letter = letters[email.template as EmailTemplate] as Letter | undefined;
  if (!letter) throw new Error(`No letter is written for ${email.template}`);
  const lines = email.about === null ? letter.lines : dueLines(email.about as WaitCode, email.of as Party | null);
  const link = `${publicUrl}/cases/${email.reference}${letter.page ? `/${letter.page}` : ''}`;
  return {
    subject: `${email.reference}: ${letter.subject}`,
    text: [...lines, `Reference: ${email.reference}`, link, 'Coventry Alternative Provision'].join('\n\n'),
  };
}

function dueLines(about: WaitCode, of: Party | null): string[] {
  const what = waitTitles[about];
  return of === null
    ? [`This case waits for you: ${what}. Please see to it now.`]
    : [`This case still waits for ${roleTitles[roleOf(of)]}, who has been reminded: ${what}. Please see that it goes on.`];
}
