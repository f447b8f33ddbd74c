// A host was found, and does not take the student after all (A10, C30): who has accepted says so, and what led to a host without asking it is put
// right by CAP. It is possible until the start is confirmed, and then while the first session lies ahead: the student has been nowhere else yet.
import { formatDay, londonDay } from '../calendar';
import type { BodyOf, CommandKind } from '../commands';
import type { Facts } from '../facts';
import { firstSession } from '../load';
import { takeCoursePlace } from '../matters/coursePlace';
import { isRefusal, refuse } from '../refusal';
import { allocatingPanelOf, routeOf } from '../route';
import type { RouteStage } from '../programme';
import type { At, CaseState } from '../state';
import type { Decision, Take, Takes } from '../take';
import { allocateAnother, beforeItsMeeting } from './allocation';
import { turnedDown } from './alternatives';
import { onboardingRefused } from './onboarding';
import { sendTo, sentAlready } from './sendPack';
import type { CaseAt, Stage } from './stage';

/** A case whose host is found, and whose start may be confirmed already. */
type Accepted = CaseState & { readonly position: At<'start-date' | 'placement'> };

/** @returns whether a host is found, and a start is to be confirmed or is */
export function isAccepted({ position }: { readonly position: { readonly stage: string } }): boolean {
  return position.stage === 'start-date' || position.stage === 'placement';
}

export const notAfterAll = {
  providerResponse: {
    when: (state) => passes(state, 'interview'),
    by: ({ position }) => [position.host],
    decide: (_state, { ground }) => (ground === undefined ? acceptedAlready : [{ kind: 'providerDeclined', ground }]),
  },
  recordOnboarding: {
    when: (state) => passes(state, 'onboarding'),
    by: ({ position }) => [position.host],
    decide: (_state, body, facts) => (body.result === 'completed' ? acceptedAlready : onboardingRefused(body, facts)),
  },
  allocateSchool: {
    when: (state) => allocatingPanelOf(routeOf(state)) !== null,
    // Once the start is confirmed the heads read the case no longer: CAP says it for them.
    by: (state) => (state.position.stage === 'placement' ? ['cap'] : [`panel:${allocatingPanelOf(routeOf(state)) ?? ''}`, 'cap']),
    decide: (state, body, facts) => {
      const panel = allocatingPanelOf(routeOf(state));
      if (panel === null) throw new Error(`The route of ${state.reference} allocates no school`);
      return allocateAnother(state, body, panel, facts);
    },
  },
  sendPack: {
    // Once a provider has accepted after its interview, only a case in line for a place goes to another, which interviews in its turn (A9).
    when: (state) => state.course !== null && (!passes(state, 'interview') || state.coursePlace?.waiting === true),
    by: () => ['cap'],
    decide: (state, body, facts) => (body.course === state.course?.code ? sentAlready : sentElsewhere(state, body, facts)),
  },
} satisfies Takes<Accepted>;

/** Where a case goes from there. */
export const movesAfterAll = {
  ...turnedDown,
  packSent: (state, { host }) =>
    passes(state, 'interview') ? { stage: 'interview', host, booked: null, held: null } : { stage: 'start-date', host },
  allocated: (_state, { host }) => ({ stage: 'start-date', host }),
  deferred: (_state, { panel, landing }) => beforeItsMeeting(panel, landing),
} satisfies Stage<'start-date' | 'placement'>['moves'];

/** The same of a placement that lies ahead, start and all: until its first session (A24). */
export const untilTheFirstSession = {
  providerResponse: whileAhead(notAfterAll.providerResponse),
  recordOnboarding: whileAhead(notAfterAll.recordOnboarding),
  allocateSchool: whileAhead(notAfterAll.allocateSchool),
  sendPack: whileAhead(notAfterAll.sendPack),
} satisfies Takes<CaseAt<'placement'>>;

function whileAhead<K extends CommandKind>(take: Take<Accepted, K>): Take<CaseAt<'placement'>, K> {
  return {
    when: (state) => !state.position.withdrawn && (take.when?.(state) ?? true),
    offered: (state, now) => londonDay(now) < firstSession(state, null),
    by: (state) => take.by(state),
    decide: (state, body, facts) => {
      const first = firstSession(state, facts.calendar);
      if (londonDay(facts.now) < first) return take.decide(state, body, facts);
      const message = `The first session was on ${formatDay(first)}: from then on a placement ends by a withdrawal.`;
      return refuse('not-now', 'A24', message);
    },
  };
}

/** Another course, with a place on it or in the line for one, unless its provider interviews first; that of the course before is given back. */
function sentElsewhere(state: Accepted, body: BodyOf<'sendPack'>, facts: Facts): Decision {
  const decision = sendTo(state, body, facts);
  return isRefusal(decision) || passes(state, 'interview') ? decision : [...decision, ...takeCoursePlace(state, facts)];
}

/** @returns what there is to do where a student cannot start with the host: CAP sends a pack elsewhere by itself only where nobody has accepted */
export function otherwiseThanThere(state: CaseState): string {
  const declines = 'the host says that it cannot take the student, and CAP';
  if (passes(state, 'interview')) return `${declines} finds another`;
  return passes(state, 'onboarding') ? `${declines} explores alternatives with the school` : 'finds another host';
}

/** @returns whether a stage is on the route of the case */
function passes(state: CaseState, stage: RouteStage['stage']): boolean {
  return routeOf(state).some((each) => each.stage === stage);
}

const acceptedAlready = refuse(
  'nothing-changed',
  'A10',
  'The student is accepted already: record that you cannot take them after all, should it be so.',
  'result',
);
