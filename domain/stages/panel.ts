// A panel considers the application (R62, R70, R73): it approves, approves with conditions, refuses, or defers to its next meeting (A8).
import { ofYearGroup } from '../application';
import { academicYearOf, addDays, formatDay, londonDay, outcomeDue, termOf, type IsoDate } from '../calendar';
import { personCommands, type BodyOf } from '../commands';
import type { Facts } from '../facts';
import { dayOfDecision, deferral } from '../landing';
import { takeCoursePlace } from '../matters/coursePlace';
import { owed } from '../matters/reasons';
import { programmeAt } from '../programmes';
import { isRefusal, refuse } from '../refusal';
import { decidingPanelsOf, routeAhead } from '../route';
import type { CaseState, Outcome, Refusal } from '../state';
import type { Decision, Happenings } from '../take';
import type { PlaceTerm } from '../words';
import { decidedBy, landedMeeting, meetingOf, movesOfItsMeeting, tooEarly, waitsForItsMeeting } from './beforeAPanel';
import type { CaseAt, Stage } from './stage';

export const panel: Stage<'panel'> = {
  enter: (stage, state) => ({ stage: 'panel', panel: stage.panel, meeting: landedMeeting(state, stage.panel) }),
  takes: {
    panelDecision: {
      by: (state) => [`panel:${state.position.panel}`],
      decide: (state, body, facts) => {
        const { outcome, outsideMeeting = false, conditionsBy } = body;
        const untimely = tooEarly(state.position, outsideMeeting, facts);
        if (untimely) return untimely;
        if (conditionsBy !== undefined && !isToCome(conditionsBy, facts)) {
          return refuse('wrong-value', 'A23', 'Conditions are met by a day to come, within a year.', 'conditionsBy');
        }
        switch (outcome) {
          case 'approve':
          case 'approve-with-conditions':
            return approve(state, body, facts);
          case 'refuse':
            return [{ kind: 'refused', ...decided(state, outsideMeeting, facts) }, ...issue(state, 'refused', body, facts)];
          case 'wait-for-place': {
            const place = takePlace(state, intended(state, facts), facts);
            if (!isRefusal(place)) return hasPlace(state);
            return defer(state, body, facts);
          }
          case 'defer':
            return defer(state, body, facts);
        }
      },
    },
  },
  moves: {
    approved: () => 'next-stage',
    wentOn: () => 'next-stage',
    refused: () => ({ stage: 'alternatives', because: 'refused', declinedBy: null }),
    ...movesOfItsMeeting,
  },
  waits: (state, calendar) => waitsForItsMeeting(state, 'panel-decision', calendar),
};

/** @returns what a panel may decide on a case: until a place is free it is deferred where places are limited alone (R13) */
export function decisionsOn({ programme }: CaseState): string[] {
  const all = personCommands.panelDecision.fields.outcome.values;
  return all.filter((each) => each !== 'wait-for-place' || programmeAt(programme).limitedPlaces);
}

function isToCome(day: IsoDate, { now }: Facts): boolean {
  const today = londonDay(now);
  return day >= today && day <= addDays(today, 366);
}

/** To the panel's next meeting (A8): for what it asks for, or until a place is free (R13). */
function defer(state: CaseAt<'panel'>, body: BodyOf<'panelDecision'>, facts: Facts): Happenings {
  const to = deferral(state, state.position.panel, dayOfDecision(facts.now, meetingOf(state, facts)), facts.cycles);
  return [
    { kind: 'deferred', ...decided(state, body.outsideMeeting ?? false, facts), landing: to },
    ...issue(state, 'deferred', body, facts),
  ];
}

function hasPlace({ programme }: CaseState): Refusal {
  const message = programmeAt(programme).limitedPlaces
    ? 'A place is left: approve it, or defer it for the information that is missing.'
    : 'The places of this programme have no limit: none has to become free.';
  return refuse('wrong-value', 'R13', message, 'outcome');
}

/** The day of the start as far as it is known: its term is the one in which a place is taken. */
function intended({ landing }: CaseState, { now }: Facts): IsoDate {
  return landing?.cohort ?? londonDay(now);
}

/** An application that waited over the summer may be for a student who has left the year group by now: approved, it would wait for a start for ever (R85). */
const refuseIt = { todo: ': no start can be confirmed, so refuse it, with alternatives', field: 'outcome' };

/**
 * A programme for a year group starts in the year in which the student is in it (R85).
 * @param start the day on which it would
 * @param otherwise what whoever wants it can do, and which field it is said at
 * @returns why it cannot start then; null where it can, or where no rule looks at the student
 */
