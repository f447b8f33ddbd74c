// An e-mail that nobody got is a promise at risk (R71): CAP tells its reader in another way, and records how.
import { readerOf } from '../emails';
import { refuse } from '../refusal';
import { workingDaysAfter } from '../take';
import type { MatterRules } from './matter';

export const undeliveredEmail: MatterRules<'undelivered-email'> = {
  opens: (event) =>
    // One to CAP itself opens nothing: what it would say stands among CAP's waits already, and reminding of it would never end.
    event.kind === 'emailUndelivered' && readerOf(event.email) !== 'cap'
      ? { kind: 'undelivered-email', subject: event.email, since: event.at }
      : null,
  takes: {
    settleEmail: {
      by: () => ['cap'],
      about: ({ matter }, { email }) => email === matter.subject,
      decide: ({ matter }, { email }) =>
        email === matter.subject
          ? [{ kind: 'emailSettled', email }]
          : refuse('wrong-value', 'A16', 'This e-mail of the case is not among those that could not be delivered.', 'email'),
    },
  },
  ends: ({ subject }, event) => event.kind === 'erased' || (event.kind === 'emailSettled' && event.email === subject),
  // That a case closed is what its last e-mails say.
  outlivesTheCase: true,
  waits: ({ matter }, calendar) => ({
    party: 'cap',
    what: 'undelivered-email',
    due: workingDaysAfter(matter.since, 1, calendar),
  }),
};
