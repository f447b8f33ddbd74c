// Parents or the local authority ask for a review in writing; it is held, unless one took place in the ten weeks before (A4).
import { addDays, formatDay, londonDay } from '../calendar';
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import type { CaseAt } from '../state';
import { workingDaysAfter, type Decision } from '../take';
import { placed, type MatterRules } from './matter';

/** Calendar days in which a review answers for one that is asked for. */
const tenWeeks = 70;

/** Working days until it is held. Ours: the law says none. */
const holdingDays = 10;

export const askedReview: MatterRules<'asked-review'> = {
  ofThePlacement: true,
  opens: (event) => (event.kind === 'reviewAsked' ? event.matter : null),
  takes: {},
  // One that was held before those weeks and is recorded late does not answer for it.
  ends: ({ since, received }, event) =>
    event.kind === 'reviewHeld' && event.on >= addDays(received ?? londonDay(since), -tenWeeks),
  waits: (state, calendar) => ({
    party: placed(state).host,
    what: 'asked-review',
    due: workingDaysAfter(state.matter.since, holdingDays, calendar),
  }),
};

/** School, host or CAP record that it is asked for, whoever received it. */
export function askForReview(state: CaseAt<'placement'>, { by, receivedOn }: BodyOf<'askReview'>, facts: Facts): Decision {
  const { start, lastReview } = state.position;
  if (receivedOn > londonDay(facts.now)) {
    return refuse('wrong-value', 'A4', 'It is recorded on the day on which it came, or after it.', 'receivedOn');
  }
  if (receivedOn < start) {
    const message = `The placement starts on ${formatDay(start)}: there is nothing to review before it.`;
    return refuse('wrong-value', 'A4', message, 'receivedOn');
  }
  if (lastReview !== null && receivedOn <= addDays(lastReview, tenWeeks)) {
    const message = `A review took place on ${formatDay(lastReview)}, less than ten weeks before: it answers for this one. Tell who asked.`;
    return refuse('nothing-changed', 'A4', message, 'receivedOn');
  }
  const matter = { kind: 'asked-review', subject: facts.commandId, since: facts.now, received: receivedOn } as const;
  return [{ kind: 'reviewAsked', by, matter }];
}
