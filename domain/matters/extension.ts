// A placement goes on for longer: school or host asks with the other's agreement, CAP decides. Ours: the documents name no extension.
import { formatDay, isSchoolDay, londonDay, schoolWeeksFrom } from '../calendar';
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import { overload, timetableOf } from '../load';
import { refuse } from '../refusal';
import type { CaseAt, CaseState } from '../state';
import { workingDaysAfter, type Decision } from '../take';
import { beforeThePlacement } from './days';
import { placed, type MatterRules } from './matter';

/** Working days that CAP has. */
const decidingDays = 5;

export const extension: MatterRules<'extension'> = {
  ofThePlacement: true,
  opens: (event) => (event.kind === 'extensionAsked' ? event.matter : null),
  takes: {
    decideExtension: {
      by: () => ['cap'],
      decide: (state, { result }, facts) => {
        const { matter } = state;
        if (!facts.texts?.includes('reasons')) {
          return refuse('reason-needed', 'A23', 'Write the reasons, in the service.', 'reasons');
        }
        if (result === 'not-extended') {
          return [{ kind: 'extensionDecided', of: matter.subject, end: null, schoolWeeks: null }];
        }
        const { start, end, withdrawn } = placed(state);
        if (withdrawn || matter.end <= end) {
          const message = `By what was recorded since, the placement ends on ${formatDay(end)}: record that it is not extended.`;
          return refuse('wrong-value', 'ours', message, 'result');
        }
        // Another placement may have been agreed since it was asked for.
        const over = overload(timetableOf(state, { start, end: matter.end }), facts, 'result');
        const schoolWeeks = schoolWeeksFrom(start, matter.end, facts.calendar);
        return over ?? [{ kind: 'extensionDecided', of: matter.subject, end: matter.end, schoolWeeks }];
      },
    },
  },
  ends: ({ subject }, event) => event.kind === 'extensionDecided' && event.of === subject,
  waits: ({ matter }, calendar) => ({
    party: 'cap',
    what: 'extension',
    due: workingDaysAfter(matter.since, decidingDays, calendar),
  }),
};

/** @returns whether an extension may be asked for: one at a time */
export function mayAskExtension({ matters }: CaseState): boolean {
  return !matters.some(({ kind }) => kind === 'extension');
}

/** Whoever asks says on which day the other side agreed. */
export function askForExtension(state: CaseAt<'placement'>, body: BodyOf<'askExtension'>, facts: Facts): Decision {
  const { end, otherAgreed } = body;
  const { position } = state;
  if (!facts.texts?.includes('reason')) {
    return refuse('reason-needed', 'A23', 'Write why the placement should go on, in the service.', 'reason');
  }
  if (otherAgreed > londonDay(facts.now)) {
    return refuse('wrong-value', 'ours', 'The other side agrees first: write the day on which it did.', 'otherAgreed');
  }
  const tooEarly = beforeThePlacement(state, otherAgreed, 'ours', 'otherAgreed');
  if (tooEarly) return tooEarly;
  if (end <= position.end) {
    return refuse('wrong-value', 'ours', `It ends on ${formatDay(position.end)} now: an extension ends later.`, 'end');
  }
  if (!isSchoolDay(end, facts.calendar)) {
    return refuse('wrong-value', 'A24', `${formatDay(end)} is no school day of a term that is known: choose one.`, 'end');
  }
  const over = overload(timetableOf(state, { start: position.start, end }), facts, 'end');
  return over ?? [{ kind: 'extensionAsked', matter: { kind: 'extension', subject: facts.commandId, end, since: facts.now } }];
}
