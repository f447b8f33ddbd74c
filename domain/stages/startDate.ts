// The school confirms the start date (R57, R65), and corrects it while the first session lies ahead (A24). A start in another term needs a
// place there (R13).
import { applicantOf } from '../applicant';
import { ofTheSchool } from '../application';
import { academicYearOf, addDays, formatDay, londonDay, placementDates, schoolWeeksFrom, type IsoDate } from '../calendar';
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import { isRefusal, refuse } from '../refusal';
import { lapsedCheck } from '../checks';
import { hostAfter, hostOf } from '../host';
import { firstSession, overload, timetableOf } from '../load';
import { wrongFirstDays } from '../matters/changeOfDay';
import { programmeAt } from '../programmes';
import { placementOf, routeStage } from '../route';
import type { CaseState, EventOf, Refusal } from '../state';
import { workingDaysAfter, type Decision } from '../take';
import { weeksOf } from '../timetable';
import type { Weekdays } from '../timetable';
import { movesAfterAll, notAfterAll, otherwiseThanThere } from './notAfterAll';
import { outsideItsYearGroup, takePlace } from './panel';
import type { CaseAt, Stage } from './stage';

/** Why no start is confirmed yet. */
export const inLineForAPlace =
  'The course is full, and the case is in line for a place: you are told when it has one. CAP can send the pack elsewhere.';

export const startDate: Stage<'start-date'> = {
  enter: (_stage, state, event) => ({ stage: 'start-date', host: hostAfter(state, event) }),
  takes: {
    confirmStart: {
      by: (state) => [applicantOf(state)],
      offered: (state) => !state.coursePlace?.waiting,
      decide: (state, body, facts) => {
        if (state.coursePlace?.waiting) {
          return refuse('no-place', 'A9', inLineForAPlace);
        }
        const { since, rule, why } = offeredSince(state);
        if (body.start < londonDay(since)) {
          return refuse('wrong-value', rule, `A start is on or after ${formatDay(londonDay(since))}, ${why}.`, 'start');
        }
        return confirmed(state, body, facts);
      },
    },
    ...notAfterAll,
  },
  moves: {
    startConfirmed: () => 'next-stage',
    ...movesAfterAll,
  },
  waits: (state, calendar) =>
    state.coursePlace?.waiting
      ? null
      : {
          party: applicantOf(state),
          what: 'start-date',
          due: workingDaysAfter(offeredSince(state).since, routeStage(state, 'start-date').workingDays, calendar),
        },
};

/** From when a start can be confirmed: from when it was agreed, and of a case that stood in line from when it has its place (A9). */
function offeredSince({ since, coursePlace }: CaseState) {
  return coursePlace && coursePlace.since > since
    ? { since: coursePlace.since, rule: 'A9', why: 'the day on which a place on the course became free' }
    : { since, rule: 'R57', why: 'the day it was agreed' };
}

/** The start, with the days of the week where they are agreed already. */
function confirmed(state: CaseState, wanted: BodyOf<'confirmStart'>, facts: Facts): Decision {
  const { weekdays } = wanted;
  const missing = missingPlan(state, weekdays, facts);
  if (missing) return missing;
  const decision = starts('startConfirmed', state, wanted, facts);
  if (isRefusal(decision) || weekdays === undefined) return decision;
  const [phase] = placementOf(state).phases;
  const wrong = phase && wrongFirstDays(phase, weekdays);
  return wrong ?? decision.map((each) => (each.kind === 'startConfirmed' ? { ...each, weekdays } : each));
}

/** The words of a plan (A2). */
export const planTexts = ['objectives', 'measures', 'reintegration'] as const;

/** @returns whether the plan must say on which days of the week the student is with the host: where the programme does not (A2, R80) */
export const planSaysDays = (state: CaseState): boolean => placementOf(state).phases[0]?.week === null;

/** A placement cannot start without a plan: objectives, measures, timetable and the way back; the next review follows from A1 (A2). */
function missingPlan(state: CaseState, weekdays: Weekdays | undefined, { texts }: Facts): Refusal | null {
  if (!placementOf(state).plan) return null;
  const missing = planTexts.find((name) => !texts?.includes(name));
  if (missing) return refuse('reason-needed', 'A2', 'A placement starts with a plan: write it, in the service.', missing);
  return weekdays === undefined && planSaysDays(state)
    ? refuse('wrong-value', 'A2', 'The plan says on which days of the week the student is with the host.', 'weekdays')
    : null;
}

