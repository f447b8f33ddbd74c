// Of an off-site direction the parents get notice at least two school days before it starts (A3). The home school gives it.
import { applicantOf } from '../applicant';
import { endOfLondonDay, formatDay, londonDay, schoolDaysBefore } from '../calendar';
import { refuse } from '../refusal';
import { placementOf } from '../route';
import type { MatterRules } from './matter';

/** School days that lie between the notice and the start, the day of the notice counted. */
const schoolDays = 2;

export const notice: MatterRules<'notice'> = {
  ofThePlacement: true,
  // A corrected start needs a notice of its own: the session times in the old one are wrong.
  opens: (event, state) =>
    (event.kind === 'startConfirmed' || event.kind === 'startCorrected') && placementOf(state).notice
      ? { kind: 'notice', subject: event.start }
      : null,
  takes: {
    recordNotice: {
      by: (state) => [applicantOf(state)],
      decide: ({ since }, { sentOn, laCopied }, facts) => {
        const today = londonDay(facts.now);
        const confirmed = londonDay(since);
        if (!facts.texts?.includes('notice')) {
          return refuse('reason-needed', 'A3', 'Write what the notice says, in the service.', 'notice');
        }
        if (sentOn > today) return refuse('wrong-value', 'A3', 'A notice is recorded on its day or after it.', 'sentOn');
        if (sentOn < confirmed) {
          const message = `The start was confirmed on ${formatDay(confirmed)}: a notice before it could not name it.`;
          return refuse('wrong-value', 'A3', message, 'sentOn');
        }
        if (facts.student?.ehcp && laCopied === undefined) {
          const message =
            'The student has an EHCP: the local authority has a copy of the notice. Write on which day it was sent.';
          return refuse('wrong-value', 'A3', message, 'laCopied');
        }
        return laCopied !== undefined && (laCopied > today || laCopied < confirmed)
          ? refuse(
              'wrong-value',
              'A3',
              'The local authority has its copy on a day from the confirmation of the start to today.',
              'laCopied',
            )
          : [{ kind: 'noticeSent', on: sentOn }];
      },
    },
  },
  ends: ({ subject }, event) => event.kind === 'noticeSent' || (event.kind === 'startCorrected' && event.start !== subject),
  waits: (beside, calendar) => {
    const due = endOfLondonDay(schoolDaysBefore(beside.matter.subject, schoolDays, calendar));
    return { party: applicantOf(beside), what: 'notice', due };
  },
};
