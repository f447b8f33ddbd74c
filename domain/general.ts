// Commands that every open case takes, whatever its stage: to end it before the placement starts, to complain, and what its workflow gives itself.
import {
  agreementsSaidBy,
  agreementsToGive,
  recordAgreement,
  standingAgreements,
  theirAgreements,
  withdrawAgreement,
} from './agreements';
import { applicantOf } from './applicant';
import { earliestToWrite, formatDay, londonDay, type Instant, type IsoDate } from './calendar';
import { clock } from './clock';
import type { Facts } from './facts';
import { hostOf } from './host';
import { changedDeadline, changedMeetings, lacksMeeting, landingAtLast, placementYear } from './landing';
import { takeAwaitedPlace } from './matters/coursePlace';
import { makeComplaint, mayComplain, unanswered } from './matters/complaint';
import { hasStarted } from './matters/matter';
import { nameCaseWorker, nameMonitoringOfficer } from './people';
import { takeBackCheck, takeBackDecision } from './takenBack';
import { refuse } from './refusal';
import { panelsAwaited } from './route';
import type { CaseState } from './state';
import type { Decision, Happenings, Takes } from './take';
import type { Party } from './words';

const isOpen = ({ position }: CaseState) => position.stage !== 'closed';
const notStarted = (state: CaseState, now: Instant) => !hasStarted(state, now);
/** Who has the student, or the pack. */
const hosting = (state: CaseState): Party[] => [hostOf(state) ?? []].flat();
const bySystem = (): Party[] => ['system'];

export const general: Takes<CaseState> = {
  withdraw: {
    when: isOpen,
    offered: notStarted,
    by: (state) => [applicantOf(state)],
    decide: (state, _body, facts) =>
      hasStarted(state, facts.now)
        ? refuse('not-now', 'stage', 'The placement has started: ask CAP to record how it ends.')
        : [{ kind: 'withdrawn' }],
  },
  closeCase: {
    when: isOpen,
    offered: (state, now) => notStarted(state, now) && unanswered(state) === null,
    by: () => ['cap'],
    decide: (state, _body, facts) =>
      hasStarted(state, facts.now)
        ? refuse('not-now', 'stage', 'The placement has started: record its exit.')
        : (unanswered(state) ?? [{ kind: 'closedByCap' }]),
  },
  takeBackCheck,
  takeBackDecision,
  // A concern is kept on CPOMS, by whoever has the student or interviews them too (R102, R124): here stands only that it is there, and since when (A17).
  noteCpoms: {
    when: isOpen,
    by: (state) => [applicantOf(state), ...hosting(state), 'cap'],
    decide: (state, { on }, facts) => noteCpoms(state, on, facts),
  },
  nameCaseWorker: { when: isOpen, by: (state) => [applicantOf(state)], decide: nameCaseWorker },
  nameMonitoringOfficer: { when: isOpen, by: () => ['cap'], decide: nameMonitoringOfficer },
  recordAgreement: {
    when: isOpen,
    offered: (state, _now, held) => theirAgreements(agreementsToGive(state), state, held).length > 0,
    by: agreementsSaidBy,
    decide: recordAgreement,
  },
  withdrawAgreement: {
    when: (state) => isOpen(state) && standingAgreements(state).length > 0,
    offered: (state, _now, held) => theirAgreements(standingAgreements(state), state, held).length > 0,
    by: agreementsSaidBy,
    decide: withdrawAgreement,
  },
  makeComplaint: {
    when: mayComplain,
    whyNot: ({ position }) =>
      position.stage === 'closed'
        ? refuse('not-now', 'R121', 'The case is closed: complain to CAP, by its complaints policy.')
        : refuse('not-now', 'R121', 'The complaint before is still to be answered: then another can be made.'),
    by: (state) => [applicantOf(state)],
    decide: (_state, _body, facts) => makeComplaint(facts),
  },
  clock,
  recalculate: { when: isOpen, by: bySystem, decide: (state, _body, facts) => recalculate(state, facts) },
  emailUndelivered: { by: bySystem, decide: (_state, { email }) => [{ kind: 'emailUndelivered', email }] },
};

function noteCpoms(state: CaseState, on: IsoDate, { now, calendar }: Facts): Decision {
  const today = londonDay(now);
  if (on > today) return refuse('wrong-value', 'A17', 'What is on CPOMS was recorded there today or before.', 'on');
  const earliest = earliestToWrite(placementYear(state, today, calendar));
  return on < earliest
    ? refuse('wrong-value', 'A17', `That is before ${formatDay(earliest)}, too long ago for this case: check the year.`, 'on')
    : [{ kind: 'cpomsNoted', on }];
}

/** The calendar was edited, or a place on its course has become free: a meeting or the deadline moved, a case that waited for one lands, and in any case the dates are counted anew. */
function recalculate(state: CaseState, facts: Facts): Decision {
  const ahead = panelsAwaited(state);
  const changed = changedMeetings(state.landing, ahead, londonDay(facts.now), facts.cycles);
  const [panel] = ahead;
  const next = panel && lacksMeeting(state) && changed.length === 0 ? landingAtLast(state, panel, facts.now, facts.cycles) : null;
  if (next) return [{ kind: 'landed', landing: next }];
  const agendaCloses = panel ? changedDeadline(state.landing, facts.cycles) : null;
  const moved: Happenings = [
    ...changed.map((meeting) => ({ kind: 'meetingMoved' as const, ...meeting })),
    ...(agendaCloses === null ? [] : [{ kind: 'deadlineMoved' as const, agendaCloses }]),
  ];
  const happened = [...moved, ...takeAwaitedPlace(state, facts)];
  return happened.length > 0 ? happened : [{ kind: 'recalculated' }];
}
