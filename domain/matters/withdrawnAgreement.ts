// An agreement was withdrawn (A13): what rests on it may have to stop, and CAP says what was done. It ends as well when it is given anew.
import { refuse } from '../refusal';
import { workingDaysAfter } from '../take';
import type { MatterRules } from './matter';

export const withdrawnAgreement: MatterRules<'withdrawn-agreement'> = {
  opens: (event) =>
    event.kind === 'agreementWithdrawn' ? { kind: 'withdrawn-agreement', subject: event.agreement, since: event.at } : null,
  takes: {
    settleAgreement: {
      by: () => ['cap'],
      about: ({ matter }, { agreement }) => agreement === matter.subject,
      decide: ({ matter }, { agreement }) =>
        agreement === matter.subject
          ? [{ kind: 'agreementSettled', agreement }]
          : refuse('wrong-value', 'A13', 'This agreement was not withdrawn, or that was seen to already.', 'agreement'),
    },
  },
  ends: ({ subject }, event) =>
    (event.kind === 'agreementSettled' || event.kind === 'agreementRecorded') && event.agreement === subject,
  waits: ({ matter }, calendar) => ({
    party: 'cap',
    what: 'withdrawn-agreement',
    due: workingDaysAfter(matter.since, 1, calendar),
  }),
};