export function outsideItsYearGroup(
  { programme }: Pick<CaseState, 'programme'>,
  start: IsoDate,
  { student }: Facts,
  otherwise: { readonly todo: string; readonly field: string },
): Refusal | null {
  const [problem] = student ? ofYearGroup(student, programmeAt(programme), academicYearOf(start), otherwise.todo) : [];
  return problem ? refuse('wrong-value', problem.rule, problem.message, otherwise.field) : null;
}

function approve(state: CaseAt<'panel'>, body: BodyOf<'panelDecision'>, facts: Facts): Decision {
  const { panel: code } = state.position;
  const { outsideMeeting = false } = body;
  const conditions = body.outcome === 'approve-with-conditions';
  const tooLate = outsideItsYearGroup(state, intended(state, facts), facts, refuseIt);
  if (tooLate) return tooLate;
  const decision = { conditions, ...decided(state, outsideMeeting, facts) };
  // Quality assurance sends no outcome document: the case goes on to the second panel, and the school is told so (R71, R73).
  if (decidingPanelsOf(routeAhead(state)).length > 1) {
    return [{ kind: 'wentOn', ...decision }, ...owed('panelDecision', body, facts, `panel:${code}`)];
  }
  const place = takePlace(state, intended(state, facts), facts);
  if (isRefusal(place)) return place;
  return [
    { kind: 'approved', ...decision },
    ...place,
    ...sendOn(state, facts),
    ...issue(state, conditions ? 'approved-with-conditions' : 'approved', body, facts),
  ];
}

/**
 * Takes a place in the term of the start, if the programme's places are limited (R13): 25 a term and 75 a year (C12).
 * A case that already has a place in that term keeps it.
 * @param otherwise what whoever wants it can do where none is left, and which field says for when: of a panel, unless said
 */
export function takePlace(
  state: Pick<CaseAt<'panel'>, 'programme' | 'place'>,
  start: IsoDate,
  facts: Facts,
  otherwise: { readonly todo: string; readonly field?: string } = { todo: 'defer it until one is free, or refuse it' },
): Decision {
  if (!programmeAt(state.programme).limitedPlaces) return [];
  const term = termOf(start, facts.calendar);
  if (!term)
    return refuse('no-place', 'R13', `No term is known on ${formatDay(start)}: CAP must enter the term dates first.`, 'start');
  const wanted: PlaceTerm = { academicYear: term.academicYear, term: term.term };
  const had = state.place;
  if (had && had.academicYear === wanted.academicYear && had.term === wanted.term) return [];
  const left = facts.places.find((each) => each.academicYear === wanted.academicYear && each.term === wanted.term);
  const inYear = (left?.inYear ?? 0) + (had?.academicYear === wanted.academicYear ? 1 : 0);
  if (!left || left.inTerm < 1 || inYear < 1) {
    return refuse(
      'no-place',
      'R13',
      `No place is left in the ${wanted.term} term of ${wanted.academicYear}: ${otherwise.todo}.`,
      otherwise.field,
    );
  }
  return [{ kind: 'placeTaken', place: wanted }];
}

/** What every decision says beside its outcome. */
function decided(state: CaseAt<'panel'>, outsideMeeting: boolean, facts: Facts) {
  return decidedBy(state.position.panel, outsideMeeting, meetingOf(state, facts), facts);
}

/** Where the route gives the pack to the provider of the course and no interview comes between, it is sent with the approval (R84). */
function sendOn(state: CaseState, facts: Facts): Happenings {
  const [, next] = routeAhead(state);
  return next?.stage === 'start-date' && state.course
    ? [{ kind: 'packSent', host: `provider:${state.course.provider}`, course: null }, ...takeCoursePlace(state, facts)]
    : [];
}

/** The outcome document goes out when its words are there (R72); a decision without them leaves them owed. */
function issue(state: CaseAt<'panel'>, decision: Outcome['decision'], body: BodyOf<'panelDecision'>, facts: Facts): Happenings {
  const { panel: code } = state.position;
  const meeting = body.outsideMeeting ? null : meetingOf(state, facts);
  const due = outcomeDue(meeting?.day ?? londonDay(facts.now), facts.calendar);
  const forPlace = body.outcome === 'wait-for-place' ? { forPlace: true as const } : {};
  const outcome: Outcome = { panel: code, decision, command: facts.commandId, due, ...forPlace };
  const owing = owed('panelDecision', body, facts, `panel:${code}`, outcome);
  return owing.length > 0 ? owing : [{ kind: 'outcomeIssued', outcome }];
}
