// Who is told what by e-mail when something happens. The words are elsewhere: here are only codes, and never a child (A16).
import type { CaseState, Event, WaitCode } from './state';
import { hostOf } from './host';
import type { Party } from './words';

export type EmailTemplate =
  | 'application-received'
  | 'application-to-check'
  | 'programme-year-missing'
  | 'pack-returned'
  | 'pack-resubmitted'
  | 'panel-date'
  | 'went-on'
  | 'outcome'
  | 'reasons-owed'
  | 'send-the-pack'
  | 'pack-for-provider'
  | 'pack-sent'
  | 'interview-booked'
  | 'interview-missed'
  | 'confirm-start'
  | 'explore-alternatives'
  | 'provider-declined'
  | 'onboard'
  | 'start-confirmed'
  | 'review-held'
  | 'exited'
  | 'withdrawn'
  | 'closed'
  | 'reminder'
  | 'escalation';

/** One e-mail to write: a template, the party that gets it, and for a reminder what it is about. */
export interface EmailToWrite {
  readonly template: EmailTemplate;
  readonly to: Party;
  readonly about?: WaitCode;
  /** For an escalation: whom the case has been waiting for. */
  readonly of?: Party;
}

/**
 * Who is told of the events of one command.
 * @param before the case before them, null at submission
 * @param after the case after them
 */
export function emailsAfter(before: CaseState | null, events: readonly Event[], after: CaseState): EmailToWrite[] {
  return events.flatMap((event) => told(before, event, after));
}

function told(before: CaseState | null, event: Event, after: CaseState): EmailToWrite[] {
  const school: Party = `school:${after.school}`;
  const provider = (template: EmailTemplate): EmailToWrite[] => {
    const host = hostOf(after) ?? (before && hostOf(before));
    return host === null ? [] : [{ template, to: host }];
  };
  const toSchool = (template: EmailTemplate): EmailToWrite => ({ template, to: school });
  const toCap = (template: EmailTemplate): EmailToWrite => ({ template, to: 'cap' });
  switch (event.kind) {
    case 'submitted':
      return [
        toSchool('application-received'),
        toCap('application-to-check'),
        ...(event.yearWanting === null ? [] : [toCap('programme-year-missing')]),
      ];
    case 'packReturned':
      return [toSchool('pack-returned')];
    case 'packResubmitted':
      return [toCap('pack-resubmitted')];
    case 'landed':
      return event.landing === null ? [] : [toSchool('panel-date')];
    case 'meetingMoved':
      return [toSchool('panel-date')];
    case 'wentOn':
      return [toSchool('went-on')];
    case 'outcomeIssued':
      return [toSchool('outcome')];
    case 'reasonsOwed':
      return [{ template: 'reasons-owed', to: event.matter.party }];
    case 'approved':
      return after.position.stage === 'onboarding' ? provider('onboard') : [toCap('send-the-pack')];
    case 'refused':
      return [toCap('explore-alternatives')];
    case 'packSent':
      return [...provider('pack-for-provider'), toSchool('pack-sent')];
    case 'interviewBooked':
      return [toSchool('interview-booked'), ...provider('interview-booked')];
    case 'interviewMissed':
      return [toSchool('interview-missed'), toCap('interview-missed')];
    case 'providerAccepted':
    case 'onboarded':
      return [toSchool('confirm-start')];
    case 'providerDeclined':
    case 'onboardingRefused':
      return [toSchool('provider-declined'), toCap('explore-alternatives')];
    case 'startConfirmed':
      return [toSchool('start-confirmed'), ...provider('start-confirmed'), toCap('start-confirmed')];
    case 'reviewHeld':
      return [toSchool('review-held')];
    case 'exited':
      return [toSchool('exited'), ...provider('exited')];
    case 'withdrawn':
      return [toCap('withdrawn'), ...provider('withdrawn')];
    case 'closedByCap':
      return [toSchool('closed'), ...provider('closed')];
    case 'reminded':
      return [{ template: 'reminder', to: event.party, about: event.what }];
    case 'escalated':
      return [{ template: 'escalation', to: 'cap', about: event.what, of: event.party }];
    case 'packComplete':
    case 'deferred':
    case 'placeTaken':
    case 'reasonsGiven':
    case 'interviewHeld':
    case 'recalculated':
    case 'emailUndelivered':
    case 'emailSettled':
      return [];
  }
}

/** The id of an e-mail, which is also the stem of its Message-ID: one for each case, step, thing said and reader. */
export function emailId(reference: string, step: number, what: string, to: Party): string {
  return `${reference}.${String(step)}.${what}.${to.replace(':', '-')}`;
}

/** @returns the reader of an e-mail by its id, with a dash for the colon: `school-SCH-A` */
export function readerOf(id: string): string {
  return id.split('.').slice(3).join('.');
}
