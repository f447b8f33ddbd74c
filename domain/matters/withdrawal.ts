// A withdrawal from a running placement: school or host asks, CAP processes it within five working days, and both sides are told (R109-R116).
import { applicantOf } from '../applicant';
import { addDays, formatDay, londonDay, type IsoDate } from '../calendar';
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import { phaseOn } from '../load';
import { refuse } from '../refusal';
import type { CaseAt, Refusal } from '../state';
import { workingDaysAfter, type Decision } from '../take';
import { areAmong, weekdaysInWords, weekdaysOn, type Weekdays } from '../timetable';
import type { Party } from '../words';
import { unanswered } from './complaint';
import { beforeThePlacement, notEntered } from './days';
import type { MatterRules } from './matter';

/** Working days that CAP has (R116). */
const processingDays = 5;

export const withdrawal: MatterRules<'withdrawal'> = {
  ofThePlacement: true,
  opens: (event) => (event.kind === 'withdrawalAsked' ? event.matter : null),
  takes: {
    processWithdrawal: {
      by: () => ['cap'],
      decide: (state, { result, enteredOn }, facts) => {
        const { matter } = state;
        if (result === 'not-withdrawn') {
          return facts.texts?.includes('why')
            ? [{ kind: 'withdrawalProcessed', matter, result }]
            : refuse('reason-needed', 'A23', 'Write why the student stays, in the service.', 'why');
        }
        const unlikely = notEntered(enteredOn, matter.since, 'R114', facts);
        if (unlikely !== null) return unlikely;
        // Until its last day the placement goes on, with its registers; then CAP records the exit.
        if (matter.from === 'days' || matter.last > londonDay(facts.now))
          return [{ kind: 'withdrawalProcessed', matter, result }];
        return (
          unanswered(state) ?? [
            { kind: 'withdrawalProcessed', matter, result },
            { kind: 'exited', destination: 'ended-early' },
          ]
        );
      },
    },
  },
  ends: ({ subject }, event) => event.kind === 'withdrawalProcessed' && event.matter.subject === subject,
  waits: ({ matter }, calendar) => ({
    party: 'cap',
    what: 'withdrawal',
    due: workingDaysAfter(matter.since, processingDays, calendar),
  }),
};

/**
 * School or host asks. The host meets CAP and the school before it does (R111); a school is encouraged to speak with the monitoring officer
 * (R112), and before the start it withdraws by itself.
 */
export function askForWithdrawal(state: CaseAt<'placement'>, body: BodyOf<'askWithdrawal'>, facts: Facts): Decision {
  const { from, last, weekdays, discussedOn } = body;
  const { start, end, host } = state.position;
  const today = londonDay(facts.now);
  const school: Party = applicantOf(state);
  const isSchool = facts.actor.parties.includes(school);
  if (facts.texts === null) {
    return refuse(
      'reason-needed',
      'R110',
      'A withdrawal needs its words, the impact among them: ask for it in the service.',
      'impact',
    );
  }
  if (isSchool && today < start) {
    return refuse('not-now', 'R109', `The placement starts on ${formatDay(start)}: before that, withdraw the application.`);
  }
  if (!isSchool && discussedOn === undefined) {
    const message = 'Meet CAP and the school first, and write the day of that meeting.';
    return refuse('wrong-value', 'R111', message, 'discussedOn');
  }
  if (discussedOn !== undefined) {
    const rule = isSchool ? 'R112' : 'R111';
    if (discussedOn > today)
      return refuse('wrong-value', rule, 'It was discussed on a day that has come, or is to be first.', 'discussedOn');
    const tooEarly = beforeThePlacement(state, discussedOn, rule, 'discussedOn');
    if (tooEarly) return tooEarly;
  }
  if (last < start || last > end) {
    const message = `The last day is one of the placement, from ${formatDay(start)} to ${formatDay(end)}.`;
    return refuse('wrong-value', 'R109', message, 'last');
  }
  const wrong = weekdays === undefined ? null : wrongDaysThatStay(state, last, weekdays, facts);
  if (wrong) return wrong;
  const by = isSchool ? school : host;
  const days = weekdays === undefined ? {} : { weekdays };
  const matter = { kind: 'withdrawal', subject: facts.commandId, by, from, last, since: facts.now, ...days } as const;
  return [{ kind: 'withdrawalAsked', matter }];
}

/** From some days of the week a student withdraws, and stays on the others: registers and the week of the student follow (R114). */
function wrongDaysThatStay(state: CaseAt<'placement'>, last: IsoDate, weekdays: Weekdays, { calendar }: Facts): Refusal | null {
  const next = addDays(last, 1);
  const phase = phaseOn(state, next, calendar);
  if (phase?.week) {
    const message = `The programme itself says on which days "${phase.title}" is: a withdrawal is from the whole placement.`;
    return refuse('wrong-value', 'R80', message, 'from');
  }
  const agreed = weekdaysOn(state.position.days ?? [], next);
  if (agreed === null || (areAmong(weekdays, agreed) && !areAmong(agreed, weekdays))) return null;
  const message = `The student is there on ${weekdaysInWords(agreed)}: name those of them that stay. Where none does, withdraw from the whole placement; for others ask for a change of day.`;
  return refuse('wrong-value', 'R114', message, 'weekdays');
}
