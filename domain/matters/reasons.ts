// A decision that came through Temporal, where no words travel, owes its reasons: the outcome document waits for them (R72).
import { addWorkingDays, endOfLondonDay, londonDay } from '../calendar';
import { neededTexts, type BodyOf, type CommandKind } from '../commands';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import type { Outcome } from '../state';
import { workingDaysAfter, type Happenings } from '../take';
import type { Party } from '../words';
import type { MatterRules } from './matter';

/**
 * What a decision owes that came through Temporal: the words that it needs (A23). Nothing, when they came with it.
 * @param party who is to write them
 * @param outcome the outcome document that waits for them
 */
export function owed<K extends CommandKind>(
  kind: K,
  body: BodyOf<K>,
  facts: Facts,
  party: Party,
  outcome: Outcome | null = null,
): Happenings {
  const owes = facts.texts === null ? neededTexts(kind, body) : [];
  if (owes.length === 0) return [];
  const due = outcome?.due ?? workingDaysAfter(facts.now, 2, facts.calendar);
  return [{ kind: 'reasonsOwed', matter: { kind: 'reasons', subject: facts.commandId, party, owes, due, outcome } }];
}

export const reasons: MatterRules<'reasons'> = {
  opens: (event) => (event.kind === 'reasonsOwed' ? event.matter : null),
  takes: {
    giveReasons: {
      by: ({ matter }) => [matter.party],
      decide: ({ matter: { owes, subject, outcome } }, _body, { texts, commandId }) => {
        const missing = owes.find((name) => !texts?.includes(name));
        if (missing) return refuse('reason-needed', 'A23', `Write what is owed, in the service: ${owes.join(', ')}.`, missing);
        const foreign = texts?.find((name) => !owes.includes(name));
        if (foreign) return refuse('wrong-value', 'A23', `${foreign} is not owed: leave it out.`, foreign);
        const given: Happenings = [{ kind: 'reasonsGiven', of: subject }];
        return outcome ? [...given, { kind: 'outcomeIssued', outcome: { ...outcome, command: commandId } }] : given;
      },
    },
  },
  ends: ({ subject }, event) => (event.kind === 'reasonsGiven' || event.kind === 'decisionTakenBack') && event.of === subject,
  waits: ({ matter }, calendar) => {
    // The promise is to the school (R71): remind a working day before it would be broken, tell CAP on the day.
    const remind = endOfLondonDay(addWorkingDays(londonDay(matter.due), -1, calendar));
    return { party: matter.party, what: 'reasons', due: matter.due, remind, escalate: matter.due };
  },
};
