// The placement, from its start to its exit: a review at least every half term (A1), the pathway review, the exit (R68, R98).
import { agreements, lackingForTransfer } from '../agreements';
import { applicantOf } from '../applicant';
import {
  academicYearOf,
  addDays,
  addWorkingDays,
  endOfLondonDay,
  formatDay,
  londonDay,
  nextReviewDue,
  type IsoDate,
} from '../calendar';
import type { Facts } from '../facts';
import { exitsOf } from '../programme';
import { placementOf, routeStage } from '../route';
import { refuse } from '../refusal';
import { firstSession } from '../load';
import type { CaseState, Destination, Refusal } from '../state';
import { yearGroupOf } from '../student';
import { askForReview } from '../matters/askedReview';
import { callers, callMeeting } from '../matters/calledMeeting';
import { askForChangeOfDay } from '../matters/changeOfDay';
import { unanswered } from '../matters/complaint';
import { askForExtension, mayAskExtension } from '../matters/extension';
import { hasStarted, placed } from '../matters/matter';
import { askForWithdrawal } from '../matters/withdrawal';
import { movesAfterAll, untilTheFirstSession } from './notAfterAll';
import { correctStart } from './startDate';
import type { CaseAt, Stage } from './stage';
import { yearGroups } from '../words';
import { isReviewCalled } from '../called';

/** Where it stands that a programme leads there. */
const exitRules: Record<Destination, string> = {
  'home-school': 'R2',
  'next-application': 'R68',
  'permanent-transfer': 'R77',
  'post-16': 'R40',
};

/** @returns where a placement may lead on that day, as its programme has it; beyond Year 11 on its last day only (R40) */
export function exitsOn(state: CaseState, day: IsoDate): (Destination | 'ended-early')[] {
  const { end } = placed(state);
  return [...exitsOf(placementOf(state)).filter((exit) => exit !== 'post-16' || day >= end), 'ended-early'];
}

/** What is asked for once at a time, and why a second of it waits. */
const asked = {
  'asked-review': { rule: 'A4', message: 'A review that was asked for is still to be held: it answers for this one too.' },
  withdrawal: {
    rule: 'R114',
    message: 'A withdrawal is asked for already: once CAP has processed it, or said why the student stays, another can be.',
  },
  'change-of-day': {
    rule: 'R119',
    message: 'A change of day is asked for already: once CAP has confirmed it, or said why the days stay, another can be.',
  },
  extension: { rule: 'A24', message: 'An extension is asked for already: once CAP has decided on it, another can be.' },
} as const;

/** @returns that one of its kind is asked for already; null where none is */
function alreadyAsked({ matters }: CaseState, kind: keyof typeof asked): Refusal | null {
  const { rule, message } = asked[kind];
  return matters.some((open) => open.kind === kind) ? refuse('not-now', rule, message) : null;
}

/** A second one of its kind is not taken, and why. */
const onceAtATime = (kind: keyof typeof asked) => ({
  when: (state: CaseState) => alreadyAsked(state, kind) === null,
  whyNot: (state: CaseState) => alreadyAsked(state, kind),
});

/** Beyond Year 11 leads a placement that has come to its last day, and a student who is of Year 11 in its year, or above (R40, R85). */
function notBeyondYear11({ position }: CaseAt<'placement'>, { now, student }: Facts): Refusal | null {
  const { end } = position;
  if (londonDay(now) < end) {
    const message = `The placement runs to ${formatDay(end)}: if the student leaves before, record that it ended early.`;
    return refuse('wrong-value', 'R40', message, 'destination');
  }
  const year = academicYearOf(end);
  const yearGroup = student && yearGroupOf(student.dateOfBirth, year, student.yearsAbove);
  if (yearGroup === null || yearGroups.indexOf(yearGroup) >= yearGroups.indexOf('Year 11')) return null;
  const message = `In ${year} this student is in ${yearGroup}: a destination after Year 11 comes later.`;
  return refuse('wrong-value', 'R40', message, 'destination');
}