interface WantedStart {
  readonly start: IsoDate;
  /** Whether the school knows that the end of the term shortens the placement. */
  readonly shortened?: boolean;
  /** The days of the week, where they are agreed with the start. */
  readonly weekdays?: Weekdays;
}

/** The school corrects a start before it comes, and with a reason while the first session with the host lies ahead (A24). */
export function correctStart(state: CaseAt<'placement'>, body: WantedStart, facts: Facts): Decision {
  const { start } = state.position;
  const today = londonDay(facts.now);
  const first = firstSession(state, facts.calendar);
  if (today >= first) {
    const message = `The first session was on ${formatDay(first)}: the start stands. Ask CAP to record what changes from now on.`;
    return refuse('not-now', 'A24', message);
  }
  if (today >= start && !facts.texts?.includes('reason')) {
    return refuse('reason-needed', 'A24', `The start of ${formatDay(start)} has come: write why it is corrected now.`, 'reason');
  }
  if (body.start === start) return refuse('nothing-changed', 'A24', 'The placement starts on that day already.', 'start');
  if (body.start < today) return refuse('wrong-value', 'A24', 'A corrected start lies ahead.', 'start');
  return starts('startCorrected', state, body, facts);
}

/** The start, with the end that follows from it in school weeks (C8, C9), and the place that it takes. */
function starts(kind: 'startConfirmed' | 'startCorrected', state: CaseState, wanted: WantedStart, facts: Facts): Decision {
  const dates = datesFrom(state, wanted, facts);
  if (isRefusal(dates)) return dates;
  const { weekdays } = wanted;
  const timetable = timetableOf(state, dates);
  const agreed = weekdays === undefined ? timetable.days : [{ from: null, until: null, weekdays }];
  const ofItsYear = withoutAgreement(state, wanted.start, facts) ?? outsideItsYearGroup(state, wanted.start, facts, otherStart);
  if (ofItsYear) return ofItsYear;
  const lapsed = hostOf(state) && lapsedCheck(facts.checks, wanted.start, 'start', otherwiseThanThere(state));
  if (lapsed) return lapsed;
  const over = overload({ ...timetable, days: agreed }, facts, weekdays === undefined ? 'start' : 'weekdays');
  if (over) return over;
  const place = takePlace(state, wanted.start, facts, { todo: 'choose a start in another term, or ask CAP', field: 'start' });
  return isRefusal(place) ? place : [{ kind, ...dates }, ...place];
}

/** The SLA that a programme needs is that of the year of the start: one that moves into another year asks for that year's (R11, R12). */
function withoutAgreement(state: CaseState, start: IsoDate, { slas }: Facts): Refusal | null {
  const intended = { programme: programmeAt(state.programme), year: academicYearOf(start) };
  const [problem] = ofTheSchool(intended, slas, 'choose a start in a year for which the school has one');
  return problem ? refuse('wrong-value', problem.rule, problem.message, 'start') : null;
}

/** An application may wait over the summer, until its student has left the year group of the programme (R85). */
const otherStart = {
  todo: ': choose an earlier start, or withdraw the application and ask CAP for another programme',
  field: 'start',
};

type Dates = Pick<EventOf<'startConfirmed'>, 'start' | 'end' | 'schoolWeeks'>;

/** The days that follow from a start. What CAP extended stays: the placement goes on to the day that it decided, unless its own weeks end later. */
function datesFrom(state: CaseState, { start, shortened = false }: WantedStart, facts: Facts): Refusal | Dates {
  if (start > addDays(londonDay(facts.now), 366)) {
    return refuse('wrong-value', 'R57', 'A start is confirmed for the year ahead, not later.', 'start');
  }
  const { phases, withinTerm } = placementOf(state);
  const wanted = weeksOf(phases, state.course?.schoolWeeks ?? null);
  const dates = placementDates(start, wanted, { withinTerm }, facts.calendar);
  if ('message' in dates) return refuse('wrong-value', dates.rule, dates.message, 'start');
  const extendedTo = state.position.stage === 'placement' ? (state.position.extendedTo ?? '') : '';
  if (extendedTo > dates.end) {
    return { start, end: extendedTo, schoolWeeks: schoolWeeksFrom(start, extendedTo, facts.calendar) };
  }
  const { end, weeks, clipped } = dates;
  if (clipped && !shortened) {
    const message = `The term ends on ${formatDay(end)}: the placement would have ${String(weeks)} of its ${String(wanted)} school weeks. Choose an earlier start, or say that this is agreed.`;
    return refuse('wrong-value', 'C8', message, 'shortened');
  }
  return { start, end, schoolWeeks: weeks };
}
