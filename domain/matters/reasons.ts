// A decision that came through Temporal, where no words travel, owes its reasons: the outcome document waits for them (R72).
import { addWorkingDays, endOfLondonDay, londonDay } from '../calendar';
import { refuse } from '../refusal';
import type { Happenings } from '../take';
import type { MatterRules } from './matter';

export const reasons: MatterRules<'reasons'> = {
  opens: (event) => (event.kind === 'reasonsOwed' ? event.matter : null),
  takes: {
    giveReasons: {
      by: ({ matter }) => [matter.party],
      decide: ({ matter }, _body, facts) => {
        if (!facts.texts.includes('reasons')) return refuse('reason-needed', 'R72', 'Write the reasons.', 'reasons');
        const given: Happenings = [{ kind: 'reasonsGiven', of: matter.subject }];
        const { outcome } = matter;
        return outcome ? [...given, { kind: 'outcomeIssued', outcome: { ...outcome, command: facts.command } }] : given;
      },
    },
  },
  ends: ({ subject }, event) => event.kind === 'reasonsGiven' && event.of === subject,
  waits: ({ matter }, calendar) => {
    // The promise is to the school (R71): remind a working day before it would be broken, tell CAP on the day.
    const remind = endOfLondonDay(addWorkingDays(londonDay(matter.due), -1, calendar));
    return { party: matter.party, what: 'reasons', due: matter.due, remind, escalate: matter.due };
  },
};
