// Other days of the week: school and host agree, the school asks, CAP confirms within two working days and tells both (R117-R120).
import { addDays, formatDay, londonDay, mondayOf, schoolDayFrom, type Calendar, type IsoDate } from '../calendar';
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import { overload, phaseOn, timetableOf } from '../load';
import { refuse } from '../refusal';
import type { CaseAt, Refusal } from '../state';
import { workingDaysAfter, type Decision } from '../take';
import { countDays, weekdaysOn, type AgreedDays, type DatedPhase, type Phase, type Weekdays } from '../timetable';
import { beforeThePlacement, notEntered } from './days';
import { placed, type MatterRules } from './matter';

/** Working days that CAP has (R120). */
const confirmingDays = 2;

export const changeOfDay: MatterRules<'change-of-day'> = {
  ofThePlacement: true,
  opens: (event) => (event.kind === 'changeOfDayAsked' ? event.matter : null),
  takes: {
    confirmChangeOfDay: {
      by: () => ['cap'],
      decide: (state, { result, enteredOn }, facts) => {
        const { matter } = state;
        if (result === 'not-changed') {
          return facts.texts?.includes('why')
            ? [{ kind: 'changeOfDayProcessed', matter, result }]
            : refuse('reason-needed', 'A23', 'Write why the days stay, in the service.', 'why');
        }
        const unlikely = notEntered(enteredOn, matter.since, 'R119', facts);
        if (unlikely !== null) return unlikely;
        // Another placement may have been agreed since it was asked for.
        const timetable = timetableOf(state, placed(state));
        const over = overload({ ...timetable, days: [...timetable.days, matter.days] }, facts, 'result');
        return over ?? [{ kind: 'changeOfDayProcessed', matter, result }];
      },
    },
  },
  ends: ({ subject }, event) => event.kind === 'changeOfDayProcessed' && event.matter.subject === subject,
  waits: ({ matter }, calendar) => ({
    party: 'cap',
    what: 'change-of-day',
    due: workingDaysAfter(matter.since, confirmingDays, calendar),
  }),
};

/** The school asks, with the day on which the host agreed: both must (R117, R118). */
export function askForChangeOfDay(state: CaseAt<'placement'>, body: BodyOf<'askChangeOfDay'>, facts: Facts): Decision {
  const { from, until = null, weekdays, hostAgreed } = body;
  const { start, end, days = [] } = state.position;
  const today = londonDay(facts.now);
  if (facts.texts === null) {
    return refuse('reason-needed', 'R117', 'Write what it means for the student: ask for it in the service.', 'impact');
  }
  if (hostAgreed > today)
    return refuse('wrong-value', 'R117', 'The host agrees first: write the day on which it did.', 'hostAgreed');
  const tooEarly = beforeThePlacement(state, hostAgreed, 'R117', 'hostAgreed');
  if (tooEarly) return tooEarly;
  if (from < today || from < start || from > end) {
    const message = `The days change on a day to come of the placement, which is from ${formatDay(start)} to ${formatDay(end)}.`;
    return refuse('wrong-value', 'R117', message, 'from');
  }
  if (until !== null && (until < from || until > end)) {
    const message = `They change back after a day between the change and the end of the placement, ${formatDay(end)}.`;
    return refuse('wrong-value', 'R117', message, 'until');
  }
  const wanted = { from, until, weekdays };
  if (until === null && weekdaysOn(days, from) === weekdays) {
    return refuse('nothing-changed', 'R117', 'The student is with the host on these days already.', 'weekdays');
  }
  const phase = phaseOn(state, from, facts.calendar);
  const wrong = phase && tooMany(phase, days, wanted, facts.calendar);
  if (wrong) return wrong;
  const over = overload({ ...timetableOf(state, { start, end }), days: [...days, wanted] }, facts, 'weekdays');
  if (over) return over;
  return [
    { kind: 'changeOfDayAsked', matter: { kind: 'change-of-day', subject: facts.commandId, days: wanted, since: facts.now } },
  ];
}

/** The first days of the week, agreed with the start: as many as the programme has. @returns why they cannot be; null when they can */
export function wrongFirstDays(phase: Phase, weekdays: Weekdays): Refusal | null {
  return isUsual(phase, weekdays) ? null : wrongNumber(phase, weekdays);
}

/** As many days as the programme has; where it may have one more for a time, which is Year 11, it has up to so many (R85). */
function isUsual({ week, hostDays, extraDay }: Omit<Phase, 'schoolWeeks'>, weekdays: Weekdays): boolean {
  const count = countDays(weekdays);
  return week === null && (hostDays === null || count === hostDays || (extraDay !== undefined && count < hostDays));
}

/** A programme says how many days a week there are; Year 11 has a third for twelve school weeks at most, over all changes (R87). */
function tooMany(phase: DatedPhase, before: readonly AgreedDays[], wanted: AgreedDays, calendar: Calendar): Refusal | null {
  const { hostDays, week, extraDay } = phase;
  if (isUsual(phase, wanted.weekdays)) return null;
  if (week !== null || !extraDay || hostDays === null || countDays(wanted.weekdays) > hostDays + 1)
    return wrongNumber(phase, wanted.weekdays);
  const weeks = weeksWithMore(hostDays, phase, [...before, wanted], calendar);
  if (weeks <= extraDay.schoolWeeks) return null;
  const message = `One more day is for ${String(extraDay.schoolWeeks)} school weeks of a placement at most, and this makes ${String(weeks)}: say until when.`;
  return refuse('wrong-value', 'R87', message, 'until');
}

/** The school weeks of a phase with more days than usual, by what holds on each of their days: a change takes the place of the one before it. */
function weeksWithMore(usual: number, { first, last }: DatedPhase, days: readonly AgreedDays[], calendar: Calendar): number {
  const mondays = new Set<IsoDate>();
  for (let day = schoolDayFrom(first, calendar); day !== null && day <= last; day = schoolDayFrom(addDays(day, 1), calendar)) {
    const weekdays = weekdaysOn(days, day);
    if (weekdays !== null && countDays(weekdays) > usual) mondays.add(mondayOf(day));
  }
  return mondays.size;
}

function wrongNumber({ title, week, hostDays, extraDay }: Omit<Phase, 'schoolWeeks'>, weekdays: Weekdays): Refusal {
  if (week !== null)
    return refuse('wrong-value', 'R80', `The programme itself says on which days "${title}" is: they stay.`, 'weekdays');
  const days = `${String(hostDays)} days a week`;
  const most = extraDay ? `up to ${days}, or one more for a time` : days;
  return refuse(
    'wrong-value',
    extraDay ? 'R87' : 'R117',
    `"${title}" has ${most}, and these are ${String(countDays(weekdays))}.`,
    'weekdays',
  );
}