export const placement: Stage<'placement'> = {
  enter: (_stage, { reference, position }, event) => {
    if (position.stage !== 'start-date' || event.kind !== 'startConfirmed')
      throw new Error(`${reference} comes to a placement without a start`);
    const { host } = position;
    const { start, end, schoolWeeks, weekdays } = event;
    const days = weekdays === undefined ? {} : { days: [{ from: null, until: null, weekdays }] };
    return { stage: 'placement', host, start, end, schoolWeeks, lastReview: null, pathwayReviewed: false, ...days };
  },
  takes: {
    correctStart: {
      when: ({ position }) => !position.withdrawn,
      offered: (state, now) => londonDay(now) < firstSession(state, null),
      by: (state) => [applicantOf(state)],
      decide: correctStart,
    },
    ...untilTheFirstSession,
    askExtension: {
      when: (state) => mayAskExtension(state) && !state.position.withdrawn,
      whyNot: (state) => (state.position.withdrawn ? null : alreadyAsked(state, 'extension')),
      by: (state) => [applicantOf(state), state.position.host],
      decide: askForExtension,
    },
    callMeeting: { by: callers, decide: callMeeting },
    askReview: {
      ...onceAtATime('asked-review'),
      offered: hasStarted,
      by: (state) => [applicantOf(state), state.position.host, 'cap'],
      decide: askForReview,
    },
    askWithdrawal: {
      ...onceAtATime('withdrawal'),
      // Until the start the school withdraws by itself.
      offered: (state, now, held) => hasStarted(state, now) || !held.includes(applicantOf(state)),
      by: (state) => [applicantOf(state), state.position.host],
      decide: askForWithdrawal,
    },
    askChangeOfDay: {
      ...onceAtATime('change-of-day'),
      by: (state) => [applicantOf(state)],
      offered: ({ position }, now) => londonDay(now) < position.end,
      decide: askForChangeOfDay,
    },
    holdReview: {
      offered: hasStarted,
      by: ({ position }) => [position.host, 'cap'],
      decide: (state, { on, review }, facts) => {
        const { start, lastReview, pathwayReviewed } = state.position;
        if (on > londonDay(facts.now)) return refuse('wrong-value', 'A1', 'A review is recorded on its day or after it.', 'on');
        if (on < start)
          return refuse('wrong-value', 'A1', `The placement starts on ${formatDay(start)}: no review was held before it.`, 'on');
        if (lastReview !== null && on < lastReview) {
          return refuse(
            'wrong-value',
            'A1',
            `The last review was on ${formatDay(lastReview)}: record reviews in their order.`,
            'on',
          );
        }
        if (review === 'pathway-review' && !routeStage(state, 'placement').pathwayReview) {
          return refuse('wrong-value', 'R68', 'This programme has no pathway review.', 'review');
        }
        if (review === 'pathway-review' && pathwayReviewed) {
          return refuse('nothing-changed', 'R68', 'The pathway review is recorded already.', 'review');
        }
        if (review === 'review' && on === lastReview && !isReviewCalled(state)) {
          const message = `A review of ${formatDay(on)} is recorded already, with its summary.`;
          return refuse('nothing-changed', 'A1', message, 'on');
        }
        return [{ kind: 'reviewHeld', on, review }];
      },
    },
    recordExit: {
      offered: (state, now) => hasStarted(state, now) && unanswered(state) === null,
      by: () => ['cap'],
      decide: (state, { destination }, facts) => {
        const { start, pathwayReviewed } = state.position;
        if (londonDay(facts.now) < start) {
          return refuse(
            'wrong-value',
            'R68',
            `The placement starts on ${formatDay(start)}: before that, the school withdraws.`,
            'destination',
          );
        }
        const exits = exitsOf(routeStage(state, 'placement'));
        if (destination !== 'ended-early' && !exits.includes(destination)) {
          const message = `This programme does not lead there: choose one of ${[...exits, 'ended-early'].join(', ')}.`;
          return refuse('wrong-value', exitRules[destination], message, 'destination');
        }
        const tooEarly = destination === 'post-16' ? notBeyondYear11(state, facts) : null;
        if (tooEarly) return tooEarly;
        const lacking = destination === 'permanent-transfer' ? lackingForTransfer(state) : null;
        if (lacking) {
          const message = `A transfer is permanent when parents and both schools agree. Not recorded yet: "${agreements[lacking].title}".`;
          return refuse('wrong-value', 'A6', message, 'destination');
        }
        if (destination !== 'ended-early' && routeStage(state, 'placement').pathwayReview && !pathwayReviewed) {
          return refuse('wrong-value', 'R68', 'The pathway review comes before the exit: record it first.', 'destination');
        }
        if (destination !== 'ended-early' && state.matters.some(({ kind }) => kind === 'assessment')) {
          const message = 'The well-being assessments come before the exit: record them first.';
          return refuse('wrong-value', 'R61', message, 'destination');
        }
        const task = placementOf(state).tasks?.find(({ code }) =>
          state.matters.some((open) => open.kind === 'task' && open.subject === code),
        );
        if (destination !== 'ended-early' && task) {
          const message = `"${task.title}" comes before the exit: record it first.`;
          return refuse('wrong-value', task.rule, message, 'destination');
        }
        return unanswered(state) ?? [{ kind: 'exited', destination }];
      },
    },
  },
  moves: {
    ...movesAfterAll,
    startCorrected: ({ position }, { start, end, schoolWeeks }) => ({ ...position, start, end, schoolWeeks }),
    reviewHeld: ({ position }, { on, review }) => ({
      ...position,
      lastReview: on,
      pathwayReviewed: position.pathwayReviewed || review === 'pathway-review',
    }),
    changeOfDayProcessed: ({ position }, { matter, result }) =>
      result === 'confirmed' ? { ...position, days: [...(position.days ?? []), matter.days] } : position,
    withdrawalProcessed: ({ position }, { matter, result }) => {
      const { from, last, weekdays } = matter;
      if (result !== 'processed') return position;
      if (from === 'placement') return { ...position, end: last, withdrawn: true };
      return weekdays === undefined
        ? position
        : { ...position, days: [...(position.days ?? []), { from: addDays(last, 1), until: null, weekdays }] };
    },
    extensionDecided: ({ position }, { end, schoolWeeks }) =>
      end === null || schoolWeeks === null ? position : { ...position, end, schoolWeeks, extendedTo: end },
    exited: ({ position }, { destination }) => ({
      stage: 'closed',
      because: destination,
      host: position.host,
      start: position.start,
      end: position.end,
      ...(position.days ? { days: position.days } : {}),
    }),
  },
  waits: (state, calendar) => {
    const { position } = state;
    const next = nextReviewDue(calendar, position);
    const withPathway = routeStage(state, 'placement').pathwayReview;
    if (next !== null && (!withPathway || next < position.end)) {
      const due = endOfLondonDay(next);
      // A review takes some arranging: remind a school week before it is due, and tell CAP on the day.
      const remind = endOfLondonDay(addWorkingDays(next, -5, calendar));
      return { party: position.host, what: 'review', due, remind, escalate: due };
    }
    const due = endOfLondonDay(position.end);
    if (withPathway && !position.pathwayReviewed && !position.withdrawn) {
      const remind = endOfLondonDay(addWorkingDays(position.end, -5, calendar));
      return { party: 'cap', what: 'pathway-review', due, remind, escalate: due };
    }
    return { party: 'cap', what: 'exit', due };
  },
};
